import type { Finding, LintRule, PhoneTarget, Subject } from './lint-rule.js'

export const numberRules: readonly LintRule[] = [
  { code: 'lint/emergency-number', find: findEmergency },
  { code: 'lint/premium-number', find: findPremium },
  { code: 'lint/phone-format', find: findFormat },
]

const findingsFor = (
  { numbers }: Subject,
  isMeant: (target: PhoneTarget) => boolean,
  describe: Omit<Finding, 'pointer'>,
): readonly Finding[] =>
  numbers
    // An empty one is nobody, which is an error of its own.
    .filter((target) => target.number?.trim() && isMeant(target))
    .map(({ pointer }) => ({ pointer, ...describe }))

function findEmergency(subject: Subject): readonly Finding[] {
  const hint = 'For a test, ring a number of your own.'
  return [
    ...findingsFor(subject, ({ kind }) => kind === 'emergency', {
      message: 'This is an emergency number: a program must not ring it.',
      hint,
    }),
    ...findingsFor(subject, ({ kind }) => kind === 'short', {
      message: 'This is a short number, as emergency and other services have: a program must not ring it.',
      hint,
    }),
  ]
}

function findPremium(subject: Subject): readonly Finding[] {
  return findingsFor(subject, ({ kind }) => kind === 'premium', {
    message: 'This is a premium-rate number: ringing it costs extra.',
    hint: 'If it is meant, set `lint/premium-number` to `off` under `lints` in callctl.yaml.',
  })
}

/** A phone target's id is an E.164 number (docs/graph-facts.md#phone-calls). */
const isE164 = ({ number = '' }: PhoneTarget): boolean => /^\+[1-9]\d{6,14}$/.test(number)

function findFormat(subject: Subject): readonly Finding[] {
  const isShort = ({ kind }: PhoneTarget): boolean => kind === 'emergency' || kind === 'short'
  return [
    ...findingsFor(subject, (target) => !isE164(target) && !isShort(target), {
      message: 'This phone number is not in E.164 form: `+`, the country’s code, and digits alone.',
      hint: 'Write it as `+14255550100`, or use the helper `e164`.',
    }),
    ...findingsFor(subject, (target) => isE164(target) && target.kind === 'unknown', {
      message: 'No numbering plan has this number.',
      hint: 'Are all its digits there? `+`, the country’s code, the rest.',
    }),
  ]
}
