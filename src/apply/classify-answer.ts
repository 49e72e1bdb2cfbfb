import type { Answer } from '../model/call.js'
import { LostAnswerError, NotSentError } from '../model/errors.js'
import { meaningOf } from '../model/meaning.js'
import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'
import { pauseOf } from '../send/send.js'

/** What an attempt came to, and whether another attempt may follow once that is recorded. */
export interface Verdict<Each extends Outcome | RingOutcome = Outcome> {
  readonly outcome: Each
  readonly next: Next
  /** Of the error, where Graph answered with one. */
  readonly code?: string
  /** Seconds for which Graph wants to be left alone by all senders; 0 where it throttles and does not say. */
  readonly pause?: number
}

export type Next =
  | { readonly kind: 'done' }
  | { readonly kind: 'renew-token' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'retry' }

const done: Next = { kind: 'done' }
/** A part of an id would be none: a longer one is left out. */
const longestChain = 256
/** Enough of an answer without a readable id for a person to find the call by. */
const rawLimit = 2000

/**
 * The table of docs/reliability.md#how-a-call-is-placed. Whatever it does not name is unknown: nothing rings twice
 * over a guess.
 */
export function classifyAnswer(answer: Answer, at: string): Verdict {
  const { error } = answer
  const pause = pauseOf(answer)
  return {
    ...judge(answer, at),
    ...(error && { code: error.code }),
    ...(pause !== undefined && { pause }),
  }
}

function judge(answer: Answer, at: string): Verdict {
  const { status, callId, retryAfter } = answer
  const meaning = meaningOf(status, retryAfter)
  if (meaning === 'done') {
    return {
      outcome: callId ? placed(answer, callId, at) : uncertain(answer, 'without a call id', at),
      next: done,
    }
  }
  // An answer that refuses a call and yet names one contradicts itself.
  const [named] = callId ? [callId] : (answer.named ?? [])
  if (named !== undefined) {
    return { outcome: uncertain(answer, `that names the call ${named}`, at), next: done }
  }
  if (answer.namesUnreadable) {
    return { outcome: uncertain(answer, 'that names a call, by an id that cannot be read', at), next: done }
  }
  // What it would have said after its status may have been anything.
  if (answer.isCut) return { outcome: uncertain(answer, 'whose body was cut', at), next: done }
  if (meaning === 'refused') return { outcome: refused(answer, at), next: done }
  if (meaning === 'sign-in') return { outcome: refused(answer, at), next: { kind: 'renew-token' } }
  if (meaning === 'throttled') {
    return { outcome: refused(answer, at), next: { kind: 'throttled' } }
  }
  return { outcome: uncertain(answer, describeError(answer), at), next: done }
}

/** An outcome that no answer decides. */
export type Failure = Extract<Outcome, { readonly kind: 'not-sent' | 'uncertain' }>

/** What a failure to get an answer means; undefined for what only a bug throws. */
export function classifyFailure(error: unknown, at: string): Verdict<Failure> | undefined {
  if (error instanceof NotSentError) {
    const outcome: Failure = { kind: 'not-sent', reason: error.message, at }
    return { outcome, next: error.retryable ? { kind: 'retry' } : done }
  }
  if (error instanceof LostAnswerError) {
    const { message: reason, named, raw } = error
    const evidence = { ...(raw !== undefined && { raw }), ...(named.length > 0 && { named }) }
    return { outcome: { kind: 'uncertain', reason, ...evidence, at }, next: done }
  }
  return undefined
}

function placed(answer: Answer, callId: string, at: string): Outcome {
  const chain = answer.call?.['callChainId']
  return {
    kind: 'placed',
    callId,
    ...(typeof chain === 'string' && chain.length <= longestChain ? { callChainId: chain } : {}),
    ...requestIdOf(answer),
    evidence: 'http-201',
    ...(answer.named === undefined ? {} : { named: answer.named }),
    at,
  }
}

const refused = (answer: Answer, at: string): Outcome => ({
  kind: 'refused',
  status: answer.status,
  code: answer.error?.code ?? `http-${answer.status}`,
  message: answer.error?.message ?? 'no message',
  ...requestIdOf(answer),
  at,
})

function uncertain(answer: Answer, what: string, at: string): Outcome {
  const raw = answer.raw ?? (answer.call && JSON.stringify(answer.call).slice(0, rawLimit))
  const named = [...(answer.callId ? [answer.callId] : []), ...(answer.named ?? [])]
  return {
    kind: 'uncertain',
    reason: `answer ${answer.status} ${what}`.trimEnd(),
    status: answer.status,
    ...requestIdOf(answer),
    ...(raw === undefined ? {} : { raw }),
    ...(named.length === 0 ? {} : { named }),
    at,
  }
}

const describeError = ({ error }: Answer): string => (error ? `(${error.code}: ${error.message})` : '')

const requestIdOf = ({ requestId }: Answer): { readonly requestId?: string } =>
  requestId === undefined ? {} : { requestId }
