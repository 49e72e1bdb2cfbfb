import type { NotSentError } from '../model/errors.js'
import type { PlannedPayload } from '../model/payload.js'
import type { Outcome } from '../model/record/attempt.js'
import type { CallResult, Ticket } from '../model/run.js'
import { attemptCall, closeQuietly, getReady, isFresh, type Ready, type Tried } from './attempt-call.js'
import { createPatience, type Patience } from './backoff.js'
import type { Next } from './classify-answer.js'
import { resultOf, resultWithoutAttempt } from './describe-result.js'
import type { Run } from './run.js'
import { createTicket } from './ticket.js'

/** One call's tries so far. */
interface Progress extends Placement {
  readonly patience: Patience
  /** Of the next attempt, once it is known. */
  number?: number
  throttled: number
  hasRenewedToken: boolean
  /** The outcome of the last attempt: refused or not sent, and recorded so. */
  last?: Outcome
  /** Of the last attempt. */
  ticket?: Ticket | undefined
  /** What a saved plan minted, until an attempt has it. */
  attemptId: string | undefined
}

/** What is to be placed. */
export interface Placement {
  readonly payload: PlannedPayload
  /** Of the first attempt; a new one where it is absent. */
  readonly attemptId?: string | undefined
  /** With leave, though an earlier attempt rang: noted in the claim, for `audit`. */
  readonly redial?: true
  /** The call that was hung up for this one. */
  readonly ended?: CallResult['ended']
}

/** What follows a try: the result, or another try after a pause. */
type Step = { readonly result: CallResult } | { readonly pause: () => Promise<void> }

/** Places one call, with as many attempts as refusals and failures to send allow. */
export async function placeCall(run: Run, placement: Placement): Promise<CallResult> {
  const patience = createPatience(run.bounds)
  const { attemptId } = placement
  const progress: Progress = { ...placement, attemptId, patience, throttled: 0, hasRenewedToken: false }
  for (;;) {
    const step = await tryOnce(run, progress)
    if ('result' in step) return step.result
    await step.pause()
  }
}

/** One try on a connection of its own, which is closed when all is recorded and reported. */
async function tryOnce(run: Run, progress: Progress): Promise<Step> {
  const first = await getReady(run, progress.payload)
  if (first.kind !== 'connected') return conclude(run, progress, first)
  const leave = await run.slots.take()
  let ready: Ready | undefined = first
  try {
    if (!isFresh(run, first)) {
      ready = undefined
      closeQuietly(run, first)
      ready = await getReady(run, progress.payload)
    }
    return conclude(run, progress, await attemptNext(run, progress, ready, leave))
  } finally {
    leave()
    if (ready?.kind === 'connected') closeQuietly(run, ready)
  }
}

async function attemptNext(run: Run, progress: Progress, ready: Ready, answered: () => void): Promise<Tried> {
  if (ready.kind !== 'connected') return ready
  progress.number ??= run.ports.nextNumber(progress.payload.address)
  const { payload, number, redial } = progress
  const attemptId = progress.attemptId ?? run.ports.uuid()
  const attempt = { payload, number, attemptId, ...(redial && { redial }) }
  const tried = await attemptCall(run, attempt, ready, answered)
  // One id, one attempt: whoever has it now, no later attempt may.
  if (tried.kind === 'settled' || tried.kind === 'elsewhere') progress.attemptId = undefined
  return tried
}

function conclude(run: Run, progress: Progress, tried: Tried): Step {
  const step = nextStep(run, progress, tried)
  if (!('result' in step)) return step
  const { ended, ticket } = progress
  const result = { ...step.result, ...(ended && { ended }), ...(ticket && { ticket }) }
  run.report({ event: 'result', result })
  return { result }
}

function nextStep(run: Run, progress: Progress, tried: Tried): Step {
  const { last, payload } = progress
  const end = (kind: 'skipped' | 'not-sent' | 'elsewhere', message: string): Step => ({
    result: resultWithoutAttempt(payload.address, kind, message, last),
  })
  switch (tried.kind) {
    case 'stopped':
      return end('skipped', `not tried${last === undefined ? '' : ' again'}: ${run.stop.reason()}`)
    case 'throttled':
      return { pause: async () => {} }
    case 'not-connected':
      return retryOf(run, progress, tried.error) ?? end('not-sent', `not sent: ${tried.error.message}`)
    case 'elsewhere':
      return end('elsewhere', 'another run has claimed this attempt; nothing was sent')
    case 'no-claim':
      return end('not-sent', `not sent: the attempt could not be claimed: ${tried.problem}`)
    case 'settled':
      return afterAttempt(run, progress, tried)
  }
}

/** Another attempt only where this one is durably recorded as refused or not sent. */
function afterAttempt(run: Run, progress: Progress, tried: Extract<Tried, { kind: 'settled' }>): Step {
  const { address } = progress.payload
  const { outcome, next } = tried.verdict
  progress.ticket = createTicket(tried.claim, tried.verdict)
  if (tried.problem !== undefined)
    return { result: resultOf(address, outcome, `not recorded: ${tried.problem}`) }
  if (next.kind === 'done') return { result: resultOf(address, outcome) }
  const stopped = run.stop.reason()
  if (stopped !== undefined) return { result: resultOf(address, outcome, `not tried again: ${stopped}`) }
  if (outcome.kind === 'refused') progress.patience.reset()
  const step = stepFor(run, progress, tried.token, next)
  if (step === undefined) return { result: resultOf(address, outcome, 'not tried again: enough attempts') }
  progress.last = outcome
  progress.number! += 1
  return step
}

function stepFor(run: Run, progress: Progress, token: number, next: Next): Step | undefined {
  if (next.kind === 'retry') return retryOf(run, progress)
  if (next.kind === 'throttled') {
    progress.throttled += 1
    return progress.throttled < run.bounds.throttledAttempts ? { pause: async () => {} } : undefined
  }
  if (next.kind !== 'renew-token' || progress.hasRenewedToken) return undefined
  progress.hasRenewedToken = true
  run.session.renew(token)
  return { pause: async () => {} }
}

function retryOf(run: Run, progress: Progress, error?: NotSentError): Step | undefined {
  if (error?.retryable === false) return undefined
  const time = progress.patience.retryIn(run.ports.now(), run.ports.random())
  if (time === undefined) return undefined
  const reason = error?.message ?? 'the request was not sent'
  return { pause: () => run.pause(time, progress.payload.address, reason) }
}
