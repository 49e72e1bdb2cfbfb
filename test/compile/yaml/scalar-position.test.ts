import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from '../../../src/compile/yaml/parse.js'
import { rangeInScalar } from '../../../src/compile/yaml/scalar-position.js'
import type { ScalarNode } from '../../../src/model/language/document.js'

const settings = { seed: 20_260_301, numRuns: 150 }

function scalarOf(text: string): ScalarNode | undefined {
  const { value } = parse({ path: 'a.yaml', text })
  const node = value?.root.entries[0]?.value
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node : undefined
}

/** What the file holds where `part` of the value stands. */
function spelled(text: string, part: string): string {
  const node = scalarOf(text)!
  const start = String(node.value).indexOf(part)
  const range = rangeInScalar(node, text, { start, end: start + part.length })
  return text.slice(range.start, range.end)
}

const parts = suite('a part of a scalar')

const cases: readonly (readonly [name: string, text: string, part: string, spelling: string])[] = [
  ['plain', 'k: a b c', 'b', 'b'],
  ['plain over lines', 'k: aa\n   bb\n\n   cc', 'cc', 'cc'],
  ['single quotes', "k: 'a''b c'", 'c', 'c'],
  ['a doubled quote', "k: 'a''b c'", "'", "''"],
  ['double quotes', 'k: "a b"', 'b', 'b'],
  ['after escapes', String.raw`k: "\t\x41\u00e9\U0001F49A\\ b"`, ' b', ' b'],
  ['an escape', String.raw`k: "a\u00e9b"`, 'é', String.raw`\u00e9`],
  ['an escape of two units', String.raw`k: "a\U0001F49Ab"`, '💚', String.raw`\U0001F49A`],
  ['a pair of escapes', String.raw`k: "a\ud83d\udc9ab c"`, 'b', 'b'],
  ['a pair of escapes itself', String.raw`k: "a\ud83d\udc9ab c"`, '💚', String.raw`\ud83d\udc9a`],
  ['after a continued line', 'k: "a\\\n   \\ b c"', 'b c', 'b c'],
  ['after a continued line with CRLF', 'k: "a\\\r\n   b c"', 'b c', 'b c'],
  ['after a folded line', 'k: "a\n   b c"', 'b c', 'b c'],
  ['over a folded line', 'k: "a\n   b c"', 'a b', 'a\n   b'],
  ['literal', 'k: |\n  a\n    b\n  c\n', 'b', 'b'],
  ['literal with an indicator', 'k: |2-\n    a\n  b', 'b', 'b'],
  ['literal after a comment', 'k: | # a\n  a\n  b\n', 'a', 'a'],
  ['literal with CRLF', 'k: |\r\n  a\r\n  b\r\n', 'b', 'b'],
  ['folded', 'k: >\n  a\n  b\n\n  c\n', 'c', 'c'],
  ['emoji before it', 'k: 💚 a b', 'b', 'b'],
]
for (const [name, text, part, spelling] of cases) parts(name, () => assert.is(spelled(text, part), spelling))

parts('past its end is the end of the value', () => {
  const node = scalarOf('k: "ab"')!
  const range = rangeInScalar(node, 'k: "ab"', { start: 0, end: Number.MAX_SAFE_INTEGER })
  assert.equal([range.start, range.end], [4, 6])
})
parts('of nothing lies in the scalar', () => {
  const range = rangeInScalar(scalarOf('k: ""')!, 'k: ""', { start: 0, end: 1 })
  assert.ok(range.start >= 3 && range.end <= 5 && range.start <= range.end)
})

const all = suite('every character of a value')

const letters = ['a', 'b', 'c', ' ', '  ', '\n', '\n\n', 'é', '💚', "'", '"', '\\', '{{', '}}', '#', ':', '.']
const anyText = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 14 })
  .map((each) => each.join(''))
const indent = (text: string) => text.replaceAll('\n', '\n   ')

const styles: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => `k: x${indent(text)}\n`,
  single: (text) => `k: '${indent(text.replaceAll("'", "''"))}'\n`,
  double: (text) => `k: "${indent(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"\n`,
  'double with escapes': (text) =>
    `k: ${JSON.stringify(text).replaceAll('é', '\\u00e9').replaceAll('💚', '\\U0001F49A')}\n`,
  'double with pairs of escapes': (text) => `k: ${JSON.stringify(text).replaceAll('💚', '\\ud83d\\udc9a')}\n`,
  'double over lines': (text) =>
    `k: "${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n\\\n   ').replaceAll('  ', ' \\ ')}"\n`,
  literal: (text) => `k: |\n   x${indent(text)}\n`,
  folded: (text) => `k: >-\n   x${indent(text)}\n`,
}

for (const [style, write] of Object.entries(styles)) {
  all(style, () => {
    let tried = 0
    const check = (text: string) => {
      const source = write(text)
      const node = scalarOf(source)
      if (node === undefined) return
      tried += 1
      checkCharacters(node, source)
    }
    fc.assert(fc.property(anyText, check), settings)
    assert.ok(tried > 25, `${tried} tried`)
  })
}

/** Each character that is no white space stands there, or an escape that spells it; places only go forward. */
function checkCharacters(node: ScalarNode, source: string): void {
  const value = String(node.value)
  let last = node.range.start
  for (let index = 0; index < value.length; index += 1) {
    const { start, end } = rangeInScalar(node, source, { start: index, end: index + 1 })
    assert.ok(start >= last && end <= node.range.end, `${JSON.stringify(source)} at ${index}`)
    last = start
    const spelling = source.slice(start, end)
    if (!/\s/.test(value[index]!))
      assert.ok(spells(spelling, value, index), `${JSON.stringify(source)} at ${index}`)
  }
}

function spells(spelling: string, value: string, index: number): boolean {
  const unit = value[index]!
  if (spelling === unit || spelling === "''") return spelling[0] === unit
  if (spelling.startsWith('\\U')) {
    const text = String.fromCodePoint(Number.parseInt(spelling.slice(2), 16))
    return text[0] === unit || text[1] === unit
  }
  return spelling.startsWith('\\') && (JSON.parse(`"${spelling}"`) as string) === unit
}

parts.run()
all.run()
