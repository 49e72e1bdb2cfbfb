import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shapes as schema } from '../../../schema/call-v1.0.generated.js'
import type { CallShapes } from '../../../schema/shapes.js'
import { Arranger } from '../../../src/compile/payload/arrange.js'
import { canonicalText, concreteShape, formatCall } from '../../../src/compile/payload/canonical.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/model/json.js'

const test = suite('arranging a call')
const roomy = 256 * 1024

/** What the order is, in as few words as it can be said. */
function plainOrder(value: JsonValue, shape = schema.types[schema.root]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => plainOrder(item, shape))
  if (!isJsonObject(value)) return value
  const properties = concreteShape(value, shape, schema)?.properties ?? {}
  const known = Object.keys(properties).filter((name) => Object.hasOwn(value, name))
  const rest = Object.keys(value).filter((name) => !Object.hasOwn(properties, name))
  const typeOf = (name: string) => schema.types[properties[name]?.type ?? ''] ?? { properties: {} }
  return Object.fromEntries([...known, ...rest].map((name) => [name, plainOrder(value[name]!, typeOf(name))]))
}

const names = [...new Set(Object.values(schema.types).flatMap(({ properties }) => Object.keys(properties)))]
const tags = Object.values(schema.types).flatMap(({ derived = {} }) => Object.keys(derived))
const name = fc.oneof(fc.constantFrom(...names), fc.constantFrom('own', '7', 'a(b', 'é"'))
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
)
const tag = fc.constantFrom(...tags, 'constructor').map((each) => `#microsoft.graph.${each}`)
const { call: anyCall } = fc.letrec<{ value: JsonValue; call: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar as fc.Arbitrary<JsonValue>,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('call'),
  ),
  call: fc
    .tuple(fc.option(tag), fc.dictionary(name, tie('value'), { maxKeys: 6 }))
    .map(([type, rest]) => (type === null ? rest : { ...rest, '@odata.type': type })),
}))

/** Every second list or object of a value. */
function someOf(value: JsonValue, found: JsonValue[] = []): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null) return found
  if (found.length % 2 === 0) found.push(value)
  for (const each of Object.values(value)) someOf(each, found)
  return found
}

test('gives the plain order and both texts, whatever of it is constant', () => {
  fc.assert(
    fc.property(anyCall, fc.boolean(), (call, hasConstants) => {
      const arranger = new Arranger(schema, roomy, new Set(hasConstants ? someOf(call) : []))
      // The second time, constants are known.
      for (let turn = 0; turn < 2; turn += 1) {
        const arranged = arranger.arrange(call)!
        assert.is(JSON.stringify(arranged.value), JSON.stringify(plainOrder(call)))
        const texts = arranger.texts.of(arranged.value)
        assert.is(texts.plain, JSON.stringify(arranged.value))
        assert.is(texts.canonical, canonicalText(arranged.value))
        assert.ok(Buffer.byteLength(formatCall(arranged.value)) <= arranged.maximumBytes)
        if (JSON.stringify(call).includes('(')) assert.ok(arranged.mayHoldPlaceholder)
      }
    }),
    { seed: 20261123, numRuns: 1500 },
  )
})

test('what stands as it should is not copied', () => {
  const call = { subject: 's', targets: [{ identity: { user: { id: 'a' } } }] }
  assert.is(new Arranger(schema, roomy).arrange(call)!.value, call)
})

test('a constant is looked at once', () => {
  let reads = 0
  const source = {
    get identity() {
      reads += 1
      return { application: { displayName: 'b', id: 'a' } }
    },
  }
  const arranger = new Arranger(schema, roomy, new Set<JsonValue>([source]))
  const [first, second] = [1, 2].map((turn) => arranger.arrange({ subject: String(turn), source })!)
  assert.is(first!.value['source'], second!.value['source'])
  const once = reads
  arranger.arrange({ source })
  assert.is(reads, once)
})

test('one that stands at two types is arranged for each', () => {
  const shared = { '@odata.type': '#microsoft.graph.identitySet', id: 'a', displayName: 'b', user: null }
  const call = { source: shared, meetingInfo: shared }
  const arranged = new Arranger(schema, roomy, new Set([shared])).arrange(call)!
  assert.is(JSON.stringify(arranged.value), JSON.stringify(plainOrder(call)))
})

/** As many values as `levels` lists of ten, each holding the next ten times. */
const unfolding = (levels: number): JsonValue => {
  let value: JsonValue = 'x'
  for (let level = 0; level < levels; level += 1) value = Array<JsonValue>(10).fill(value)
  return value
}

for (const [words, constants] of [
  ['variable', false],
  ['constant', true],
] as const) {
  const arrange = (call: JsonObject) =>
    new Arranger(schema, roomy, new Set(constants ? Object.values(call) : [])).arrange(call)

  test(`what would unfold without end is refused at once, ${words}`, () =>
    assert.is(arrange({ subject: unfolding(60) }), undefined))

  test(`64 levels are the limit, ${words}`, () => {
    const nested = (levels: number): JsonValue => (levels === 0 ? 'x' : [nested(levels - 1)])
    assert.ok(arrange({ subject: nested(63) }))
    assert.is(arrange({ subject: nested(64) }), undefined)
  })

  test(`characters are the limit, ${words}`, () => {
    const list = (length: number) => ({ subject: ['x'.repeat(length)] })
    const room = roomy - 'subject'.length - 2
    assert.ok(arrange(list(room)))
    assert.is(arrange(list(room + 1)), undefined)
  })

  test(`what the service sets is seen, ${words}`, () => {
    assert.is(arrange({ source: { identity: {} } })!.holdsReadOnly, false)
    assert.is(arrange({ source: { identity: {} }, state: 'established' })!.holdsReadOnly, true)
  })
}

test('types without a table stay as they are', () => {
  const bare: CallShapes = { root: 'none', types: {} }
  const call = { b: 1, a: { d: 1, c: 2 } }
  assert.is(new Arranger(bare, roomy).arrange(call)!.value, call)
})

test.run()
