import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPhoneNumber } from '../../../src/compile/expression/phone.js'
import { complaintOf, yieldOf } from './helpers-yield.js'

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
  ['030 123456', '__proto__', 'there is no such region'],
  ['', undefined, 'this is not a phone number'],
]
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
