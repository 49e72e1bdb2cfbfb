import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Values } from '../../../src/model/language/workspace.js'
import type { Payload } from '../../../src/model/payload.js'
import {
  codesOf,
  compileFiles,
  compileLinted,
  environment,
  type Files,
  fileVars,
  vars,
} from '../../helpers/workspace.js'

const test = suite('secrets')
const canary = 'canary"7\n'

const template = (schema: string) => `variables: { passcode: ${schema}, title: { type: string, default: x } }
call: { callbackUri: https://b.example, subject: "{{title}}", tenantId: '{{passcode}}' }
`
const files = (definition: string, schema = '{ type: string, secret: true }'): Files => ({
  'callctl.yaml': 'env: [{ name: PASS, secret: true }, PLAIN]\n',
  'templates/t.yaml': template(schema),
  'calls/a.yaml': `calls: { a: ${definition} }\n`,
})
const byEnvironment = files("{ uses: t, with: { passcode: '{{env.PASS}}' } }")
const byVariable = files('{ uses: t }')
const inCall = files(
  "{ call: { callbackUri: https://b.example, subject: 'a {{env.PASS}} b {{env.PLAIN}}' } }",
)

function payloadOf(made: Files, values?: Values): Payload {
  const { payloads, diagnostics } = compileFiles(made, values)
  assert.equal(diagnostics, [])
  return payloads[0]!
}
const revealed = (payload: Payload) => [...(payload.revealSecrets?.() ?? [])]

test('a secret of the environment is its placeholder, set or not', () => {
  const set = payloadOf(inCall, environment({ PASS: canary, PLAIN: 'p' }))
  const unset = payloadOf(inCall, environment({ PLAIN: 'p' }))
  assert.is(set.call['subject'], 'a (secret PASS) b p')
  assert.equal([set.text, set.digest], [unset.text, unset.digest])
  assert.equal(revealed(set), [['(secret PASS)', canary]])
  assert.equal(revealed(unset), [['(secret PASS)', undefined]])
})

test('a secret that is set to nothing is not set', () => {
  assert.equal(revealed(payloadOf(inCall, environment({ PASS: '', PLAIN: 'p' }))), [
    ['(secret PASS)', undefined],
  ])
})

test('a secret variable is its placeholder, whatever its value', () => {
  const one = payloadOf(byVariable, vars({ passcode: canary }))
  const other = payloadOf(byVariable, fileVars({ passcode: 'other' }))
  assert.is(one.call['tenantId'], '(secret passcode)')
  assert.is(one.digest, other.digest)
  assert.equal(revealed(one), [['(secret passcode)', canary]])
  assert.equal(revealed(other), [['(secret passcode)', 'other']])
})

test('a secret of the environment may be passed on to a secret variable', () => {
  const payload = payloadOf(byEnvironment, environment({ PASS: canary }))
  assert.is(payload.call['tenantId'], '(secret PASS)')
  assert.equal(revealed(payload), [['(secret PASS)', canary]])
})

test('a secret may be a part of a text', () => {
  const made = {
    ...byVariable,
    'templates/t.yaml': template('{ type: string, secret: true }').replace(
      "'{{passcode}}'",
      "'a-{{passcode}}'",
    ),
  }
  assert.is(payloadOf(made, vars({ passcode: canary })).call['tenantId'], 'a-(secret passcode)')
})

test('a secret that is optional and not set is absent', () => {
  const made = files('{ uses: t }', '{ type: string, secret: true, default: null }')
  const optional = made['templates/t.yaml']!.replace(
    "'{{passcode}}'",
    "{ $if: '{{passcode}}', $then: '{{passcode}}' }",
  )
  const payload = payloadOf({ ...made, 'templates/t.yaml': optional })
  assert.is('tenantId' in payload.call, false)
  assert.is(payload.revealSecrets, undefined)
  const given = payloadOf({ ...made, 'templates/t.yaml': optional }, vars({ passcode: canary }))
  assert.is(given.call['tenantId'], '(secret passcode)')
})

