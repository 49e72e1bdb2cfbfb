import type { Finding, LintRule, PhoneTarget, Subject } from './lint-rule.js'

export const numberRules: readonly LintRule[] = [
  { code: 'lint/emergency-number', find: findEmergency },
  { code: 'lint/premium-number', find: findPremium },
  { code: 'lint/phone-format', find: findFormat },
]

const findingsFor = (
  { numbers }: Subject,
  isMeant: (number: string) => boolean,
  describe: Omit<Finding, 'pointer'>,
): readonly Finding[] =>
  numbers
    .filter((each: PhoneTarget) => each.number !== undefined && isMeant(each.number))
    .map(({ pointer }) => ({ pointer, ...describe }))

/** Of police, fire and ambulance: 112 of GSM everywhere, 911 and 999 in many countries, and national ones. */
const emergencyNumbers =
  '000 100 101 102 103 104 108 110 111 112 113 115 117 118 119 120 122 123 133 144 190 191 192 193 194 195 197 198 ' +
  '199 911 991 993 995 997 998 999'

/** Also after a country's code, where nobody else has them either: no number is so short. */
const emergencyForm = new RegExp(`^(?:00|011)?\\d{0,3}(?:${emergencyNumbers.replaceAll(' ', '|')})$`)

/** France's: too short for that. */
const emergencyAlone = /^(?:15|17|18)$/

export function isEmergencyNumber(number: string): boolean {
  const digits = digitsOf(number)
  return emergencyForm.test(digits) || emergencyAlone.test(digits)
}

function findEmergency(subject: Subject): readonly Finding[] {
  return findingsFor(subject, isEmergencyNumber, {
    message: 'This is an emergency number: a program must not ring it.',
    hint: 'For a test, ring a number of your own.',
  })
}

/** Prefixes of ITU (979) and of national numbering plans under which the called side is paid, and nothing else. */
const premiumPrefixes =
  '979 1900 3190[069] 3290 3389 3480[367] 358[67]00 3989 4190[016] 439[03][01] 449 4590 46900 46939 46944 4782[09] ' +
  '4870 49900 61190'
const premiumForm = new RegExp(`^(?:${premiumPrefixes.replaceAll(' ', '|')})`)

export const isPremiumNumber = (number: string): boolean =>
  number.trim().startsWith('+') && premiumForm.test(digitsOf(number))

function findPremium(subject: Subject): readonly Finding[] {
  return findingsFor(subject, isPremiumNumber, {
    message: 'This is a premium-rate number: ringing it costs extra.',
    hint: 'If it is meant, set `lint/premium-number` to `off` under `lints` in callctl.yaml.',
  })
}

/** A phone target's id is an E.164 number (docs/graph-facts.md#phone-calls). */
const e164Form = /^\+[1-9]\d{6,14}$/

function findFormat(subject: Subject): readonly Finding[] {
  return findingsFor(subject, (number) => !e164Form.test(number) && !isEmergencyNumber(number), {
    message: 'This phone number is not in E.164 form: `+`, the country’s code, and digits alone.',
    hint: 'Write it as `+14255550100`, or use the helper `e164`.',
  })
}

const digitsOf = (number: string): string => number.replace(/^tel:/i, '').replace(/[^\d]/g, '')
