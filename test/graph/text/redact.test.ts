import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redact, type Secret } from '../../../src/graph/text/redact.js'

const test = suite('graph/redact')
const secretOf = (value: string): readonly Secret[] => [{ value, placeholder: '(secret X)' }]
const hide = (text: string, value: string): string => redact(text, secretOf(value))

const hexOf = (code: number, width: number): string => code.toString(16).padStart(width, '0')
const units = (text: string): readonly string[] =>
  Array.from({ length: text.length }, (_, at) => text.charAt(at))
const bytes = (text: string): readonly number[] => [...Buffer.from(text, 'utf8')]

/** Ways to write a text so that somebody who decodes it has it again. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON with every character escaped': (text) =>
    units(text)
      .map((unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`)
      .join(''),
  'JSON with capital digits': (text) =>
    units(text)
      .map((unit) => `\\u${hexOf(unit.charCodeAt(0), 4).toUpperCase()}`)
      .join(''),
  'JSON with escaped slashes': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  'percent-encoding': (text) => encodeURIComponent(text),
  'percent-encoding of every byte': (text) =>
    bytes(text)
      .map((byte) => `%${hexOf(byte, 2)}`)
      .join(''),
  'percent-encoding twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'a form': (text) => new URLSearchParams({ x: text }).toString().slice(2),
  entities: (text) =>
    text.replace(
      /[&<>"']/g,
      (each) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[each] ?? '#39'};`,
    ),
  'entities by number': (text) => [...text].map((each) => `&#${each.codePointAt(0)};`).join(''),
  'entities in hexadecimal': (text) =>
    [...text].map((each) => `&#x${hexOf(each.codePointAt(0)!, 1)};`).join(''),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  base64url: (text) => Buffer.from(text, 'utf8').toString('base64url'),
  'base64 of more': (text) => Buffer.from(`ab${text}cd`, 'utf8').toString('base64'),
  'base64 of JSON': (text) => Buffer.from(JSON.stringify({ key: text }), 'utf8').toString('base64'),
  'base64 with escaped slashes': (text) =>
    Buffer.from(text, 'utf8').toString('base64').replaceAll('/', '\\/'),
  'base64 with percent-encoding': (text) => encodeURIComponent(Buffer.from(text, 'utf8').toString('base64')),
  hexadecimal: (text) => Buffer.from(text, 'utf8').toString('hex'),
  'hexadecimal in capitals': (text) => Buffer.from(text, 'utf8').toString('hex').toUpperCase(),
}

/** What stays readable of it, whatever the spelling: nothing that the spelling itself would show. */
const isGone = (shown: string, written: string): boolean => !shown.includes(written)

for (const [name, spell] of Object.entries(spellings)) {
  for (const secret of [
    'hunter2+',
    'p~ss/w+rd==',
    'eyJ0.a_b-c.d/e+f',
    'pass wörd "x"\\n',
    'a\u{1f600}b€cdef',
  ]) {
    test(`${name} of ${JSON.stringify(secret)}`, () => {
      const written = spell(secret)
      const shown = hide(`before, ${written} after`, secret)
      assert.ok(isGone(shown, written), shown)
      assert.match(shown, '(secret X)')
      assert.match(shown, /^before, /)
      assert.match(shown, / after$/)
    })
  }
}

test('any secret in any spelling is taken out, wherever it stands', () => {
  const secret = fc
    .string({ unit: 'grapheme', minLength: 6, maxLength: 60 })
    .filter((text) => text.trim().length > 5)
  const around = fc.string({ unit: 'grapheme-ascii', maxLength: 40 })
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom(...Object.keys(spellings)),
      around,
      around,
      (value, name, before, after) => {
        const written = spellings[name]!(value)
        const shown = hide(`${before} "${written}" ${after}`, value)
        assert.ok(isGone(shown, written), JSON.stringify({ value, name, shown }))
      },
    ),
    { numRuns: 1500, seed: 7 },
  )
})

test('each character in a spelling of its own', () => {
  const ways = [
    (each: string) => each,
    (each: string) => `\\u${hexOf(each.charCodeAt(0), 4)}`,
    (each: string) => `%${hexOf(each.charCodeAt(0), 2)}`,
    (each: string) => `&#${each.charCodeAt(0)};`,
    (each: string) => `\\x${hexOf(each.charCodeAt(0), 2)}`,
  ]
  const secret = fc.string({ unit: fc.constantFrom(...'abcXYZ019+/=-_.~'), minLength: 8, maxLength: 40 })
  fc.assert(
    fc.property(secret, fc.infiniteStream(fc.nat(ways.length - 1)), (value, choices) => {
      const written = [...value].map((each) => ways[choices.next().value as number]!(each)).join('')
      assert.match(hide(`x ${written} y`, value), /^x \(secret X\) y$/)
    }),
    { numRuns: 500, seed: 7 },
  )
})

test('a secret that was cut at the end is one too', () => {
  assert.is(hide('it ends with hunter2-an', 'hunter2-and-more'), 'it ends with (secret X)')
  assert.is(hide('it ends with \\u0068unter2', 'hunter2-and-more'), 'it ends with (secret X)')
})

test('a short secret that somebody named is taken out, and texts without secrets stay as they are', () => {
  assert.is(hide('{"pin":"1234"}', '1234'), '{"pin":"(secret X)"}')
  assert.is(hide('pin MTIzNA==', '1234'), 'pin (secret X)==')
  for (const text of ['', 'Application is not registered in our store.', '{"a":"\\u00e9%20&amp;"}']) {
    assert.is(hide(text, 'hunter2'), text)
  }
})

test('two secrets that overlap leave nothing of either', () => {
  const secrets = [
    { value: 'abcdef', placeholder: '(A)' },
    { value: 'defghi', placeholder: '(B)' },
  ]
  assert.is(redact('x abcdefghi y', secrets), 'x (A) y')
})

test('a text that is made to have many readings ends', () => {
  const text = '%25\\\\u0025&#37;='.repeat(1200)
  assert.type(hide(text, 'hunter2'), 'string')
})

test.run()
