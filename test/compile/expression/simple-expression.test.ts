import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { expressionLimits } from '../../../src/compile/expression/expression-limits.js'
import { parseWithHandlebars } from '../../../src/compile/expression/handlebars-expression.js'
import { parseSimpleText } from '../../../src/compile/expression/simple-expression.js'

const test = suite('texts that need no Handlebars')

/** Read without Handlebars, and as Handlebars reads them. */
const simple = [
  '{{subject}}',
  '{{ subject }}',
  'Bridge for {{service}}, {{shift.name}}',
  '{{#if urgent}}URGENT: {{/if}}{{subject}}',
  '{{#unless quiet}}a{{else}}b{{/unless}}',
  '{{#if a}}{{#if b}}x{{/if}}{{ else }}{{c}}{{/if}}',
  '{{#if (eq region "emea")}}here{{/if}}',
  '{{default person.name person.id}}',
  '{{default person.name "nobody"}}',
  "{{join (pluck people 'name') ', '}}",
  '{{replace "}}" "{{" name}}',
  '{{@index}} of {{length people}}',
  '{{eq count 12}}{{eq count -1.5}}{{eq a true}}{{eq a false}}{{eq a null}}',
  '{{env.CALLBACK_URI}}?region={{urlencode region}}',
  '{{calls.bridge-1.id}}',
  '{ {{a}} }',
  '{{default}}',
  'ünïcode {{a}} 📞',
]

for (const text of simple)
  test(`${text} is read without it, and alike`, () => {
    assert.equal(parseSimpleText(text), parseWithHandlebars(text))
  })

/** Left to Handlebars, mistakes among them: it complains, and this does not. */
const unusual = [
  '{{#each people as |p|}}{{p.id}}{{/each}}',
  '{{#if a}}x{{else if b}}y{{/if}}',
  'a\n{{#if b}}\nc\n{{/if}}\n',
  '{{~a~}}',
  '\\{{a}}',
  '{{! a note }}{{a}}',
  '{{{a}}}',
  '{{a}}}',
  '{{&a}}',
  '{{> a}}',
  '{{this}}',
  '{{./a}}',
  '{{../a}}',
  '{{a/b}}',
  '{{a.[b c]}}',
  '{{a.0}}',
  '{{a.}}',
  '{{a b=c}}',
  '{{nobody a}}',
  '{{lookup a "b"}}',
  '{{a.constructor}}',
  '{{__proto__}}',
  '{{undefined}}',
  '{{else}}',
  '{{else-if}}',
  '{{/if}}',
  '{{#if a}}',
  '{{#if a}}x{{/unless}}',
  '{{#if {{b}}',
  '{{#if a}}x{{/if}}}',
  '{{#if a}}x{{else}}}{{/if}}',
  '{{#if}}x{{/if}}',
  '{{a',
  'a {{',
  '{{}}',
  '{{"a"}}',
  '{{1}}',
  '{{ifx a}}',
  `${'{{#if a}}'.repeat(9)}x${'{{/if}}'.repeat(9)}`,
  `{{upper ${'(upper '.repeat(5)}a${')'.repeat(5)}}}`,
]

for (const text of unusual)
  test(`${text} is left to Handlebars`, () => {
    assert.is(parseSimpleText(text), undefined)
  })

const name = fc.constantFrom(
  'a',
  'person',
  'if',
  'else',
  'this',
  'as',
  'null',
  'x-1',
  '_b',
  'default',
  'eq',
  'upper',
  'log',
)
const path = fc
  .tuple(fc.constantFrom('', '', '', '@', '../', './'), fc.array(name, { minLength: 1, maxLength: 3 }))
  .map(([start, names]) => start + names.join('.'))
const literal = fc.constantFrom(
  '"x"',
  "'y z'",
  '"}}"',
  "'{{'",
  '12',
  '-1.5',
  '007',
  'true',
  'false',
  'null',
  'undefined',
  '""',
)
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '', '\t')

const { value } = fc.letrec<{ value: string; call: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 6, withCrossShrink: true }, path, literal, tie('call')),
  call: fc
    .tuple(name, gap, tie('value'), gap, tie('value'))
    .map(([callee, one, first, two, second]) => `(${callee}${one}${first}${two}${second})`),
}))

const { text } = fc.letrec<{ text: string; piece: string; block: string }>((tie) => ({
  text: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 10, withCrossShrink: true },
    fc.constantFrom('text', ' ', '{', '}', '\n', '\\', '(', '"', 'é', '~'),
    fc.tuple(gap, path, gap).map(([before, found, after]) => `{{${before}${found}${after}}}`),
    fc.tuple(name, gap, value, gap).map(([callee, one, found, two]) => `{{${callee}${one}${found}${two}}}`),
    tie('block'),
  ),
  block: fc
    .tuple(
      fc.constantFrom('if', 'unless', 'each'),
      gap,
      value,
      tie('text'),
      fc.constantFrom('', '{{else}}', '{{ else }}'),
      tie('text'),
    )
    .map(
      ([block, one, found, body, mark, otherwise]) =>
        `{{#${block}${one}${found}}}${body}${mark}${otherwise}{{/${block}}}`,
    ),
}))

/** With a character put in, taken out or doubled somewhere. */
const damaged = fc
  .tuple(
    text,
    fc.nat(),
    fc.constantFrom('', '{', '}', '{{', '}}', '#', '/', '(', ')', '"', ' ', '.', '-', '@', '&'),
    fc.nat(2),
  )
  .map(([whole, at, put, cut]) => {
    const place = whole.length === 0 ? 0 : at % whole.length
    return whole.slice(0, place) + put + whole.slice(place + cut)
  })

test('whatever is read without Handlebars, Handlebars reads alike', () => {
  let count = 0
  fc.assert(
    fc.property(fc.oneof(text, damaged), (whole) => {
      const found = parseSimpleText(whole)
      if (found === undefined) return
      count += 1
      assert.equal(found, parseWithHandlebars(whole), whole)
    }),
    { numRuns: 4000, seed: 7 },
  )
  assert.ok(count > 800, `${count} of them`)
})

test('blocks and calls may be as deep as they may', () => {
  const { blockDepth, nesting } = expressionLimits
  const blocks = `${'{{#if a}}'.repeat(blockDepth)}x${'{{/if}}'.repeat(blockDepth)}`
  const calls = `{{upper ${'(upper '.repeat(nesting)}a${')'.repeat(nesting)}}}`
  for (const whole of [blocks, calls]) {
    assert.ok(parseSimpleText(whole))
    assert.equal(parseSimpleText(whole), parseWithHandlebars(whole))
  }
})

test.run()
