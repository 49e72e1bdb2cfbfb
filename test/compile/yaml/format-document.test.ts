import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import { formatDocument } from '../../../src/compile/yaml/format-document.js'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { Node } from '../../../src/model/language/document.js'

const test = suite('formatDocument')
const format = (text: string): string => formatDocument({ path: 'calls/a.yaml', text }).value
const parsedValue = (text: string): string =>
  JSON.stringify(parse({ path: 'a.yaml', text }).value?.root, (key, value) =>
    key === 'range' || key === 'style' ? undefined : (value as Node),
  )
const settings = { seed: 20_261_123, numRuns: 80 }

test('spaces, indentation and brackets get one layout', () => {
  assert.is(
    format('calls:\n      a:   {uses:   ping,with: {x: [ 1,2 ]}}\n\n\n\n      b:\n          uses: ping\n'),
    'calls:\n  a: { uses: ping, with: { x: [1, 2] } }\n\n  b:\n    uses: ping\n',
  )
})

test('quotes stay as they were typed', () => {
  const text = `a: "+14255550100"\nb: '{{c}}'\nc: "\\u00e9"\nd: plain text # {{e}}\ne: "0049"\n`
  assert.is(format(text), text)
})

test('comments stay where they were', () => {
  const text = '# head\n\n# of a\na: 1 # beside\n# between\nb:\n  # inside\n  - x # item\n\n# end\n'
  assert.is(format(text), text)
})

test('the lines of a block stay as they were', () => {
  assert.is(
    format(
      'a:\n    b: |\n        one\n          two\n\n        three\n    c: >-\n        long\n        text\n',
    ),
    'a:\n  b: |\n    one\n      two\n\n    three\n  c: >-\n    long\n    text\n',
  )
})

test('blocks that keep or drop their end do so', () => {
  for (const header of ['|', '|-', '|+', '>', '>-', '>+']) {
    const text = `a: ${header}\n    x\n\n\nb: 1\n`
    assert.is(parsedValue(format(text)), parsedValue(text), header)
  }
})

test('long text is not broken', () => {
  const text = `a: ${'word '.repeat(60)}end\nb: "${'word '.repeat(60)}"\n`
  assert.is(format(text), text)
})

test('anchors and aliases stay', () => {
  const text = 'a: &x { b: 1 }\nc: *x\n'
  assert.is(format(text), text)
})

test('Windows line ends and a byte-order mark go', () => {
  assert.is(format('\ufeffa: 1\r\nb: 2\r\n'), 'a: 1\nb: 2\n')
})

test('a file with errors is left as it is', () => {
  const text = 'a:   {{x}}\n'
  const { value, diagnostics } = formatDocument({ path: 'calls/a.yaml', text })
  assert.is(value, text)
  assert.is(diagnostics[0]?.code, 'yaml/unquoted-expression')
})

const stockFiles = ['callctl.yaml', ...['templates', 'calls'].flatMap((folder) => filesOf(folder))]

function filesOf(folder: string): readonly string[] {
  const names = readdirSync(join(process.cwd(), folder)).filter((name) => name.endsWith('.yaml'))
  return names.map((name) => join(folder, name))
}

for (const path of stockFiles) {
  test(`${path} keeps its values and its comments`, () => {
    const text = readFileSync(join(process.cwd(), path), 'utf8')
    const formatted = format(text)
    assert.is(parsedValue(formatted), parsedValue(text))
    assert.is(format(formatted), formatted)
    assert.is(formatted.split('#').length, text.split('#').length)
  })
}

/** Any JSON map, written by another writer in its own layout, with comments between. */
const written = fc
  .tuple(
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }),
    fc.record({
      indent: fc.integer({ min: 1, max: 6 }),
      lineWidth: fc.constantFrom(0, 20, 80),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'BLOCK_LITERAL' as const),
    }),
    fc.array(fc.nat()),
  )
  .map(([value, options, places]) => comment(stringify(value, options), places))

/** Comment lines at the top level, where they cannot fall into a block. */
function comment(text: string, places: readonly number[]): string {
  const lines = text.split('\n')
  for (const place of places) {
    const at = place % lines.length
    if (/^["\w]/.test(lines[at]!)) lines.splice(at, 0, `# note ${place}`)
  }
  return lines.join('\n')
}

test('no value changes, whatever it is', () => {
  fc.assert(
    fc.property(written, (text) => {
      assert.is(parsedValue(format(text)), parsedValue(text))
    }),
    settings,
  )
})

test('formatting again changes nothing', () => {
  fc.assert(
    fc.property(written, (text) => {
      const once = format(text)
      assert.is(format(once), once)
    }),
    settings,
  )
})

test('comments are kept', () => {
  const notes = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('# note')).length
  fc.assert(
    fc.property(written, (text) => {
      assert.is(notes(format(text)), notes(text))
    }),
    settings,
  )
})

test.run()
