import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { updateTests } from '../../../src/compile/expectations/update-tests.js'
import type { TestEdit } from '../../../src/model/language/test-report.js'

const test = suite('updateTests')
const path = 'calls/a.test.yaml'
const update = (text: string, ...edits: TestEdit[]) => updateTests({ path, text }, edits)

test('a text takes the place of another one, and nothing else moves', () => {
  const text = 'tests:\n\n    odd:   # layout\n        a:   "x"   # why\n        b: [ 1,2 ]\n'
  assert.is(
    update(text, { kind: 'set', path: ['tests', 'odd', 'a'], value: 'y "z"' }),
    text.replace('"x"', '"y \\"z\\""'),
  )
})

const spellings: readonly (readonly [string, unknown, string])[] = [
  ['plain', 'other', 'other'],
  ['plain', 'true', '"true"'],
  ['plain', '+14255550100', '"+14255550100"'],
  ['plain', 'a: b', '"a: b"'],
  ['plain', 12, '12'],
  ['plain', null, 'null'],
  ["'single'", "it's", "'it''s'"],
  ["'single'", 'two\nlines', '"two\\nlines"'],
  ['1', 'text', 'text'],
  ['|\n    block', 'text\nmore', '"text\\nmore"'],
]
for (const [old, value, expected] of spellings) {
  test(`${JSON.stringify(value)} in place of ${JSON.stringify(old)}`, () => {
    const edit = { kind: 'set', path: ['a'], value: value as string } as const
    assert.is(update(`a: ${old}\nb: 1\n`, edit), `a: ${expected}\nb: 1\n`)
  })
}

test('values are added and removed, with all other comments', () => {
  const text = `tests:
  # about one
  one:
    expect:
      people: [a, b] # these
      values:
        /x: 1 # was one
        /y: { z: "é" }
`
  const at = ['tests', 'one', 'expect']
  assert.is(
    update(
      text,
      { kind: 'remove', path: [...at, 'people', 0] },
      { kind: 'append', path: [...at, 'people'], value: '+1' },
      { kind: 'append', path: [...at, 'absent'], value: '/n' },
      { kind: 'set', path: [...at, 'values', '/x'], value: { deep: null } },
      { kind: 'set', path: [...at, 'values', '/y', 'w'], value: [] },
    ),
    `tests:
  # about one
  one:
    expect:
      people: [b, "+1"] # these
      values:
        /x:
          # was one
          deep: null
        /y: { z: "é", w: [] }
      absent:
        - /n
`,
  )
})

test('two items are removed', () => {
  const edits = [0, 2].map((index) => ({ kind: 'remove', path: ['a', index] }) as const)
  assert.is(update('a: [x, y, z] # c\n', ...edits), 'a: [y] # c\n')
})

test('what an anchor shares with others is left to a person', () => {
  const text = 'a: &it { x: 1 }\nb: *it\n'
  assert.is(update(text, { kind: 'set', path: ['b', 'x'], value: 2 }), undefined)
  assert.is(update(text, { kind: 'set', path: ['a', 'x'], value: 2 }), undefined)
})

test('a placeholder may be expected', () => {
  const edit = { kind: 'set', path: ['a'], value: '(secret PIN)' } as const
  assert.is(update('a: x\n', edit), 'a: "(secret PIN)"\n')
})

test.run()
