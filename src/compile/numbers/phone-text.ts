// Phone numbers as people, address books and RFC 3966 write them, brought to digits. Nothing here knows which numbers
// there are: phone.ts asks that of the library, which gets no other text than this makes.

export interface PhoneText {
  /** Digits alone, with `+` before them where the country's code stands in front. */
  readonly compact: string
  /** The same by groups, as white space and slashes part them. */
  readonly groups: readonly string[]
  /** The place of a slash among them: how many groups stand before it. */
  readonly slash: number | undefined
}

export interface PhoneProblem {
  readonly problem: string
  readonly hint?: string
}

/** Reads what is written, or says why it is no one number. */
export function readPhoneText(text: string): PhoneText | PhoneProblem {
  const found = readVisible(visibleOf(text))
  if (!('problem' in found)) return found
  const unseen = describeUnseen(text)
  return unseen === undefined ? found : { ...found, hint: [found.hint, unseen].filter(Boolean).join(' ') }
}

export const severalNumbers: PhoneProblem = {
  problem: 'more than one number stands here',
  hint: 'A call rings one: give each a column or row of its own, or take one, such as `trim (first (split p.phone ";"))`.',
}
const noNumber: PhoneProblem = { problem: 'this is not a phone number' }
const besideWord: PhoneProblem = {
  ...noNumber,
  hint: 'A word stands beside the number: leave the number alone in its cell.',
}
const extension: PhoneProblem = {
  problem: 'an E.164 number has no extension',
  hint: 'Leave the extension out; a bot can send its digits as tones once the call is established.',
}

/** Marks of writing direction and characters of no width, which copying from address books leaves. */
const unseenForm = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2069\ufeff]|\ufe0f/g
const turned = '\u202e'
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u30fc]/g
/** Other digits than ours start where a zero stands. */
const zeros = [0x660, 0x6f0, 0x966, 0xff10]

/** With one spelling for each digit, dash, plus and space. */
function visibleOf(text: string): string {
  return text
    .replace(unseenForm, '')
    .replace(/[\uff0b\ufe62]/g, '+')
    .replace(/[\uff08\u207d]/g, '(')
    .replace(/[\uff09\u207e]/g, ')')
    .replace(/[\uff0e\u2024\u00b7]/g, '.')
    .replace(/[\uff0f\u2044\u2215]/g, '/')
    .replace(/\uff1b/g, ';')
    .replace(/\uff0c/g, ',')
    .replace(dashes, '-')
    .replace(/[^\S\r\n\t]|\u2800/g, ' ')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, plainDigit)
    .trim()
}

function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  return String(code - zeros.findLast((zero) => zero <= code)!)
}

/** How what is not seen in a text is called. */
function describeUnseen(text: string): string | undefined {
  const found = new Set(text.match(/[^\P{C}\r\n\t]|[^\S \r\n\t]|[\u2800\u180e]|\ufe0f/gu))
  if (found.size === 0) return undefined
  const names = [...found].map(
    (each) => `U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
  )
  return `Not seen in it: ${names.join(', ')}.`
}

function readVisible(text: string): PhoneText | PhoneProblem {
  if (text.includes(turned))
    return { problem: 'its digits are shown in the other direction (U+202E)', hint: 'Type the number anew.' }
  const scheme = /^(?:tel|callto):\s*(?:\/\/)?/i.exec(text)
  if (scheme === null) return readParameters(unwrapped(text))
  try {
    return readParameters(decodeURIComponent(text.slice(scheme[0].length)))
  } catch {
    return noNumber
  }
}

/** Spreadsheets keep a text from being a number by a quote before it, or by a formula around it. */
const unwrapped = (text: string): string => text.replace(/^="(.*)"$/, '$1').replace(/^'/, '')

/** Behind semicolons stand the parameters of RFC 3966. */
function readParameters(text: string): PhoneText | PhoneProblem {
  const [number = '', ...parameters] = text.split(';').map((part) => part.trim())
  let context = ''
  for (const parameter of parameters) {
    const [, name = '', value = ''] = /^([a-z][\w-]*)(?:=(.*))?$/i.exec(parameter) ?? []
    const key = name.toLowerCase()
    if (key === '') return /\d/.test(parameter) ? severalNumbers : noNumber
    if (['ext', 'isub', 'postd', 'extension'].includes(key)) return extension
    if (key !== 'phone-context' || context !== '' || number.includes('+')) return parameterProblem
    if (!/^\+[\d().-]*\d[\d().-]*$/.test(value)) return contextProblem
    context = value
  }
  return readNumber(`${context}${context === '' ? '' : ' '}${number}`)
}

const parameterProblem: PhoneProblem = {
  problem: 'something stands behind the number',
  hint: 'Of RFC 3966, `;phone-context=+…` alone can stand behind a number, where that begins with no `+`.',
}
const contextProblem: PhoneProblem = {
  problem: 'the number means something only within its `phone-context`',
  hint: 'Write it with the country’s code.',
}

const separator = /[,|&\r\n\t\\]|:{2,}/
const oneNumber = /^\(?\+?[\d ().\-/]*\d[).\s]*$/

function readNumber(text: string): PhoneText | PhoneProblem {
  if (roundedForm.test(text)) return roundedProblem
  const parts = text.split(separator).filter((part) => /\d/.test(part))
  if (parts.length > 1) return severalNumbers
  if (extensionForm.test(text) || lateBracket.test(text)) return extension
  if (anotherNumber.test(text)) return severalNumbers
  if (!oneNumber.test(text)) return wordedForm.test(text) ? besideWord : noNumber
  return groupsOf(text)
}

/** `ext. 12`, `x12`, `#12`, and what other languages call it. */
const extensionForm =
  /\d[\s,.]*(?:e?xt(?:e?n(?:si[oó]n)?)?|x|#|~|int(?:erno)?|anexo|ramal|poste|durchwahl|dw|nst|app(?:arat)?|доб)[\s.:=]*\d{1,7}\)?$/iu

/** `030 123456 (57)`: in front, what stands in brackets belongs to the number. */
const lateBracket = /(?:\d[ .\-/]*){7,}\([^)]*\d/

/** `0171 1234520 (mobile)`. */
const wordedForm = /\p{L}.*(?:\d.*){5}|(?:\d.*){5}\p{L}/u

/** Words such as `or` between digits, or a second `+`. */
const anotherNumber = /\d\s*(?:\p{L}{2,}|\+)[\s.:]*\(?(?:\+\d|\d{2})|\d[^\d+]*\+[\s(]*\d/u

/** `4.93012E+11`, `14255550100.0`. */
const roundedForm = /^\+?\d(?:[.,]?\d*e\+?\d+|\d*\.0+)$/i
const roundedProblem: PhoneProblem = {
  problem: 'a spreadsheet has made another number of this one',
  hint: 'Export the column as text.',
}

function groupsOf(text: string): PhoneText | PhoneProblem {
  const [before = '', after, ...more] = text.split('/')
  if (more.length > 0) return severalNumbers
  const first = digitGroups(before)
  const second = digitGroups(after ?? '')
  const compact = `${/^\(?\+/.test(text) ? '+' : ''}${[...first, ...second].join('')}`
  return {
    compact,
    groups: [...first, ...second],
    slash: after === undefined ? undefined : first.length,
  }
}

/** As white space and dashes part them; what dots and parentheses part belongs together. */
const digitGroups = (text: string): readonly string[] =>
  text
    .split(/[\s-]+/)
    .map((group) => group.replace(/\D/g, ''))
    .filter((group) => group !== '')
