import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPattern } from '../../../src/compile/language/pattern.js'

const patterns = suite('compile/pattern')

/** Whether it matches, and what that cost. */
function match(source: string, text: string): { readonly isMatch: boolean; readonly steps: number } {
  const pattern = readPattern(source)
  if ('problem' in pattern) throw new Error(pattern.problem)
  let steps = 0
  const isMatch = pattern.test(text, (more) => {
    steps += more
  })
  return { isMatch, steps }
}

const texts = [
  ...['', 'a', 'b', 'ab', 'aab', 'abab', 'aaaa!', 'A-1', 'INC-42', '+14255550100', 'emea-x', 'x emea'],
  ...['a\nb', '\u{1F600}', '\u{1F600}a', '\ud83d', 'é', 'Zoë Müller', '(a)', '[x]', '12', 'ab'.repeat(9)],
]

for (const source of [
  '^INC-\\d+$',
  '^\\+?[1-9]\\d{6,14}$',
  '^[0-9a-f]{8}-[0-9a-f]{4}$',
  '^(emea|amer|apac)-\\w+$',
  '^(?:a|b)$',
  '^a(-\\d+)?$',
  '^(ab){2}$',
  '^(ab){2,}$',
  '^(\\p{L}\\p{N})+$',
  '^[\\p{L} ]+$',
  '^[(+*{|]+$',
  '^[\\](]a\\)$',
  '^\\(\\w+\\)*$',
  '^\\u{1F600}$',
  '^\\uD83D\\uDE00.?$',
  '\\uD83D',
  'a+?b',
  '^.$',
  '^[^]$',
  '[]',
  '',
  'a|',
  '()*b',
  '\\ba',
  'a\\b',
  'a\\B',
  '^|b$',
  '(a|b|^)+b',
  '(a+)+',
  '(a*)*$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^((a+)b?)+$',
  '^(a{1,3}){2}$',
  '\\x61\\cJ?',
  '\\/|\\^|\\$',
]) {
  patterns(`${source} matches what it does in JavaScript`, () => {
    for (const text of texts)
      assert.is(match(source, text).isMatch, new RegExp(source, 'u').test(text), JSON.stringify(text))
  })
}

const part = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '^',
  '$',
  '\\b',
  '\\B',
  '\\w',
  '(?:',
  '(',
  ')',
  '|',
)
const mark = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?', '{0}')

patterns('property: any pattern matches what it does in JavaScript', () => {
  const source = fc.array(fc.tuple(part, mark), { maxLength: 9 }).map((parts) => parts.flat().join(''))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '\n'), maxLength: 7 })
  fc.assert(
    fc.property(source, fc.array(text, { maxLength: 6 }), (pattern, all) => {
      const read = readPattern(pattern)
      if ('problem' in read) return
      const form = new RegExp(pattern, 'u')
      for (const each of all)
        assert.is(
          read.test(each, () => {}),
          form.test(each),
          JSON.stringify(each),
        )
    }),
    { numRuns: 3000 },
  )
})

for (const refused of [
  ...['(?=a)', '(?!a)', '(?<=a)b', '(?<n>a)', '(a)\\1', '(?<n>a)\\k<n>', '(', '[', '\\'],
  ...['(a{500}){500}', 'a{9999999}', '(?i:a)', `${'('.repeat(200)}a${')'.repeat(200)}`],
]) {
  patterns(`refuses ${refused.slice(0, 24)}`, () => assert.ok('problem' in readPattern(refused)))
}

for (const [source, unit] of [
  ['^(a+)+$', 'a'],
  ['(a*)*b', 'a'],
  ['(.*a){20}b', 'a'],
  ['a*a*a*a*b', 'a'],
  ['(a|a|a)*b', 'a'],
  [`^${'a?'.repeat(300)}b`, 'a'],
  ['\\p{L}*!$', 'é'],
] as const) {
  patterns(`${source.slice(0, 24)} costs by the length of the text`, () => {
    const short = match(source, unit.repeat(5000)).steps
    const long = match(source, unit.repeat(10_000)).steps
    assert.ok(long <= short * 2.2, `${short}, then ${long}`)
  })
}

patterns('what it remembers does not grow without end', () => {
  const pattern = readPattern('^(?:.{0,50}x)*$')
  if ('problem' in pattern) throw new Error(pattern.problem)
  const characters = Array.from({ length: 60_000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + (index % 20_000)),
  )
  assert.is(
    pattern.test(`${characters.join('x')}x`, () => {}),
    true,
  )
})

patterns.run()
