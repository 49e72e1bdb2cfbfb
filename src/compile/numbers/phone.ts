// Phone numbers: what is written, and which there are. This file alone imports libphonenumber-js, with the whole of
// its metadata: the lesser one takes numbers that cannot exist, and knows no premium ones. It is loaded by `require`
// where a number is first looked at, so that a start without one does not pay for it.

import { type PhoneNumber as Parsed, ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/max/metadata'
import { isEmergency } from './emergency-numbers.js'
import { type PhoneText, readPhoneText, severalNumbers } from './phone-text.js'

export type PhoneNumber = { readonly number: string } | { readonly problem: string; readonly hint?: string }

/** A number as people write it to its E.164 form. `region` is an ISO 3166 code; it is needed without a leading `+`. */
export function readPhoneNumber(text: string, region: string | undefined): PhoneNumber {
  const country = region?.trim().toUpperCase()
  if (country !== undefined && !Object.hasOwn(metadata.countries, country)) {
    return { problem: 'there is no such region', hint: 'It is a code of two letters, such as `DE`.' }
  }
  const written = readPhoneText(text)
  if ('problem' in written) return written
  if (isSeveral(written, country)) return severalNumbers
  const found = parse(written.compact, country)
  if (typeof found === 'string')
    return explain(found, country === undefined && !written.compact.startsWith('+'))
  if (!found.isValid()) return noSuchNumber
  return isTwofold(written.compact, found) ? twofold : { number: found.number }
}

const noSuchNumber = {
  problem: 'there is no such number',
  hint: 'Are all its digits there? `+`, the country’s code, the rest.',
}
const twofold = {
  problem: 'this is a number with its country’s code, and another one without',
  hint: 'Most likely a spreadsheet took the plus away: write `+` in front. Where no country’s code stands there, write the number as it is dialed within the country, or with `+` and the code.',
}

/** Whether a number that lost its plus is read as another one of that country: a stranger would be rung. */
const isTwofold = (compact: string, { countryCallingCode, number }: Parsed): boolean =>
  compact.startsWith(countryCallingCode) && number !== `+${compact}` && isNumber(`+${compact}`, undefined)

export type NumberKind = 'emergency' | 'short' | 'premium' | 'unknown' | 'ordinary'

/** What a number is that a call would ring, as it stands there: `ordinary` where nothing tells its country. */
export function kindOfNumber(text: string): NumberKind | undefined {
  const written = readPhoneText(text)
  if ('problem' in written) return undefined
  const { compact } = written
  // As it is dialed, and from abroad.
  const spellings = [compact.replace('+', ''), compact.replace(/^\+?00/, ''), compact.replace(/^\+?011/, '')]
  if (spellings.some(isEmergency)) return 'emergency'
  const digits = compact.replace(/^(?:\+|00)+/, '')
  const found = digits === compact ? undefined : parse(`+${digits}`, undefined)
  const isKnown = typeof found === 'object' && found.isValid()
  // With the country's code, no number of a person is so short; Iran has some of a company.
  if (digits.length <= longestShort && !isKnown) return 'short'
  if (found === undefined) return 'ordinary'
  if (premiumForm.test(digits) || (isKnown && found.getType() === 'PREMIUM_RATE')) return 'premium'
  return isKnown ? 'ordinary' : 'unknown'
}

const longestShort = 6

/**
 * Under which the called side is paid, beside what the metadata knows: ITU's codes of satellites, global services and
 * premium rate, and prefixes of national plans, whose numbers are not all valid there.
 */
const premiumPrefixes =
  '870 878 881 882 883 888 979 1900 3190[069] 3290 3389 3480[367] 358[67]00 3989 4190[016] 439[03][01] 449 4590 ' +
  '46900 46939 46944 4782[09] 4870 49900 61190'
const premiumForm = new RegExp(`^(?:${premiumPrefixes.replaceAll(' ', '|')})`)

/** Or the code of what the library has against it. */
function parse(compact: string, country: string | undefined): Parsed | string {
  try {
    const options = { extract: false, ...(country !== undefined && { defaultCountry: country }) }
    return parsePhoneNumberWithError(compact, options as never, metadata)
  } catch (error) {
    if (error instanceof ParseError) return error.message
    throw error
  }
}

/**
 * Whether its groups are two numbers side by side, which the library would read as one: `030 123456/57`,
 * `030 1234 040 1235`. The first part alone must be a number; behind a slash a few other last digits may stand.
 */
function isSeveral({ groups, slash, compact }: PhoneText, country: string | undefined): boolean {
  const plus = compact.startsWith('+') ? '+' : ''
  const home = country ?? countryOf(compact)
  return groups.slice(1).some((_, index) => {
    const first = plus + groups.slice(0, index + 1).join('')
    const second = groups.slice(index + 1).join('')
    if (!isNumber(first, country)) return false
    if (slash === index + 1 && (second.length <= 4 || isNumber(second, home))) return true
    return beginsAnew(second, home) && isNumber(second, home)
  })
}

function isNumber(compact: string, country: string | undefined): boolean {
  const found = parse(compact, country)
  return typeof found !== 'string' && found.isValid()
}

function countryOf(compact: string): string | undefined {
  const found = parse(compact, undefined)
  return typeof found === 'string' ? undefined : found.country
}

/** As a number begins that is dialed within the country, or from abroad; where nothing stands before, any may. */
function beginsAnew(digits: string, country: string | undefined): boolean {
  if (country === undefined || !Object.hasOwn(metadata.countries, country)) return digits.startsWith('00')
  const plan = metadata.countries[country as keyof typeof metadata.countries] as unknown as readonly unknown[]
  const prefix = plan[5]
  return typeof prefix === 'string'
    ? digits.startsWith(prefix) || digits.startsWith('00')
    : digits.length >= 6
}

const problems: Partial<Record<string, string>> = {
  NOT_A_NUMBER: 'this is not a phone number',
  TOO_SHORT: 'the number is too short',
  TOO_LONG: 'the number is too long',
  INVALID_LENGTH: 'the number has the wrong length',
  INVALID_COUNTRY: 'no country has this calling code',
}

function explain(code: string, isWithoutCountry: boolean): PhoneNumber {
  if (code === 'INVALID_COUNTRY' && isWithoutCountry) {
    return {
      problem: 'the country is not known',
      hint: 'Begin with `+` and the country’s code, or name the region: `e164 number "DE"`.',
    }
  }
  return { problem: problems[code] ?? 'this is not a phone number' }
}
