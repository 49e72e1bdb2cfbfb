import type { Evidence } from '../model/attempt.js'
import { isJsonObject } from '../model/json.js'

// The forms that ids and addresses may have. What has another form is refused on reading and never written.

const uuidForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const callIdForm = /^(?!\.+$)[A-Za-z0-9_.~=+:-]{1,256}$/
const addressForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:@[^\p{Cc}\p{Cs}\u2028\u2029]+)?$/u
const longestAddress = 512

export const isUuid = (value: unknown): boolean => typeof value === 'string' && uuidForm.test(value)

export const isCallId = (value: unknown): value is string =>
  typeof value === 'string' && callIdForm.test(value)

/** A call's name, or `name@VALUE`. Leaves out `__proto__` and whatever else is no address. */
export const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= longestAddress && addressForm.test(value)

const evidences: ReadonlySet<unknown> = new Set<Evidence>(['http-201', 'webhook', 'person'])

export const isEvidence = (value: unknown): value is Evidence => evidences.has(value)

export const isText = (value: unknown): value is string => typeof value === 'string'

export const isOptionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string'

export const isOptionalWitness = (value: unknown): boolean =>
  value === undefined ||
  (isJsonObject(value) &&
    isText(value['at']) &&
    isOptionalText(value['by']) &&
    isOptionalText(value['reason']))
