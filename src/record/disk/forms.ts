import { isJsonObject } from '../../model/json.js'
import type { Evidence } from '../../model/record/attempt.js'
import { isTime } from '../../model/record/attempt-evidence.js'

// The forms that ids, addresses and texts of the record may have. What has another form is refused on reading and never
// written.

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

/** Nobody writes one address in more ways: what compares each with each is left to a person then. */
export const mostSpellings = 16

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

const digestForm = /^(?:[0-9a-f]{64})?$/
const endpointForm =
  /^(?:\/(?:v1\.0|beta)\/(?:communications|app|applications\/[A-Za-z0-9._~!*'()%-]{1,384})\/calls)?$/
const cloudForm = /^[a-z][a-z0-9-]{0,31}$/
const tenantForm = /^[A-Za-z0-9(][A-Za-z0-9 ._():-]{0,255}$/

/** No character of a text may command a terminal or a log, break its line or turn its direction. */
const plainForm = /^(?![\s\S]*[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/u

/** SHA-256 (hex); blank for an attempt whose claim could not be read. */
export const isDigest = (value: unknown): boolean => typeof value === 'string' && digestForm.test(value)

/** A collection's route; blank for an attempt whose claim could not be read. */
export const isEndpoint = (value: unknown): boolean => typeof value === 'string' && endpointForm.test(value)

/** The id of an attempt; blank where its claim could not be read. */
export const isAttemptId = (value: unknown): boolean => value === '' || isUuid(value)

/** One that a newer version knows is told by its form. */
export const isCloud = (value: unknown): boolean => typeof value === 'string' && cloudForm.test(value)

/** A UUID, a domain, or what stands for a secret. */
export const isTenant = (value: unknown): value is string =>
  typeof value === 'string' && tenantForm.test(value)

const longestPlain = 4096

/** Text that people or Graph wrote, for one line. */
export const isPlainText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestPlain && plainForm.test(value)

/** A witness as a lockfile has it. A reason may have lines: people gave such before that was refused. */
export const isWitness = (value: unknown): boolean =>
  isJsonObject(value) &&
  isTime(value['at']) &&
  (value['by'] === undefined || isPlainText(value['by'])) &&
  (value['reason'] === undefined || isReason(value['reason']))

export const isReason = (value: unknown): value is string =>
  typeof value === 'string' && isPlainText(value.replace(/[\t\n\r]/g, ' '))

export const isNameList = (value: unknown): boolean => Array.isArray(value) && value.every(isAddress)
