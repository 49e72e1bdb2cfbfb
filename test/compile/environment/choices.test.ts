import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import type { Values } from '../../../src/model/language/workspace.js'
import {
  at,
  compileFiles,
  environment,
  type Files,
  bareWorkspace as workspace,
} from '../../helpers/workspace.js'

const test = suite('environment choices')

const callback = 'callbackUri: https://bot.example/cb'
const settings = 'env: [X, Y, { name: S, secret: true }]\n'
const user = (id: string) => `targets: [{ identity: { user: { id: ${id} } } }]`
const withCall = (lines: string, more = ''): Files => ({
  'callctl.yaml': settings,
  'calls/a.yaml': `${more}calls:\n  a:\n    call:\n      ${callback}\n      ${lines}\n`,
})
const withDefinition = (yaml: string, more = ''): Files => ({
  'callctl.yaml': settings,
  'templates/t.yaml': `variables: { id: { type: string, default: ada } }
call: { ${callback}, ${user('"{{id}}"')} }\n`,
  'calls/a.yaml': `${more}calls:\n  ${yaml}\n`,
})

/** Texts that are complained of, whether the variables are set or not: both times the same. */
function chosenIn(files: Files): readonly string[] {
  const found = [{}, { X: 'x', Y: 'y', S: 's' }, { X: '' }].map((values) =>
    compileFiles(files, environment(values))
      .diagnostics.filter(({ code }) => code === 'env/chooses')
      .map((diagnostic) => at(files, diagnostic).text),
  )
  assert.equal(found[0], found[1])
  assert.equal(found[0], found[2])
  return found[0]!
}

