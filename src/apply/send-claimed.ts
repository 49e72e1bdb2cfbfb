import type { NotSentError } from '../model/errors.js'
import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'
import { createPatience, type Patience } from '../send/backoff.js'
import { attempt, closeQuietly, getReady, isFresh, type Ready, type Settled, type Tried } from './attempt.js'
import type { ClaimedRequest, Numbered, Open } from './claimed-request.js'
import type { Failure, Next, Verdict } from './classify-answer.js'
import type { Run } from './run.js'

type Request<Claim extends Numbered, Each extends Outcome | RingOutcome> = ClaimedRequest<Claim, Open, Each>

/** What a request came to in the end. */
export type Concluded<Claim, Each extends Outcome | RingOutcome> =
  | {
      readonly kind: 'settled'
      readonly claim: Claim
      readonly verdict: Verdict<Each | Failure>
      /** Why the outcome is not recorded durably. */
      readonly problem?: string
      /** Why no attempt followed, though one could have. */
      readonly remark?: string
    }
  /** `last`: the attempt before, which was refused or not sent, and is recorded so. */
  | {
      readonly kind: 'skipped' | 'not-sent' | 'elsewhere' | 'no-claim'
      readonly message: string
      readonly last?: Pick<Settled<Claim, Each>, 'claim' | 'verdict'>
    }

/** The tries so far. */
interface Progress<Claim, Each extends Outcome | RingOutcome> {
  readonly patience: Patience
  /** Of the next attempt, once it is known. */
  number?: number
  throttled: number
  hasRenewedToken: boolean
  last?: Pick<Settled<Claim, Each>, 'claim' | 'verdict'>
}

/** What follows a try: the result, or another try after a pause. */
type Step<Result> = { readonly result: Result } | { readonly pause: () => Promise<void> }

/**
 * Sends what is claimed first, with as many attempts as its policy, refusals and failures to send allow. `conclude` is
 * called once, while the last connection still stands.
 */
export async function sendClaimed<
  Claim extends Numbered,
  Connection extends Open,
  Each extends Outcome | RingOutcome,
  Result,
>(
  run: Run,
  request: ClaimedRequest<Claim, Connection, Each>,
  conclude: (concluded: Concluded<Claim, Each>) => Result,
): Promise<Result> {
  const patience = createPatience(run.bounds)
  const progress: Progress<Claim, Each> = { patience, throttled: 0, hasRenewedToken: false }
  const stepAfter = (tried: Tried<Claim, Each>): Step<Result> => {
    const step = nextStep(run, request, progress, tried)
    return 'result' in step ? { result: conclude(step.result) } : step
  }
  for (;;) {
    const step = await tryOnce(run, request, progress, stepAfter)
    if ('result' in step) return step.result
    await step.pause()
  }
}

/** One try on a connection of its own, which is closed when all is recorded and reported. */
async function tryOnce<
  Claim extends Numbered,
  Connection extends Open,
  Each extends Outcome | RingOutcome,
  Result,
>(
  run: Run,
  request: ClaimedRequest<Claim, Connection, Each>,
  progress: Progress<Claim, Each>,
  stepAfter: (tried: Tried<Claim, Each>) => Step<Result>,
): Promise<Step<Result>> {
  const connect = (): Promise<Connection> => request.connect()
  const first = await getReady(run, connect)
  if (first.kind !== 'connected') return stepAfter(first)
  const answered = await run.takeTurn()
  let ready: Ready<Connection> | undefined = first
  try {
    if (!isFresh(run, first)) {
      ready = undefined
      closeQuietly(run, first)
      ready = await getReady(run, connect)
    }
    if (ready.kind !== 'connected') return stepAfter(ready)
    progress.number ??= request.firstNumber()
    return stepAfter(await attempt(run, request, { number: progress.number, ready, answered }))
  } finally {
    answered()
    if (ready?.kind === 'connected') closeQuietly(run, ready)
  }
}

function nextStep<Claim extends Numbered, Each extends Outcome | RingOutcome>(
  run: Run,
  request: Request<Claim, Each>,
  progress: Progress<Claim, Each>,
  tried: Tried<Claim, Each>,
): Step<Concluded<Claim, Each>> {
  const { last } = progress
  const end = (
    kind: 'skipped' | 'not-sent' | 'elsewhere' | 'no-claim',
    message: string,
  ): Step<Concluded<Claim, Each>> => ({ result: { kind, message, ...(last !== undefined && { last }) } })
  switch (tried.kind) {
    case 'stopped':
      return end('skipped', `not tried${last === undefined ? '' : ' again'}: ${run.stopped()}`)
    case 'throttled':
      return { pause: async () => {} }
    case 'not-connected':
      return retryOf(run, request, progress, tried.error) ?? end('not-sent', tried.error.message)
    case 'elsewhere':
      return end('elsewhere', 'another run has claimed this attempt; nothing was sent')
    case 'no-claim':
      return end('no-claim', tried.problem)
    case 'settled':
      return afterAttempt(run, request, progress, tried)
  }
}

/** Another attempt only where this one is durably recorded as refused or not sent. */
function afterAttempt<Claim extends Numbered, Each extends Outcome | RingOutcome>(
  run: Run,
  request: Request<Claim, Each>,
  progress: Progress<Claim, Each>,
  { claim, verdict, problem, token }: Settled<Claim, Each>,
): Step<Concluded<Claim, Each>> {
  const end = (more: { problem?: string; remark?: string } = {}): Step<Concluded<Claim, Each>> => ({
    result: { kind: 'settled', claim, verdict, ...more },
  })
  const { next, outcome } = verdict
  if (problem !== undefined) return end({ problem })
  if (next.kind === 'done' || (request.repeat === 'never' && next.kind !== 'renew-token')) return end()
  const stopped = run.stopped()
  if (stopped !== undefined) return end({ remark: `not tried again: ${stopped}` })
  if (outcome.kind === 'refused') progress.patience.reset()
  const step = stepFor(run, request, progress, { token, next })
  if (step === undefined) return end({ remark: 'not tried again: enough attempts' })
  progress.last = { claim, verdict }
  progress.number = claim.number + 1
  return step
}

type Pause = { readonly pause: () => Promise<void> }

function stepFor<Claim extends Numbered, Each extends Outcome | RingOutcome>(
  run: Run,
  request: Request<Claim, Each>,
  progress: Progress<Claim, Each>,
  { token, next }: { readonly token: number; readonly next: Next },
): Pause | undefined {
  if (next.kind === 'retry') return retryOf(run, request, progress)
  if (next.kind === 'throttled') {
    progress.throttled += 1
    return progress.throttled < run.bounds.throttledAttempts ? { pause: async () => {} } : undefined
  }
  if (next.kind !== 'renew-token' || progress.hasRenewedToken) return undefined
  progress.hasRenewedToken = true
  run.session.renew(token)
  return { pause: async () => {} }
}

function retryOf<Claim extends Numbered, Each extends Outcome | RingOutcome>(
  run: Run,
  { address }: Request<Claim, Each>,
  { patience }: Progress<Claim, Each>,
  error?: NotSentError,
): Pause | undefined {
  if (error?.retryable === false) return undefined
  const time = patience.retryIn(run.ports.now(), run.random())
  if (time === undefined) return undefined
  const reason = error?.message ?? 'the request was not sent'
  return {
    async pause() {
      if (run.stopped() !== undefined) return
      run.tellPause(time, address, reason)
      await run.wait(time)
    },
  }
}
