import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findHelper, helperNames } from '../../../src/compile/expression/helpers.js'
import type { JsonValue } from '../../../src/model/json.js'
import { callOf, codesOf } from '../../helpers/workspace.js'

const filesWith = (expression: string, values = '{}') => ({
  'templates/t.yaml':
    'variables: { v: {} }\ncall: { callbackUri: https://b.example, subject: "{{json v}}" }\n',
  'calls/a.yaml': `variables: ${values}\ncalls: { a: { uses: t, with: { v: ${JSON.stringify(expression)} } } }\n`,
})
const yieldOf = (expression: string, values?: string): JsonValue =>
  JSON.parse(String(callOf(filesWith(expression, values))['subject'])) as JsonValue

const examples = suite('helper examples')
for (const name of helperNames) {
  const [expression, value] = findHelper(name)!.example
  examples(`${name}: ${expression}`, () => assert.equal(yieldOf(expression), value))
}

const helpers = suite('helpers')
const cases: readonly (readonly [string, JsonValue])[] = [
  ['{{default zero 1}}', 0],
  ['{{default no true}}', false],
  ['{{default nothing "x"}}', 'x'],
  ['{{coalesce nothing empty}}', null],
  ['{{eq list (split "a,b" ",")}}', true],
  ['{{eq map other}}', true],
  ['{{eq nothing null}}', true],
  ['{{eq list map}}', false],
  ['{{ne zero no}}', true],
  ['{{lt "B" "a"}}', true],
  ['{{gt 2 10}}', false],
  ['{{and true 1 "x"}}', true],
  ['{{or nothing list}}', true],
  ['{{not list}}', false],
  ['{{in map (concat maps maps)}}', true],
  ['{{upper "straße"}}', 'STRASSE'],
  ['{{replace "a$b" "$" "$&"}}', 'a$&b'],
  ['{{replace "ab" "" "-"}}', '-a-b-'],
  ['{{split "ab" ""}}', ['a', 'b']],
  ['{{concat list list}}', ['a', 'b', 'a', 'b']],
  ['{{join (concat list) ""}}', 'ab'],
  ['{{json map}}', '{"x":1}'],
  ['{{length "💚a"}}', 2],
  ['{{length list}}', 2],
  ['{{last list}}', 'b'],
]
const values =
  '{ zero: 0, no: false, nothing: null, empty: "", list: [a, b], map: { x: 1 }, other: { x: 1 }, maps: [{ x: 1 }] }'
for (const [expression, value] of cases)
  helpers(expression, () => assert.equal(yieldOf(expression, values), value))

for (const expression of [
  '{{join maps ","}}',
  '{{concat list "a"}}',
  '{{pluck maps "y"}}',
  '{{last (pluck none "x")}}',
  '{{gt list 1}}',
  '{{in "a" "abc"}}',
  '{{length map}}',
]) {
  helpers(`${expression} is refused`, () => {
    const files = filesWith(expression, '{ list: [a], maps: [{ x: 1 }], none: [], map: { x: 1 } }')
    assert.equal(codesOf(files), ['expression/arguments'])
  })
}

helpers('a helper has a meaning, and its parameters have different names', () => {
  for (const name of helperNames) {
    const { meaning, parameters } = findHelper(name)!
    assert.ok(meaning.endsWith('.'), name)
    assert.is(new Set(parameters.map((each) => each.name)).size, parameters.length, name)
  }
})

for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
  helpers(`${name} is no helper`, () => assert.is(findHelper(name), undefined))

examples.run()
helpers.run()
