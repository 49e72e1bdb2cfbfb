// Properties that hold for every input, tried with fast-check. The seed is fixed: the same inputs each time.
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject, JsonValue } from '../../src/model/json.js'
import { callOf, compileFiles, environment, type Files, fileVars, vars } from '../helpers/workspace.js'

const settings = { seed: 20_260_301, numRuns: 50 }

const nasty = fc.constantFrom(
  ...[
    '{{',
    '}}',
    '{{x}}',
    '{{env.X}}',
    '- ',
    ': ',
    '\n',
    '\r\n',
    '"',
    "'",
    '\\',
    '#',
    '`',
    '\u2028',
    '\u0085',
    '\ufeff',
  ],
  ...[
    '__proto__',
    'constructor',
    '$x',
    '$&',
    '💚',
    '\u202e',
    '\u0007',
    '\u001b[31m',
    '<<',
    '&a',
    '*a',
    '!!x',
    '%YAML',
    '---',
    '\t',
    '$each',
    '~',
    'null',
  ],
)
const anyText = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(''))
  .filter((text) => text.isWellFormed() && !text.includes('\0'))
  // Where nothing is seen of an id, it is nobody.
  .map((text) => (/[^\s\p{C}]/u.test(text) ? text : `${text}x`))

const anyKey = fc
  .string({ maxLength: 6 })
  .filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key))
const { value: anyJson } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1.5, 1e21, 5e-324, ''),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

const template = `variables: { v: { type: string } }
call:
  callbackUri: https://b.example
  subject: "<{{v}}>"
  targets:
    - identity: { user: { id: "{{v}}", displayName: "{{#if v}}{{v}}{{/if}}" } }
    - identity: { user: { id: fixed } }
`
const plainTemplate = template.replaceAll('{{#if v}}{{v}}{{/if}}', '{{v}}')
const wanted = (text: string): JsonObject => ({
  subject: `<${text}>`,
  callbackUri: 'https://b.example',
  targets: [{ identity: { user: { displayName: text, id: text } } }, { identity: { user: { id: 'fixed' } } }],
})
const calls = (text: string): Files => ({ 'templates/t.yaml': template, 'calls/a.yaml': text })
const yaml = (text: string): string => `"${[...text].map(escaped).join('')}"`
const escaped = (character: string): string => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`

const texts = suite('any text stays where it is put')

texts('through --var', () => {
  const check = (text: string) =>
    assert.equal(callOf(calls('calls: { a: { uses: t } }\n'), vars({ v: text })), wanted(text))
  fc.assert(fc.property(anyText, check), settings)
})
texts('through --var-file', () => {
  const check = (text: string) =>
    assert.equal(callOf(calls('calls: { a: { uses: t } }\n'), fileVars({ v: text })), wanted(text))
  fc.assert(fc.property(anyText, check), settings)
})
texts('through an environment variable', () => {
  const check = (text: string) => {
    const files = {
      ...calls('calls: { a: { uses: t, with: { v: "{{env.X}}" } } }\n'),
      'callctl.yaml': 'env: [X]\n',
    }
    assert.equal(callOf(files, environment({ X: text })), wanted(text))
  }
  fc.assert(fc.property(anyText, check), settings)
})
texts('through `with`', () => {
  const check = (text: string) => {
    const files = calls(`calls: { a: { uses: t, with: { v: ${yaml(text)} } } }\n`)
    assert.equal(callOf(files), wanted(text))
  }
  fc.assert(
    fc.property(
      anyText.filter((text) => !text.includes('{{')),
      check,
    ),
    settings,
  )
})
texts('through a variable of its file', () => {
  const check = (text: string) => {
    const files = calls(`variables: { w: ${yaml(text)} }\ncalls: { a: { uses: t, with: { v: "{{w}}" } } }\n`)
    assert.equal(callOf(files), wanted(text))
  }
  fc.assert(
    fc.property(
      anyText.filter((text) => !text.includes('{{')),
      check,
    ),
    settings,
  )
})
texts('adds no callee', () => {
  const check = (text: string) => {
    const files = { 'templates/t.yaml': plainTemplate, 'calls/a.yaml': 'calls: { a: { uses: t } }\n' }
    const [payload] = compileFiles(files, vars({ v: text })).payloads
    assert.equal(
      payload?.touches.people.map(({ id }) => id),
      [text, 'fixed'],
    )
  }
  fc.assert(fc.property(anyText, check), settings)
})

const round = suite('any JSON value')

const jsonFiles = {
  'templates/t.yaml': `variables: { v: {}, w: {} }
call: { callbackUri: https://b.example, subject: "{{json w}}", source: { identity: { application: { displayName: "{{json v}}" } } } }
`,
  'calls/a.yaml': 'calls: { a: { uses: t } }\n',
}
round('keeps its type through a whole expression', () => {
  const files = {
    ...jsonFiles,
    'calls/a.yaml':
      'variables: { x: 1 }\ncalls: { a: { uses: t, with: { v: "{{x}}", w: ["{{x}}", { k: "{{x}}" }] } } }\n',
  }
  const check = (value: JsonValue) => {
    const call = callOf(files, fileVars({ x: value }))
    assert.equal(JSON.parse(String(call['subject'])), [value, { k: value }])
  }
  fc.assert(fc.property(anyJson, check), settings)
})
round('comes through a --var-file as it is', () => {
  const check = (value: JsonValue) =>
    assert.equal(JSON.parse(String(callOf(jsonFiles, fileVars({ v: 1, w: value }))['subject'])), value)
  fc.assert(fc.property(anyJson, check), settings)
})
round('as a call is a payload or a complaint, never a crash', () => {
  const files = {
    'templates/t.yaml':
      'variables: { v: {} }\ncall: { callbackUri: https://b.example, source: "{{v}}", targets: "{{v}}", "mediaConfig": "{{v}}" }\n',
    'calls/a.yaml': 'calls: { a: { uses: t } }\n',
  }
  const check = (value: JsonValue) => {
    const { payloads, diagnostics } = compileFiles(files, fileVars({ v: value }))
    assert.ok(payloads.length + diagnostics.length > 0)
  }
  fc.assert(fc.property(anyJson, check), settings)
})
round('as a whole file never crashes', () => {
  const check = (value: JsonValue) => {
    const text = JSON.stringify(value)
    compileFiles({ 'callctl.yaml': text, 'templates/t.yaml': text, 'calls/a.yaml': text })
    compileFiles({ 'calls/a.yaml': JSON.stringify({ variables: { v: value }, calls: { a: value } }) })
  }
  fc.assert(fc.property(anyJson, check), settings)
})

texts.run()
round.run()
