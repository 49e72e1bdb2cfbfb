// Emergency, short, premium and ordinary numbers of every region, as google-libphonenumber has them: Google's own
// JavaScript, and another reader of the metadata than the one that callctl carries.
import google from 'google-libphonenumber'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emergencyPlans } from '../../../src/compile/numbers/emergency-numbers.js'
import { kindOfNumber, readPhoneNumber } from '../../../src/compile/numbers/phone.js'

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil, ShortNumberInfo } = google
const util = PhoneNumberUtil.getInstance()
const short = ShortNumberInfo.getInstance()
const regions = util.getSupportedRegions()

/** Every emergency number of a region: none has other than those that some region has. */
const anywhere = [...new Set(emergencyPlans.flatMap(({ numbers }) => [...numbers]))]
const emergencies = regions.flatMap((region) => {
  const code = String(util.getCountryCodeForRegion(region))
  return anywhere
    .filter((number) => short.isEmergencyNumber(number, region))
    .map((number) => ({ region, code, number }))
})

/** Of two to four digits every one is asked for; longer ones are few, and by name. */
const longer = ['90000', '10177', '10111', '1010', '100000', '112112']

const test = suite('numbers of all regions')

test('all emergency numbers are known, bare and with the code of their country', () => {
  assert.ok(emergencies.length >= 817, String(emergencies.length))
  for (const { region, code, number } of emergencies)
    for (const text of [number, `+${code}${number}`, `00${code}${number}`, `tel:${number}`, ` ${number} `])
      assert.is(kindOfNumber(text), 'emergency', `${region} ${text}`)
})

test('the table has what the library says, and nothing else', () => {
  const said = new Set(emergencies.map(({ code, number }) => `${code} ${number}`))
  const written = emergencyPlans.flatMap(({ code, numbers }) =>
    [...numbers].map((number) => `${code} ${number}`),
  )
  assert.equal([...said].sort(), written.sort())
  for (const region of ['SE', 'ZA', 'DE', 'FR', 'US', 'AU'])
    for (const number of longer)
      if (short.isEmergencyNumber(number, region)) assert.ok(anywhere.includes(number), number)
})

test('whatever has six digits or fewer is a short number', () => {
  for (const number of ['116117', '+116117', '1800', '115', '12', '+4911', '19222', '00115', '19-222'])
    assert.ok(['short', 'emergency'].includes(kindOfNumber(number) ?? ''), number)
})

const examplesOf = (type: number): readonly { region: string; number: string }[] =>
  regions.flatMap((region) => {
    const found = util.getExampleNumberForType(region, type)
    return found == null ? [] : [{ region, number: util.format(found, PhoneNumberFormat.E164) }]
  })

test('premium numbers of every region that has them are known', () => {
  const examples = examplesOf(PhoneNumberType.PREMIUM_RATE)
  assert.ok(examples.length > 140)
  for (const { region, number } of examples) assert.is(kindOfNumber(number), 'premium', `${region} ${number}`)
})

test('no ordinary number of any region raises an alarm, and each is read as itself', () => {
  const { FIXED_LINE, MOBILE, TOLL_FREE, SHARED_COST, VOIP, PERSONAL_NUMBER, UAN, PAGER } = PhoneNumberType
  const ordinary = [FIXED_LINE, MOBILE, TOLL_FREE, SHARED_COST, VOIP, PERSONAL_NUMBER, UAN, PAGER].flatMap(
    examplesOf,
  )
  assert.ok(ordinary.length > 900, String(ordinary.length))
  const unknown = ordinary.filter(({ number }) => kindOfNumber(number) === 'unknown')
  // Of some countries, such as Benin, which has longer numbers now, the two know different editions.
  assert.equal([...new Set(unknown.map(({ region }) => region))].sort(), ['BJ', 'ZW'])
  for (const { region, number } of ordinary.filter((each) => !unknown.includes(each))) {
    assert.is(kindOfNumber(number), 'ordinary', `${region} ${number}`)
    assert.equal(readPhoneNumber(number, undefined), { number }, region)
  }
})

test('an ordinary number is read in every form that the library writes it in', () => {
  for (const { region, number } of examplesOf(PhoneNumberType.FIXED_LINE)) {
    if (region === 'ZW') continue
    const parsed = util.parse(number, region)
    for (const format of ['INTERNATIONAL', 'RFC3966', 'NATIONAL'] as const)
      assert.equal(
        readPhoneNumber(util.format(parsed, PhoneNumberFormat[format]), region),
        { number },
        `${region} ${format}`,
      )
  }
})

test.run()
