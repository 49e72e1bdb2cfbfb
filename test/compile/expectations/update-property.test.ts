import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareNode } from '../../../src/compile/expectations/compare-node.js'
import { updateTests } from '../../../src/compile/expectations/update-tests.js'
import { formatDocument } from '../../../src/compile/yaml/format-document.js'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { JsonValue } from '../../../src/model/json.js'
import { literalValue } from '../../../src/model/language/document.js'

// What was expected is made what is so, whatever the two are.

const test = suite('update')
const path = 'calls/a.test.yaml'
const settings = { seed: 20261123, numRuns: 400 }

const anyKey = fc
  .oneof(
    fc.constantFrom('a', 'b', '@odata.type', 'x y', '', '#', '+1', 'true', '~', '/'),
    fc.string({ unit: 'grapheme' }),
  )
  .filter((key) => !['__proto__', 'constructor', 'prototype', '<<'].includes(key))
  .filter((key) => !key.includes('\0'))
const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('+14255550117', '1e3', 'null', '# c', 'a: b', ' x ', 'a\nb\n', '- x'),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed())
const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyText,
    fc.constantFrom(null, true, 0, -1.5, 30),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const anyCall = fc.dictionary(anyKey, anyValue, { minKeys: 1, maxKeys: 5, noNullPrototype: true })

/** As `fmt` leaves a file, with comments. */
function write(expected: JsonValue): string {
  const text = `# top\ntests: # of\n  one:\n    # before\n    payload: ${JSON.stringify(expected)} # behind\n`
  return formatDocument({ path, text }).value
}

function payloadIn(text: string) {
  const { value } = parse({ path, text }, true)
  const tests = value!.root.entries[0]!.value
  const one = tests.kind === 'map' ? tests.entries[0]!.value : undefined
  const payload = one?.kind === 'map' ? one.entries.find(({ key }) => key.value === 'payload') : undefined
  return payload!.value
}

function differences(text: string, actual: JsonValue) {
  const node = payloadIn(text)
  return compareNode(node, actual, { pointer: '', path: ['tests', 'one', 'payload'], range: node.range })
}

test('makes the test pass, and has nothing more to do', () => {
  const check = (expected: JsonValue, actual: JsonValue) => {
    const text = write(expected)
    const updated = updateTests(
      { path, text },
      differences(text, actual).map(({ edit }) => edit),
    )
    assert.equal(literalValue(payloadIn(updated!)), actual)
    assert.equal(differences(updated!, actual), [])
  }
  fc.assert(fc.property(anyCall, anyCall, check), settings)
})

test('keeps every comment that stands beside what is still there', () => {
  const check = (expected: JsonValue, actual: JsonValue) => {
    const text = write(expected)
    const updated = updateTests(
      { path, text },
      differences(text, actual).map(({ edit }) => edit),
    )!
    for (const comment of ['# top', '# of', '# before', '# behind']) {
      assert.ok(
        updated.split('\n').some((line) => line.trimEnd().endsWith(comment)),
        `${comment}\n${updated}`,
      )
    }
  }
  fc.assert(fc.property(anyCall, anyCall, check), settings)
})

test('of equal values nothing differs', () => {
  fc.assert(
    fc.property(anyCall, (call) => assert.equal(differences(write(call), call), [])),
    settings,
  )
})

test.run()
