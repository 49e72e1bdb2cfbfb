// This file alone imports libphonenumber-js. It is loaded by `require` where a number is first read, so that a start
// without one does not pay for its metadata.

import { ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/min/metadata'

export type PhoneNumber = { readonly number: string } | { readonly problem: string; readonly hint?: string }

/** A number as people write it to its E.164 form. `region` is an ISO 3166 code; it is needed without a leading `+`. */
export function readPhoneNumber(text: string, region: string | undefined): PhoneNumber {
  const country = region?.toUpperCase()
  if (country !== undefined && !Object.hasOwn(metadata.countries, country)) {
    return { problem: 'there is no such region', hint: 'It is a code of two letters, such as `DE`.' }
  }
  try {
    const options = { extract: false, ...(country !== undefined && { defaultCountry: country }) }
    const found = parsePhoneNumberWithError(text, options as never, metadata)
    if (found.ext !== undefined) return { problem: 'an E.164 number has no extension', hint: dialHint }
    return found.isValid()
      ? { number: found.number }
      : { problem: 'there is no such number', hint: plainHint }
  } catch (error) {
    if (error instanceof ParseError)
      return explain(error.message, country === undefined && !text.trim().startsWith('+'))
    throw error
  }
}

const dialHint = 'Leave the extension out; a bot can send its digits as tones once the call is established.'
const plainHint = 'If it does exist, write it in E.164 form without `e164`.'

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
