import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { JsonValue } from '../../../src/model/json.js'
import { literalValue } from '../../../src/model/language/document.js'

const read = (text: string): { value: JsonValue | undefined; codes: readonly string[] } => {
  const { value, diagnostics } = parse({ path: 'a.yaml', text })
  return { value: value && literalValue(value.root), codes: diagnostics.map(({ code }) => code) }
}

const taken = suite('what is taken')

const texts: readonly (readonly [name: string, text: string, value: JsonValue])[] = [
  ['a map', 'a: 1\nb: x\n', { a: 1, b: 'x' }],
  ['JSON', '{"a": [1, -2.5, true, null, "x"]}', { a: [1, -2.5, true, null, 'x'] }],
  [
    'words of YAML 1.1 are text',
    'a: [yes, no, on, 2026-01-01, 190:20:30]',
    { a: ['yes', 'no', 'on', '2026-01-01', '190:20:30'] },
  ],
  ['null in all spellings', 'a: ~\nb: null\nc:\n', { a: null, b: null, c: null }],
  ['an alias', 'a: &x [1]\nb: *x\n', { a: [1], b: [1] }],
  ['an alias of a key', '&x a: *x\n', { a: 'a' }],
  ['tags of the core schema', 'a: !!str 0049\nb: !!map { c: !!int 5 }\n', { a: '0049', b: { c: 5 } }],
  ['%YAML 1.2', '%YAML 1.2\n---\na: b\n', { a: 'b' }],
  ['the end of a document', 'a: b\n...\n', { a: 'b' }],
  ['a BOM', '\ufeffa: b\n', { a: 'b' }],
  ['CRLF', 'a: |\r\n  x\r\n  y\r\nb: "c\r\n  d"\r\n', { a: 'x\ny\n', b: 'c d' }],
  ['number keys as text', '1: a\n', { 1: 'a' }],
  ['quoted numbers', 'a: "0049"\nb: \'+1\'\n', { a: '0049', b: '+1' }],
  ['a quoted merge key', '"<<": a\n', { '<<': 'a' }],
  [
    'braces in quotes, comments and blocks',
    "a: '{{x}}' # {{y}}\nb: |\n  {{z}}\n",
    { a: '{{x}}', b: '{{z}}\n' },
  ],
  [
    '64 levels',
    `a: ${'['.repeat(63)}${']'.repeat(63)}`,
    { a: Array.from({ length: 62 }).reduce<JsonValue>((inner) => [inner], []) },
  ],
]
for (const [name, text, value] of texts) taken(name, () => assert.equal(read(text), { value, codes: [] }))

taken('20,000 keys in one map', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: v\n`).join('')
  assert.equal(read(text).codes, [])
})

const places = suite('places')

places('the first of two equal keys is related', () => {
  const { diagnostics } = parse({ path: 'a.yaml', text: 'a: 1\nb: 2\na: 3\n' })
  assert.equal(diagnostics[0]?.range, { source: 'a.yaml', start: 10, end: 11 })
  assert.equal(diagnostics[0]?.related?.[0]?.range, { source: 'a.yaml', start: 0, end: 1 })
})
places('all mistakes of a file are reported', () =>
  assert.equal(read('a: +1\nb: 007\nc: { <<: x }\n').codes, [
    'yaml/unquoted-number',
    'yaml/unquoted-number',
    'yaml/merge-key',
  ]),
)
places('a hint shows the quoted spelling', () => {
  const { diagnostics } = parse({ path: 'a.yaml', text: 'a: {{upper "x"}}\nb: [{{y}}, c]\n' })
  assert.equal(
    diagnostics.map(({ hint }) => hint?.includes(`'{{upper "x"}}'`) || hint?.includes('"{{y}}"')),
    [true, true],
  )
})

taken.run()
places.run()
