import type { GraphTarget } from '../../model/call.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import type { NumberKind } from '../numbers/phone.js'
import { hasPlaceholder } from '../yaml/placeholders.js'

/** One thing to look for. Its messages hold no values of the call: they may be secret, and the frame shows them. */
export interface LintRule {
  readonly code: DiagnosticCode & (`lint/${string}` | 'payload/empty-callee')
  /** Whether it came after 2018, so that calls of the collections `app` and `application` are exempt. */
  readonly isLater?: true
  readonly find: (subject: Subject) => readonly Finding[]
}

export interface Finding {
  /** JSON Pointer; empty for what the whole call lacks. */
  readonly pointer: string
  readonly message: string
  readonly hint?: string
  /** Whether the property's name, not its value, is meant. */
  readonly isAboutName?: true
}

/** A call to lint, with what several rules ask for. */
export interface Subject {
  readonly call: JsonObject
  readonly target: GraphTarget
  readonly targets: readonly JsonValue[]
  readonly numbers: readonly PhoneTarget[]
  readonly meetingInfo: JsonObject | undefined
  readonly chatInfo: JsonObject | undefined
  /** False when it is known that no property stands there that the service sets. */
  readonly mayHoldReadOnly: boolean
}

export interface PhoneTarget {
  /** Undefined where it is no text, or a value that is not known here. */
  readonly number: string | undefined
  /** What it is; undefined for what is no number. */
  readonly kind: NumberKind | undefined
  /** Of the number. */
  readonly pointer: string
}

export function createSubject(call: JsonObject, target: GraphTarget, mayHoldReadOnly = true): Subject {
  const targets = Array.isArray(call['targets']) ? (call['targets'] as readonly JsonValue[]) : []
  return {
    call,
    target,
    targets,
    numbers: numbersOf(targets),
    meetingInfo: objectAt(call, 'meetingInfo'),
    chatInfo: objectAt(call, 'chatInfo'),
    mayHoldReadOnly,
  }
}

function numbersOf(targets: readonly JsonValue[]): readonly PhoneTarget[] {
  const numbers: PhoneTarget[] = []
  for (const [index, each] of targets.entries()) {
    const phone = objectAt(each, 'identity', 'phone')
    if (phone === undefined) continue
    const number = knownText(phone['id'])
    const kind = number === undefined ? undefined : loadPhone().kindOfNumber(number)
    numbers.push({ number, kind, pointer: `/targets/${index}/identity/phone/id` })
  }
  return numbers
}

/** What numbers there are is loaded with the first one that is looked at. */
const loadPhone = () => require('../numbers/phone.js') as typeof import('../numbers/phone.js')

export function objectAt(value: JsonValue | undefined, ...names: readonly string[]): JsonObject | undefined {
  let found = value
  for (const name of names)
    found = isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  return isJsonObject(found) ? found : undefined
}

/** Text that is what Graph will get: not a placeholder for a secret or for another call's id. */
export const knownText = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && !hasPlaceholder(value) ? value : undefined

/** Whether something stands there, be it not known here. */
export const isGiven = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && value !== ''

/** Whether anything is left when characters that are not seen are taken away. */
export const isVisible = (text: string): boolean => /[^\s\p{C}\u2800\u3164\ufeff]/u.test(text)

/** `@odata.type` without `#` and namespace. */
export function tagOf(value: JsonObject | undefined): string {
  const tag = value?.['@odata.type']
  return typeof tag === 'string' ? tag.replace(/^#?(?:microsoft\.graph\.)?/, '') : ''
}
