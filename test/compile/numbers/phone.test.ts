import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPhoneNumber } from '../../../src/compile/numbers/phone.js'
import { complaintOf, yieldOf } from '../expression/helpers-yield.js'

const phone = suite('e164')

const numbers: readonly (readonly [string, string, string])[] = [
  ['+1 425 882 8080', '', '+14258828080'],
  ['+1 (425) 882-8080', 'DE', '+14258828080'],
  ['(425) 882-8080', 'US', '+14258828080'],
  ['030 123456', 'DE', '+4930123456'],
  ['0049 30 123456', 'DE', '+4930123456'],
  ['030 123456', 'de', '+4930123456'],
  ['020 7946 0000', 'GB', '+442079460000'],
  ['+14255550100', '', '+14255550100'],
  // As address books, spreadsheets and RFC 3966 hold them.
  ['\uff0b390612345678', 'DE', '+390612345678'],
  ['\uff0b\uff13\uff19\uff10\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18', 'DE', '+390612345678'],
  ['\ufe62390612345678', 'DE', '+390612345678'],
  ['+\u0664\u0669 \u0663\u0660 \u0661\u0662\u0663\u0664\u0665\u0666', '', '+4930123456'],
  ['tel:+1-425-555-0100', '', '+14255550100'],
  ['TEL:+1.425.555.0100', 'DE', '+14255550100'],
  ['tel:%2B14255550100', '', '+14255550100'],
  ['tel:425-555-0100;phone-context=+1', '', '+14255550100'],
  ['030-123456;phone-context=+49', '', '+4930123456'],
  ['callto:+14255550100', '', '+14255550100'],
  [' +14255550100', '', '+14255550100'],
  ['\u202a+1\u2009425\u202f555\u00a00100\u200e', '', '+14255550100'],
  ['\ufeff+1\u2011425\u2013555\u22120100', '', '+14255550100'],
  ['(+39) 06 12345678', '', '+390612345678'],
  ['(+49) (0)30 / 123456', '', '+4930123456'],
  ['+44 (0)20 7946 0000', '', '+442079460000'],
  ['+39 (0)6 1234567', '', '+39061234567'],
  ["'+4930123456", '', '+4930123456'],
  ['="+4930123456"', '', '+4930123456'],
  ['030/123456', 'DE', '+4930123456'],
  ['035201/12345', 'DE', '+493520112345'],
  ['+49 30 123456-57', '', '+493012345657'],
  ['030 123456', ' DE ', '+4930123456'],
  // Without its plus, but no other number of that country.
  ['4930123456', 'DE', '+4930123456'],
  ['393201234567', 'IT', '+393201234567'],
  ['447911123456', 'GB', '+447911123456'],
  // The area code is that of the country itself.
  ['0491 711234', 'DE', '+49491711234'],
  ['1 425 882 8080', 'US', '+14258828080'],
]
for (const [number, region, wanted] of numbers)
  phone(`${number} ${region} is ${wanted}`, () =>
    assert.is(yieldOf('{{e164 n r}}', { n: number, r: region }), wanted),
  )

phone('the region may be left out', () => assert.is(yieldOf('{{e164 "+4930123456"}}'), '+4930123456'))

const mistakes: readonly (readonly [string, string | undefined, string])[] = [
  ['112', 'DE', 'there is no such number'],
  ['1', 'DE', 'the number is too short'],
  ['hello', 'DE', 'this is not a phone number'],
  ['call +1 425 882 8080 today', undefined, 'this is not a phone number'],
  ['+1 425 882 8080 ext. 12', undefined, 'an E.164 number has no extension'],
  ['+1 425 882 80', undefined, 'there is no such number'],
  ['+1 425 882 8080 8080 8080', undefined, 'the number is too long'],
  ['+999 123456', undefined, 'no country has this calling code'],
  ['030 123456', undefined, 'the country is not known'],
  ['030 123456', 'XX', 'there is no such region'],
  ['030 1234567 (12)', 'DE', 'an E.164 number has no extension'],
  ['0171 1234520 (mobil)', 'DE', 'this is not a phone number'],
  ['0171 1234520 (nur privat)', 'DE', 'this is not a phone number'],
  ['Mobil: 0171 1234520', 'DE', 'this is not a phone number'],
  // A spreadsheet took the plus away, and what is left is a number of Leer.
  ['491711234515', 'DE', 'this is a number with its country’s code, and another one without'],
  ['49 171 1234515', 'DE', 'this is a number with its country’s code, and another one without'],
  ['(49) 171/1234515', 'DE', 'this is a number with its country’s code, and another one without'],
  ['030 123456', '__proto__', 'there is no such region'],
  ['', undefined, 'this is not a phone number'],
  // Valid only by lesser metadata.
  ['+1 242 555 0100', undefined, 'there is no such number'],
  ['14255550100', 'DE', 'there is no such number'],
  ['116117', 'DE', 'there is no such number'],
  ['+1 555 555 0100', undefined, 'there is no such number'],
  ['+49 116117', undefined, 'there is no such number'],
  ['7042;phone-context=pbx.contoso.com', 'DE', 'the number means something only within its `phone-context`'],
  ['tel:+1-425-555-0100;phone-context=+44', undefined, 'something stands behind the number'],
  ['tel:+1-425-555-0100;ext=12', undefined, 'an E.164 number has no extension'],
  ['+1 425 555 0100 x12', undefined, 'an E.164 number has no extension'],
  ['+1 425 555 0100 #12', undefined, 'an E.164 number has no extension'],
  ['+49 30 123456 (57)', undefined, 'an E.164 number has no extension'],
  ['+49 30 123456 Durchwahl 57', undefined, 'an E.164 number has no extension'],
  ['1-800-FLOWERS', 'US', 'this is not a phone number'],
  ['030 123456\u00b2', 'DE', 'this is not a phone number'],
  ['Tel.: +1 425 555 0100', undefined, 'this is not a phone number'],
  ['4930123456.0', 'DE', 'a spreadsheet has made another number of this one'],
  ['4.93012E+11', 'DE', 'a spreadsheet has made another number of this one'],
  ['4,93012E+11', 'DE', 'a spreadsheet has made another number of this one'],
  ['\u202e0010 555 524 1+', undefined, 'its digits are shown in the other direction (U+202E)'],
]