const choosing: readonly (readonly [string, Files, ...string[]])[] = [
  ['whom a call rings', withCall(user("'{{env.X}}'")), "'{{env.X}}'"],
  ['whom, where it is set', withCall(user(`'{{default env.X "ada"}}'`)), `'{{default env.X "ada"}}'`],
  [
    'whom, by a condition in text',
    withCall(user("'{{#if env.X}}a{{else}}b{{/if}}'")),
    "'{{#if env.X}}a{{else}}b{{/if}}'",
  ],
  [
    'whom, by comparing',
    withCall(user(`'{{#if (eq env.X "1")}}a{{else}}b{{/if}}'`)),
    `'{{#if (eq env.X "1")}}a{{else}}b{{/if}}'`,
  ],
  ['whom, as a part of text', withCall(user("'u-{{env.X}}'")), "'u-{{env.X}}'"],
  ['whom, as a secret', withCall(user("'{{env.S}}'")), "'{{env.S}}'"],
  [
    'whom, in the branch that is not taken',
    withCall(user("'{{#if true}}a{{else}}{{env.X}}{{/if}}'")),
    "'{{#if true}}a{{else}}{{env.X}}{{/if}}'",
  ],
  ['a number', withCall("targets: [{ identity: { phone: { id: '+1{{env.X}}' } } }]"), "'+1{{env.X}}'"],
  ['a meeting', withCall("chatInfo: { threadId: '{{env.X}}' }"), "'{{env.X}}'"],
  ['a meeting, by its link', withCall("meetingInfo: '{{meetingInfo env.X}}'"), "'{{meetingInfo env.X}}'"],
  ['whether a property is there', withCall("subject: { $if: '{{env.X}}', $then: x }"), "'{{env.X}}'"],
  [
    'whether there is an item',
    withCall("requestedModalities: [audio, { $if: '{{not env.X}}', $then: video }]"),
    "'{{not env.X}}'",
  ],
  [
    'how many items there are',
    withCall(
      `targets: { $each: '{{split env.X ","}}', $as: p, $do: { identity: { user: { id: '{{p}}' } } } }`,
    ),
    `'{{split env.X ","}}'`,
    "'{{p}}'",
  ],
  ['a list', withCall(`requestedModalities: '{{split env.X ","}}'`), `'{{split env.X ","}}'`],
  ['whether there is a value', withCall("subject: '{{coalesce env.X null}}'"), "'{{coalesce env.X null}}'"],
  ['a type', withCall("mediaConfig: { '@odata.type': '{{env.X}}' }"), "'{{env.X}}'"],
  [
    'the host of the callback',
    {
      ...withCall('subject: x'),
      'calls/a.yaml': "calls: { a: { call: { callbackUri: 'https://{{env.X}}/cb' } } }\n",
    },
    "'https://{{env.X}}/cb'",
  ],
  [
    'what follows the host of the callback',
    {
      ...withCall('subject: x'),
      'calls/a.yaml': "calls: { a: { call: { callbackUri: 'https://good.example{{env.X}}' } } }\n",
    },
    "'https://good.example{{env.X}}'",
  ],
  ['a part of a tenant', withCall("tenantId: 'a{{env.X}}'"), "'a{{env.X}}'"],
  ['a name', withDefinition('\'a-{{default env.X "b"}}\': { uses: t }'), '\'a-{{default env.X "b"}}\''],
  [
    'an occasion',
    withDefinition('a: { uses: t, oncePer: \'{{default env.X "b"}}\' }'),
    '\'{{default env.X "b"}}\'',
  ],
  [
    'a former name',
    withDefinition('a: { uses: t, movedFrom: \'{{default env.X "b"}}\' }'),
    '\'{{default env.X "b"}}\'',
  ],
  [
    'which calls there are',
    withDefinition(`'n-{{p}}': { forEach: '{{split (default env.X "q") ","}}', as: p, uses: t }`),
    `'{{split (default env.X "q") ","}}'`,
    "'n-{{p}}'",
  ],
  [
    'no call at all',
    withDefinition(
      `'n-{{p}}': { forEach: '{{split (default env.X "") "x"}}', as: p, uses: t, with: { id: b } }`,
    ),
    `'{{split (default env.X "") "x"}}'`,
    "'n-{{p}}'",
  ],
  [
    'an app',
    {
      ...withCall('subject: x'),
      'calls/a.yaml': `calls: { a: { graph: { collection: application, applicationId: 'a{{default env.X "b"}}' }, call: { ${callback} } } }\n`,
    },
    `'a{{default env.X "b"}}'`,
  ],
  [
    'through a template',
    withDefinition('a: { uses: t, with: { id: \'{{default env.X "b"}}\' } }'),
    '"{{id}}"',
  ],
  [
    'through a variable of the file',
    withDefinition(
      "a: { uses: t, with: { id: '{{who}}' } }",
      'variables: { who: \'{{default env.X "b"}}\' }\n',
    ),
    '"{{id}}"',
  ],
  [
    'through variables of variables',
    withDefinition(
      "a: { uses: t, with: { id: '{{who.id}}' } }",
      "variables: { base: '{{default env.X \"b\"}}', who: { id: '{{base}}', name: Ada } }\n",
    ),
    '"{{id}}"',
  ],
  [
    'through a variable of the file that a template declares',
    withDefinition('a: { uses: t }', 'variables: { id: \'{{default env.X "b"}}\' }\n'),
    '"{{id}}"',
  ],
  [
    'through callctl.yaml',
    {
      ...withCall(user("'{{who}}'")),
      'callctl.yaml': `${settings}variables: { who: '{{default env.X "b"}}' }\n`,
    },
    "'{{who}}'",
  ],
  [
    'by callctl.yaml itself',
    {
      ...withCall('subject: x'),
      'callctl.yaml': `${settings}defaults: { ${user('\'{{default env.X "b"}}\'')} }\n`,
    },
    `'{{default env.X "b"}}'`,
  ],
  [
    'in a list of people',
    withCall(
      "targets: { $each: '{{people}}', $as: p, $do: { identity: { user: { id: '{{p.id}}' } } } }",
      'variables: { people: [{ id: ada }, { id: \'{{default env.X "b"}}\' }] }\n',
    ),
    "'{{p.id}}'",
  ],
  [
    'whether somebody is in a list of people',
    withCall(
      "targets: { $each: '{{people}}', $as: p, $do: { identity: { user: { id: '{{p}}' } } } }",
      "variables: { people: [ada, { $if: '{{env.X}}', $then: bob }] }\n",
    ),
    "'{{people}}'",
    "'{{p}}'",
  ],
  [
    'by the names of a block',
    withCall(user("'{{#with env.X as |v|}}{{v}}{{else}}ada{{/with}}'")),
    "'{{#with env.X as |v|}}{{v}}{{else}}ada{{/with}}'",
  ],
  ['by a path in brackets', withCall(user('\'{{default [env].[X] "b"}}\'')), '\'{{default [env].[X] "b"}}\''],
  [
    'by an escape of YAML',
    withCall(user('"{{default \\u0065nv.X \'b\'}}"')),
    '"{{default \\u0065nv.X \'b\'}}"',
  ],
]

