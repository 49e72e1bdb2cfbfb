import type { EarlierAttempt, Entry, EntryState, ForgottenAttempt } from './lockfile.js'

// What the commands leave behind with each state. A lockfile is edited as easily as any file: what frees an address is
// believed with this alone.

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** ISO 8601, UTC, as callctl writes it. */
export const isTime = (value: unknown): value is string =>
  typeof value === 'string' && timeForm.test(value) && !Number.isNaN(Date.parse(value))

/** Why an attempt failed that a person says was never placed. */
export const notPlaced = 'not placed, as a person says'

const refusedForm = /^refused \d{3}(?: (?:\d{1,6}|[A-Za-z][A-Za-z0-9_.]{0,63}))?$/

/** Clocks of two machines may differ; more than this they do not by accident. */
const mostSkew = 60 * 60_000

const isLater = (early: unknown, late: unknown): boolean =>
  !isTime(early) || !isTime(late) || Date.parse(late) >= Date.parse(early) - mostSkew

/** All attempts of an entry, the entry's own last. */
export const attemptsOf = ({ attempts = [], ...newest }: Entry): readonly EarlierAttempt[] => [
  ...attempts,
  newest as EarlierAttempt,
]

export const hasPersonsWord = ({ evidence, witness }: EarlierAttempt): boolean =>
  evidence === 'person' && witness !== undefined

/** What is missing, or too much, for an attempt of this state; undefined when it is as the commands write it. */
export const findEvidenceFault = (attempt: EarlierAttempt): string | undefined =>
  evidenceRules[attempt.state](attempt)

const evidenceRules: Readonly<Record<EntryState, (attempt: EarlierAttempt) => string | undefined>> = {
  failed(attempt) {
    const { callId, placedAt, endedAt, evidence } = attempt
    const reason = attempt['reason']
    if (callId !== undefined) return 'it failed, and has a call id'
    if (placedAt !== undefined || endedAt !== undefined) return 'it failed, and has a time of a call'
    if (hasPersonsWord(attempt) && reason === notPlaced) return undefined
    if (evidence !== undefined) return 'it failed, with the evidence of a call'
    return typeof reason === 'string' && refusedForm.test(reason)
      ? undefined
      : 'it failed, and nothing says why'
  },
  uncertain({ endedAt, evidence, reason }) {
    if (endedAt !== undefined || evidence !== undefined)
      return 'its outcome is unknown, and told all the same'
    return typeof reason === 'string' ? undefined : 'its outcome is unknown, and nothing says why'
  },
  placed(attempt) {
    if (attempt.endedAt !== undefined) return 'it is placed, and has a time of its end'
    return findPlacingFault(attempt)
  },
  ended(attempt) {
    const { placedAt, endedAt } = attempt
    if (!isTime(endedAt)) return 'it ended, and nothing says when'
    if (!isLater(placedAt, endedAt)) return 'it ended before it was placed'
    return findPlacingFault(attempt)
  },
}

function findPlacingFault(attempt: EarlierAttempt): string | undefined {
  const { callId, placedAt, evidence } = attempt
  if (callId === undefined) return 'it was placed, and has no call id'
  if (hasPersonsWord(attempt)) return undefined
  const isSeen = (evidence === 'http-201' || evidence === 'webhook') && isTime(placedAt)
  return isSeen ? undefined : 'it was placed, and nothing says how that is known'
}

/** Only what ended or failed can be forgotten, with when. */
export function findForgettingFault(attempt: ForgottenAttempt): string | undefined {
  const { state, placedAt, endedAt, forgottenAt } = attempt
  if (state === 'placed') return 'it is forgotten, and may be live'
  if (state === 'uncertain') return 'it is forgotten, and may have rung'
  if (!isTime(forgottenAt)) return 'it is forgotten, and nothing says when'
  if (!isLater(endedAt ?? placedAt, forgottenAt)) return 'it was forgotten before it ended'
  return findFreeingFault(attempt)
}

/** What a state that frees an address, or may be forgotten, lacks. */
export function findFreeingFault(attempt: EarlierAttempt): string | undefined {
  if (attempt.state === 'failed') return evidenceRules.failed(attempt)
  if (attempt.state !== 'ended') return undefined
  if (!isTime(attempt.endedAt)) return 'it ended, and nothing says when'
  return isLater(attempt.placedAt, attempt.endedAt) ? undefined : 'it ended before it was placed'
}
