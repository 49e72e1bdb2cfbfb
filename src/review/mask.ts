import { isJsonObject, type JsonValue } from '../model/json.js'
import { maskName, maskNumber } from '../model/mask.js'
import type { Callee } from '../model/payload.js'
import type {
  Cause,
  GuardChange,
  PropertyChange,
  Review,
  ReviewedCall,
  ReviewedDiagnostic,
  ReviewedPayload,
  Ring,
} from '../model/review.js'
import { keyOfLine } from './find-cause.js'
import type { Personal } from './personal.js'
import { createReplace } from './replace-texts.js'

/**
 * The review without names and numbers of people, wherever they stand: in payloads as the schema marks them, and the
 * same texts in subjects, reasons and messages. Addresses and paths of files stay, as do ids.
 */
export function maskReview(
  review: Review,
  personal: Personal,
  spend: (steps: number) => void = () => {},
): Review {
  const mask = createMask(personal, spend)
  return {
    ...review,
    isMasked: true,
    calls: review.calls.map(mask.call),
    causes: review.causes.map((each) => ({ ...each, cause: mask.cause(each.cause) })),
    record: review.record.map((each) => ({ ...each, message: mask.text(each.message) })),
    guards: review.guards.map(mask.guard),
    diagnostics: review.diagnostics.map(mask.diagnostic),
    ...(review.rings !== undefined && { rings: review.rings.map(mask.ring) }),
    ...(review.planProblem !== undefined && { planProblem: mask.text(review.planProblem) }),
    ...(review.blocks !== undefined && {
      blocks: review.blocks.map((block) => ({ ...block, reason: mask.text(block.reason) })),
    }),
  }
}

type Mask = ReturnType<typeof createMask>

function createMask(personal: Personal, spend: (steps: number) => void) {
  const text = createReplace(personal.replacements, spend)
  const value = (each: JsonValue): JsonValue => maskValue(each, text)
  const callee = <Each extends Callee>(each: Each): Each => ({
    ...each,
    id: text(each.id),
    ...(each.name !== undefined && { name: text(each.name) }),
  })
  // One line is one object in however many calls, and stays so.
  const causes = new Map<Cause, Cause>()
  const cause = (each: Cause): Cause => {
    const known = causes.get(each) ?? maskCause(each, personal, text)
    causes.set(each, known)
    return known
  }
  const change = (each: PropertyChange): PropertyChange => ({
    ...each,
    ...(each.before !== undefined && { before: value(each.before) }),
    ...(each.after !== undefined && { after: value(each.after) }),
    ...(each.cause !== undefined && { cause: cause(each.cause) }),
  })
  const guard = (each: GuardChange): GuardChange => ({
    ...each,
    ...(each.before !== undefined && { before: value(each.before) }),
    ...(each.after !== undefined && { after: value(each.after) }),
  })
  const ring = (each: Ring): Ring => ({
    ...each,
    reason: text(each.reason),
    people: each.people.map(callee),
    numbers: each.numbers.map(callee),
  })
  const mask = { text, value, callee, cause, change, guard, ring }
  return {
    ...mask,
    call: (each: ReviewedCall): ReviewedCall => maskCall(each, mask),
    diagnostic: (each: ReviewedDiagnostic): ReviewedDiagnostic => maskDiagnostic(each, text, spend),
  }
}

/** What holds nothing to mask stays the same object: calls have much in common. */
function maskValue(value: JsonValue, text: (text: string) => string): JsonValue {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) {
    const items = value.map((each) => maskValue(each as JsonValue, text))
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isJsonObject(value)) return value
  const properties = Object.entries(value).map(([name, each]) => [name, maskValue(each, text)] as const)
  return properties.every(([name, each]) => each === value[name]) ? value : Object.fromEntries(properties)
}

function maskCause(
  { text: line, ...cause }: Cause,
  { lines, dataFiles }: Personal,
  text: (text: string) => string,
): Cause {
  const isPersonal =
    line === undefined ||
    dataFiles.has(cause.place.file) ||
    lines.has(keyOfLine(cause.revision, cause.place)) ||
    text(line) !== line
  return isPersonal ? cause : { ...cause, text: line }
}

type CallMask = Pick<Mask, 'text' | 'value' | 'callee' | 'change'>

function maskCall(call: ReviewedCall, mask: CallMask): ReviewedCall {
  const payload = (each: ReviewedPayload): ReviewedPayload => {
    const { people, numbers } = each.touches
    return {
      ...each,
      ...(each.description !== undefined && { description: mask.text(each.description) }),
      call: mask.value(each.call) as ReviewedPayload['call'],
      touches: { ...each.touches, people: people.map(mask.callee), numbers: numbers.map(mask.callee) },
    }
  }
  return {
    ...call,
    ...(call.before !== undefined && { before: payload(call.before) }),
    ...(call.after !== undefined && { after: payload(call.after) }),
    changes: call.changes.map(mask.change),
    ...(call.reason !== undefined && { reason: mask.text(call.reason) }),
  }
}

function maskDiagnostic(
  { diagnostic, ...rest }: ReviewedDiagnostic,
  text: (text: string) => string,
  spend: (steps: number) => void,
): ReviewedDiagnostic {
  const { message, hint, related, quoted = [] } = diagnostic
  const hide = (words: string): string => {
    spend(words.length * quoted.length)
    return text(quoted.reduce((shown, each) => shown.replaceAll(each, () => maskQuoted(each)), words))
  }
  return {
    ...rest,
    diagnostic: {
      ...diagnostic,
      message: hide(message),
      ...(hint !== undefined && { hint: hide(hint) }),
      ...(quoted.length > 0 && { quoted: quoted.map((each) => text(maskQuoted(each))) }),
      ...(related !== undefined && {
        related: related.map((each) => ({ ...each, message: text(each.message) })),
      }),
    },
  }
}

/** A complaint may quote what no schema marks, for no payload came of it: a cell, a header. Names of keys stay. */
function maskQuoted(text: string): string {
  if (/^\+?[\d ().-]{7,}$/.test(text) && /\d{3}/.test(text)) return maskNumber(text)
  return /^[\w.@/#$%?&=<>*!~^-]*$/.test(text) ? text : maskName(text)
}