for (const [what, files, ...texts] of choosing) {
  test(`chooses ${what}`, () => {
    assert.equal([...chosenIn(files)].sort(), [...texts].sort())
    const strict: Values = { ...environment({ X: 'x' }), isStrict: true }
    const complaints = compile(workspace(files), strict).diagnostics.filter(
      ({ code }) => code === 'env/chooses',
    )
    assert.ok(complaints.length > 0 && complaints.every(({ severity }) => severity === 'error'))
  })
}

const ordinary: readonly (readonly [string, Files])[] = [
  ['text of a subject', withCall("subject: 'Hello {{env.X}}'")],
  ['text of a subject, by a condition', withCall("subject: '{{#if env.X}}Test: {{/if}}Hello'")],
  ['a whole tenant', withCall("tenantId: '{{env.X}}'")],
  ['a tenant, where it is set', withCall(`tenantId: '{{default env.X "t"}}'`)],
  [
    'a whole callback',
    {
      ...withCall('subject: x'),
      'callctl.yaml': `${settings}defaults: { callbackUri: '{{env.X}}' }\n`,
      'calls/a.yaml': 'calls: { a: { call: { subject: x } } }\n',
    },
  ],
  [
    'a callback by a variable',
    {
      ...withCall('subject: x'),
      'callctl.yaml': `${settings}variables: { cb: '{{env.X}}' }\ndefaults: { callbackUri: '{{cb}}' }\n`,
    },
  ],
  [
    'the path of a callback',
    {
      ...withCall('subject: x'),
      'calls/a.yaml': "calls: { a: { call: { callbackUri: 'https://bot.example/{{env.X}}' } } }\n",
    },
  ],
  [
    'a whole application',
    {
      ...withCall('subject: x'),
      'calls/a.yaml': `calls: { a: { graph: { collection: application, applicationId: '{{default env.X "b"}}' }, call: { ${callback} } } }\n`,
    },
  ],
  [
    'people that a definition puts in the place of others',
    { ...withCall(user('ada')), 'callctl.yaml': `${settings}defaults: { ${user("'{{env.X}}'")} }\n` },
  ],
  [
    'a name of a list whose people it does not choose',
    withCall(
      "subject: '{{config.tag}}'\n      targets: { $each: '{{config.people}}', $as: p, $do: { identity: { user: { id: '{{p}}' } } } }",
      "variables: { config: { tag: '{{env.X}}', people: [ada] } }\n",
    ),
  ],
  [
    'the passcode of a meeting',
    withCall("meetingInfo: { joinMeetingId: '123456789', passcode: '{{env.S}}' }"),
  ],
  [
    'whether a secret is there',
    withCall("subject: '{{#if env.S}}x{{/if}}'\n      tenantId: { $if: '{{env.S}}', $then: t }"),
  ],
  [
    'a variable that `with` puts in the place of it',
    withDefinition('a: { uses: t, with: { id: ada } }', 'variables: { id: \'{{default env.X "b"}}\' }\n'),
  ],
]

for (const [what, files] of ordinary) test(`does not choose ${what}`, () => assert.equal(chosenIn(files), []))

test('what `--var` gives is not chosen by the environment', () => {
  const files = withDefinition('a: { uses: t, with: { id: \'{{default env.X "b"}}\' } }')
  const values: Values = { environment: {}, assignments: [{ name: 'id', level: '--var', value: 'ada' }] }
  assert.equal(compileFiles(files, values).diagnostics, [])
})

test('an environment of callctl.yaml may choose by the environment, too', () => {
  const files = {
    ...withCall(user("'{{who}}'"), 'variables: {}\n'),
    'callctl.yaml': `${settings}variables: { who: ada }\nenvironments: { live: { variables: { who: '{{default env.X "b"}}' } } }\n`,
  }
  assert.equal(chosenIn(files), [])
  const { diagnostics } = compileFiles(files, { ...environment({}), environmentName: 'live' })
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['env/chooses'],
  )
})

test('a severity of callctl.yaml can be set', () => {
  const files = {
    ...withCall(user('\'{{default env.X "b"}}\'')),
    'callctl.yaml': `${settings}lints: { env/chooses: off }\n`,
  }
  assert.equal(chosenIn(files), [])
})

test.run()
