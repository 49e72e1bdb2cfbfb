import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkValue } from '../../../src/compile/bind/check-value.js'
import { readPattern } from '../../../src/compile/language/pattern.js'
import { textOf } from '../../../src/model/diagnostics/wording.js'
import type { JsonValue } from '../../../src/model/json.js'
import type { TextPattern, VariableSchema } from '../../../src/model/language/template.js'

function patternOf(source: string): TextPattern {
  const pattern = readPattern(source)
  if ('problem' in pattern) throw new Error(pattern.problem)
  return pattern
}

const fits = suite('values that fit')

const fitting: readonly (readonly [VariableSchema, JsonValue])[] = [
  [{}, null],
  [{ types: ['string'] }, ''],
  [{ types: ['integer'] }, -3],
  [{ types: ['number'] }, 1.5],
  [{ types: ['string', 'null'] }, null],
  [{ enum: ['a', { x: 1 }] }, { x: 1 }],
  [{ minLength: 2, maxLength: 2 }, '💚💚'],
  [{ pattern: patternOf('^💚$') }, '💚'],
  [{ format: 'uuid' }, '6F9619FF-8B86-D011-B42D-00CF4FC964FF'],
  [{ format: 'uri' }, 'https://a/b?c=d'],
  [{ format: 'email' }, 'a@b.example'],
  [{ format: 'date' }, '2024-02-29'],
  [{ format: 'date-time' }, '2026-03-01T12:00:00.5+01:00'],
  [{ format: 'e164' }, '+14255550100'],
  [{ minimum: 2, maximum: 2, multipleOf: 2 }, 2],
  [{ exclusiveMinimum: 1, exclusiveMaximum: 3 }, 2],
  [{ minItems: 1, maxItems: 2, uniqueItems: true }, [1, '1']],
  [{ minLength: 9, minimum: 9, minItems: 9 }, true],
  [{ properties: { a: { types: ['string'] } } }, { b: 1 }],
  [{ required: ['a'], additionalProperties: false, properties: { a: {} } }, { a: null }],
  [{ items: { items: { types: ['null'] } } }, [[null], []]],
]
for (const [schema, value] of fitting)
  fits(`${JSON.stringify(schema)} takes ${JSON.stringify(value)}`, () =>
    assert.equal(checkValue(value, schema), []),
  )

const problems = suite('values that do not')

problems('every item is looked at, and places are told', () => {
  const schema: VariableSchema = { items: { required: ['id'], properties: { id: { types: ['string'] } } } }
  const found = checkValue([{ id: 'a' }, { id: 1 }, {}, { id: null }], schema)
  assert.equal(
    found.map(({ path }) => path),
    [[1, 'id'], [2], [3, 'id']],
  )
})
problems('of the wrong type have one complaint', () =>
  assert.is(checkValue(5, { types: ['string'], enum: ['a'], minimum: 9 }).length, 1),
)
problems('however long, a text is held against a pattern', () => {
  assert.is(checkValue('a'.repeat(100_000), { pattern: patternOf('^(a+)+$') }).length, 0)
  assert.is(checkValue(`${'a'.repeat(100_000)}!`, { pattern: patternOf('^(a+)+$') }).length, 1)
})
problems('of a long list of choices, the first are named', () => {
  const schema = { enum: Array.from({ length: 80_000 }, (_, index) => `choice ${index}`) }
  const [problem] = checkValue('other', schema)
  assert.ok(textOf(problem!.message).length < 500)
})
problems('names of methods are no properties', () =>
  assert.is(checkValue({}, { required: ['toString'] }).length, 1),
)

fits.run()
problems.run()