test('secrets that a payload does not need are not revealed', () => {
  assert.is(
    payloadOf(files('{ call: { callbackUri: https://b.example } }'), environment({ PASS: canary }))
      .revealSecrets,
    undefined,
  )
})

test('a secret that must be given and is not is asked for', () => {
  assert.equal(codesOf(byVariable), ['variable/missing'])
})

const everywhere: readonly (readonly [string, Files, Values])[] = [
  ['in a payload', inCall, environment({ PASS: canary, PLAIN: 'p' })],
  ['passed on', byEnvironment, environment({ PASS: canary })],
  ['by --var', byVariable, vars({ passcode: canary })],
  [
    'too long',
    files('{ uses: t }', '{ type: string, maxLength: 3, secret: true }'),
    vars({ passcode: canary }),
  ],
  [
    'not of the enumeration',
    files('{ uses: t }', '{ enum: [a, b], secret: true }'),
    vars({ passcode: canary }),
  ],
  ['not of the form', files('{ uses: t }', '{ format: uuid, secret: true }'), vars({ passcode: canary })],
  ['of another type', files('{ uses: t }', '{ type: integer, secret: true }'), vars({ passcode: canary })],
  [
    'with a helper',
    files("{ call: { callbackUri: https://b.example, subject: '{{upper env.PASS}}' } }"),
    environment({ PASS: canary }),
  ],
  [
    'where Graph wants another word',
    files("{ call: { callbackUri: https://b.example, direction: '{{env.PASS}}' } }"),
    environment({ PASS: canary }),
  ],
  [
    'as a name',
    files("{ oncePer: '{{env.PASS}}', call: { callbackUri: https://b.example } }"),
    environment({ PASS: canary }),
  ],
]

for (const [name, made, values] of everywhere) {
  test(`nothing that is shown holds a secret: ${name}`, () => {
    const { payloads, diagnostics } = compileLinted(made, values)
    const shown = JSON.stringify([payloads, diagnostics, [...payloads.map(({ text }) => text)]])
    assert.is(shown.includes('canary'), false, shown)
  })
}

test('a secret is no part of an address', () => {
  assert.equal(codesOf(files("{ oncePer: '{{env.PASS}}', call: { callbackUri: https://b.example } }")), [
    'env/chooses',
    'definition/name',
  ])
})

const forgeries: readonly (readonly [string, Files, Values])[] = [
  ['by --var', byVariable, vars({ passcode: 'x', title: '(secret passcode)' })],
  ['by a --var-file', byVariable, fileVars({ passcode: 'x', title: '(secret passcode)' })],
  [
    'in a definition',
    files('{ uses: t, with: { passcode: x, title: "(secret passcode)" } }'),
    environment({}),
  ],
  [
    'by the environment',
    files("{ call: { callbackUri: https://b.example, subject: '{{env.PLAIN}}' } }"),
    environment({ PLAIN: '(secret PASS)' }),
  ],
  [
    'made of parts',
    files("{ call: { callbackUri: https://b.example, subject: '({{env.PLAIN}} PASS)' } }"),
    environment({ PLAIN: 'secret' }),
  ],
  [
    'made by a helper',
    files('{ call: { callbackUri: https://b.example, subject: \'{{concat "(sec" env.PLAIN}}\' } }'),
    environment({ PLAIN: 'ret PASS)' }),
  ],
  [
    'made by a loop',
    files(
      '{ call: { callbackUri: https://b.example, subject: \'{{#each (split env.PLAIN "|")}}{{this}}{{/each}}\' } }',
    ),
    environment({ PLAIN: '(secret |PASS)' }),
  ],
]

for (const [name, made, values] of forgeries) {
  test(`text that looks like a secret is refused: ${name}`, () => {
    assert.equal(codesOf(made, values), ['secret/place'])
  })
}

test.run()
