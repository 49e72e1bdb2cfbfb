// One request to Graph, sent as often as it may be: sign in, send, and again after what may pass. When that is, is one
// rule for all senders. Reads, ends and operations are sent here; what rings is claimed first, in apply/, and asks
// the same rule.

import type { Answer } from '../model/call.js'
import { LostAnswerError, NotSentError, SignInError } from '../model/errors.js'
import { mayPass, meaningOf } from '../model/meaning.js'
import { backoffTime, type SendBounds, throttleTime } from './backoff.js'
import type { Gate } from './gate.js'
import type { Session } from './session.js'

/** What one request came to. */
export type Sent = Answer | NotSentError | LostAnswerError

/** When the same request may be sent again: never, after it provably did nothing, or whatever became of it. */
export type Repeat = 'never' | 'undone' | 'always'

/** Whether another try may come to something else, and may be made. */
export function mayRepeat(sent: Sent, repeat: Repeat): boolean {
  if (repeat === 'never') return false
  if (sent instanceof NotSentError) return sent.retryable
  if (sent instanceof LostAnswerError) return repeat === 'always'
  return repeat === 'always' ? mayPass(sent.status) : meaningOf(sent.status, sent.retryAfter) === 'throttled'
}

/**
 * Seconds for which Graph wants to be left alone by all senders; 0 where it throttles and does not say. What the answer
 * means for the request is another matter: not even a pause makes an unknown outcome known.
 */
export function pauseOf({ status, retryAfter }: Answer): number | undefined {
  if (!mayPass(status)) return undefined
  if (retryAfter !== undefined && Number.isFinite(retryAfter)) return retryAfter
  return status === 429 ? 0 : undefined
}

export const isAnswer = (sent: Sent): sent is Answer => !(sent instanceof Error)

/** What the requests of one command share. */
export interface Sender {
  readonly session: Session
  /** Closed while Graph throttles any of the requests. */
  readonly gate: Gate
  readonly bounds: SendBounds
  /** At least 0 and less than 1. */
  random(): number
  /** Why nothing more may be sent; undefined while it may. */
  stopped(): string | undefined
  /** Ends early when the command stops. Never rejects. */
  wait(milliseconds: number): Promise<void>
  /** A turn to send in, and how to give it back; all at once where absent. */
  takeTurn?(): Promise<() => void>
}

export interface Request {
  readonly repeat: Repeat
  /** Sends it once, with the session's token. Throws NotSentError or LostAnswerError. */
  send(): Promise<Answer>
  /** Is told of each pause before the next try; `isForAll` where Graph throttles. */
  waits?(milliseconds: number, after: Sent, isForAll: boolean): void
}

/** `last`: of the try before, where there was one. */
export type Ended = { readonly sent: Sent } | { readonly stopped: string | SignInError; readonly last?: Sent }

/** Sends a request that needs no claim. */
export async function send(sender: Sender, request: Request): Promise<Ended> {
  let last: Sent | undefined
  let isRenewed = false
  for (let tries = 1; ; tries += 1) {
    const tried = await trySend(sender, request)
    if ('stopped' in tried) return { ...tried, ...(last !== undefined && { last }) }
    last = tried.sent
    const isRefused = isAnswer(last) && meaningOf(last.status) === 'sign-in'
    if (isRefused && !isRenewed) {
      isRenewed = true
      sender.session.renew(tried.token)
      continue
    }
    const isOver = tries >= sender.bounds.tries || !mayRepeat(last, request.repeat)
    await pauseAfter(sender, request, { sent: last, tries, isOver })
    if (isOver) return { sent: last }
  }
}

type Tried = { readonly sent: Sent; readonly token: number } | { readonly stopped: string | SignInError }

async function trySend(sender: Sender, request: Request): Promise<Tried> {
  const leave = await sender.takeTurn?.()
  try {
    await sender.gate.pass()
    const token = sender.stopped() === undefined ? await sender.session.signIn() : 0
    const stopped = sender.stopped()
    if (stopped !== undefined) return { stopped }
    return { sent: await request.send().catch(orThrow), token }
  } catch (error) {
    if (error instanceof SignInError) return { stopped: error }
    throw error
  } finally {
    leave?.()
  }
}

function orThrow(error: unknown): Sent {
  if (error instanceof NotSentError || error instanceof LostAnswerError) return error
  throw error
}

interface Try {
  readonly sent: Sent
  readonly tries: number
  readonly isOver: boolean
}

/** A throttle holds for the other senders even where nothing is left to try. */
async function pauseAfter(sender: Sender, { waits }: Request, { sent, tries, isOver }: Try): Promise<void> {
  const { bounds, gate } = sender
  const backoff = backoffTime(tries - 1, sender.random(), bounds)
  const asked = isAnswer(sent) ? pauseOf(sent) : undefined
  if (asked !== undefined) {
    const time = throttleTime(asked || backoff / 1000, bounds)
    gate.close(time)
    waits?.(time, sent, true)
  } else if (!isOver && sender.stopped() === undefined) {
    waits?.(backoff, sent, false)
    await sender.wait(backoff)
  }
}
