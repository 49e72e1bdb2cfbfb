// Whatever the text of a file, compile answers with values and complaints. The seed is fixed: the same texts each time.
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileFiles, type Files, vars } from '../helpers/workspace.js'

const settings = { seed: 20_260_301, numRuns: 200 }

const template = `variables: { v: { type: string } }
call:
  callbackUri: https://b.example
  subject: "<{{v}}>"
  targets:
    - identity: { user: { id: "{{v}}", displayName: "{{#if v}}{{v}}{{/if}}" } }
    - identity: { user: { id: fixed } }
`
const calls = (text: string): Files => ({ 'templates/t.yaml': template, 'calls/a.yaml': text })

const chaos = suite('any text as a file')

const lexemes = [
  'a',
  'b',
  ':',
  ': ',
  '\n',
  '  ',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '&a ',
  '*a',
  '!!str ',
  '#',
  '|',
  '>',
  '|2-',
  '%',
  '---',
  '...',
  '{{',
  '}}',
  '{{#if a}}',
  '{{/if}}',
  '$each',
  '$if',
  '1',
  '.inf',
  '\t',
  '\r',
  '\ufeff',
  'calls:',
  'call:',
  'variables:',
  'uses: t',
  '\u2028',
  '<<',
  '\\',
]
const valid = `variables: { people: [{ id: x }], n: 5 }
calls:
  "a-{{n}}":
    uses: t
    with: { v: "{{#each people}}{{id}}{{/each}}" }
    call:
      targets: { $each: "{{people}}", $as: p, $do: { identity: { user: { id: "{{p.id}}" } } } }
      subject: |
        x {{upper 'y'}}
`
const anyRange = (text: string, start: number, end: number) =>
  start >= 0 && end >= start && end <= text.length + 1

function checkFiles(files: Files): void {
  for (const { range } of compileFiles(files).diagnostics) {
    if (range === undefined) continue
    assert.ok(anyRange(files[range.source] ?? '', range.start, range.end), JSON.stringify(range))
  }
}

chaos('never crashes, and ranges lie in it', () => {
  const text = fc.array(fc.constantFrom(...lexemes), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (each) => checkFiles({ 'calls/a.yaml': each, 'templates/t.yaml': `call: ${each}` })),
    { ...settings, numRuns: 250 },
  )
})
chaos('a valid file with a mistake never crashes, and ranges lie in it', () => {
  const mutation = fc.tuple(fc.nat(valid.length), fc.nat(6), fc.constantFrom('', ...lexemes))
  const mutate = (changes: readonly (readonly [number, number, string])[]) =>
    changes.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), valid)
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (changes) =>
      checkFiles(calls(mutate(changes))),
    ),
    { ...settings, numRuns: 200 },
  )
})
chaos('any expression never crashes, and ranges lie in it', () => {
  const words = [
    '{{',
    '}}',
    '#if',
    '#each',
    '/if',
    '/each',
    'else',
    '^',
    ' ',
    'n',
    'people',
    '.',
    '../',
    '@index',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '|x|',
    'as',
    '=',
    '&',
    '~',
    '!',
    '>',
    '*',
    'upper',
    'json',
    '1',
    'this',
    '\\',
    '\n',
    'null',
  ]
  const text = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => `{{${parts.join('')}`)
  const check = (each: string) =>
    checkFiles({
      'calls/a.yaml': `variables: { people: [{ id: x }], n: 5 }\ncalls: { a: { call: { callbackUri: https://b.example, subject: ${JSON.stringify(each)} } } }\n`,
    })
  fc.assert(fc.property(text, check), { ...settings, numRuns: 400 })
})
chaos('compiling changes no prototype', () => {
  compileFiles({
    'calls/a.yaml':
      'calls: { a: { call: { "__proto__": { polluted: 1 }, constructor: { prototype: { polluted: 1 } } } } }\n',
  })
  compileFiles(calls('calls: { a: { uses: t } }\n'), vars({ v: '{"__proto__":{"polluted":1}}', w: '1' }))
  assert.not.ok('polluted' in {})
})

chaos.run()