/** Of which none may be read as one. */
const several: readonly (readonly [string, string?])[] = [
  ['030 123456/57', 'DE'],
  ['030 123456 / 030 123457', 'DE'],
  ['030 123456 oder 57', 'DE'],
  ['030 123456 oder 030 123457', 'DE'],
  ['+1 425 555 0100 or +1 425 555 0101'],
  ['+44 20 7946 0018 / +44 20 7946 0019', 'GB'],
  ['+44 20 7946 0018 (home), (+44) 20 7946 0019', 'GB'],
  ['020 7946 0018 - +442079460019', 'GB'],
  ['030 123456; 030 123457', 'DE'],
  ['+14255550100 ::: +14255550101'],
  ['+14255550100, +14255550101'],
  ['+14255550100,57'],
  ['+14255550100\n+14255550101'],
  ['+14255550100\u2028+14255550101'],
  ['+14255550100|+14255550101'],
  ['+14255550100 & +14255550101'],
  ['+14255550100 +14255550101'],
  ['+14255550100;+14255550101'],
  ['030 1234 040 1235', 'DE'],
  ['01 5123456/57', 'AT'],
  ['01 42 27 81 86 / 87', 'FR'],
  ['01 42 27 81 86 - 01 42 27 81 87', 'FR'],
  ['91 123 45 67 91 123 45 68', 'ES'],
  ['06 1234567 06 1234568', 'IT'],
  ['+49 30 123456 bis 59'],
  ['030/123456/57', 'DE'],
]
for (const [text, region] of several)
  phone(`${JSON.stringify(text)} is more than one number`, () => {
    const found = readPhoneNumber(text, region)
    assert.is('problem' in found ? found.problem : found.number, 'more than one number stands here')
  })

phone('what one text is does not depend on those before it', () => {
  for (let time = 0; time < 3; time += 1)
    assert.equal(readPhoneNumber('tel:425-555-0100;phone-context=+1', undefined), { number: '+14255550100' })
})

phone('what is not seen in a text that is refused is told', () => {
  const refused = readPhoneNumber('\u202ahello\u2009', undefined)
  assert.match(('hint' in refused && refused.hint) || '', /U\+202A.*U\+2009/)
})

const characters = '+0123456789 ()-./;,:x#\u202a\uff0b\u0661ad'
const texts = fc.oneof(
  fc.array(fc.constantFrom(...characters), { maxLength: 24 }).map((each) => each.join('')),
  fc.string({ maxLength: 20 }),
)
phone('what is read is written in canonical form, and that is read as the same', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom(undefined, 'DE', 'US', 'IT', 'FR'), (text, region) => {
      const found = readPhoneNumber(text, region)
      if (!('number' in found)) return
      assert.match(found.number, /^\+[1-9]\d{6,14}$/)
      assert.equal(readPhoneNumber(found.number, undefined), found)
      assert.equal(readPhoneNumber(`\u202a ${text}\u200f`, region), found)
    }),
    { numRuns: 2000 },
  )
})

const separators = [',', ';', ' / ', ' or ', ' oder ', ' ::: ', '\n', '|', ' ', ' und ', ', ']
phone('two numbers are never one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        '+14255550100',
        '+4930123456',
        '+390612345678',
        '+33142278186',
        '030 123456',
        '0171 1234567',
      ),
      fc.constantFrom(...separators),
      fc.constantFrom('+14255550101', '+4930123457', '030 123457', '0171 1234568', '0049 30 123457'),
      (first, between, second) => {
        const found = readPhoneNumber(first + between + second, 'DE')
        assert.ok('problem' in found, JSON.stringify(found))
      },
    ),
  )
})
for (const [number, region, problem] of mistakes)
  phone(`${number} ${region ?? ''}: ${problem}`, () => {
    const found = readPhoneNumber(number, region)
    assert.is('problem' in found ? found.problem : found.number, problem)
  })

phone('a complaint points at the number', () => {
  const found = complaintOf('x {{e164 "030 12" "DE"}}')
  assert.is(found?.code, 'expression/arguments')
  assert.is(found?.at, '030 12')
})
phone('a complaint about a variable points at its name', () =>
  assert.is(complaintOf('{{e164 n "DE"}}', { n: '1' })?.at, 'n'),
)
phone('a third argument is too many', () =>
  assert.match(complaintOf('{{e164 "1" "DE" "x"}}')?.message ?? '', /number \[region\]/),
)

phone.run()
