import { NotSentError, RecordError, SignInError } from '../model/errors.js'
import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'
import { throttleTime } from '../send/backoff.js'
import type { ClaimedRequest, Numbered, Open } from './claimed-request.js'
import { classifyFailure, type Failure, type Verdict } from './classify-answer.js'
import { lookAround, type Moment, momentOf } from './last-look.js'
import type { Run } from './run.js'

export type Ready<Connection extends Open = Open> = Connected<Connection> | Unclaimed

interface Connected<Connection extends Open> {
  readonly kind: 'connected'
  readonly connection: Connection
  /** The token's generation. */
  readonly token: number
  /** When it began to be made, in milliseconds since 1970. */
  readonly since: number
}

/** What became of one try. Only `settled` has a claim. */
export type Tried<Claim, Each extends Outcome | RingOutcome> = Unclaimed | Settled<Claim, Each>

export interface Settled<Claim, Each extends Outcome | RingOutcome> {
  readonly kind: 'settled'
  readonly claim: Claim
  readonly verdict: Verdict<Each | Failure>
  readonly token: number
  /** The outcome is not recorded durably, so no attempt may follow. */
  readonly problem?: string
}

export type Unclaimed =
  | { readonly kind: 'stopped' }
  /** Graph throttles the run: wait, and connect anew. */
  | { readonly kind: 'throttled' }
  | { readonly kind: 'not-connected'; readonly error: NotSentError }
  /** Another run has this attempt. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'no-claim'; readonly problem: string }

/** Everything that can fail without a claim: the token, then the connection. */
export async function getReady<Connection extends Open>(
  run: Run,
  connect: () => Promise<Connection>,
): Promise<Ready<Connection>> {
  await run.gate.pass()
  if (run.stopped() !== undefined) return { kind: 'stopped' }
  try {
    const token = await run.session.signIn()
    if (run.stopped() !== undefined) return { kind: 'stopped' }
    const since = run.ports.now()
    return { kind: 'connected', connection: await connect(), token, since }
  } catch (error) {
    if (error instanceof NotSentError) return { kind: 'not-connected', error }
    if (!(error instanceof SignInError)) throw error
    run.stop.forSignIn(error)
    return { kind: 'stopped' }
  }
}

/** Whether a connection that waited for its turn is still as good as new. The clock may have been set back. */
export function isFresh<Connection extends Open>(
  run: Run,
  { connection, since }: Connected<Connection>,
): boolean {
  const age = run.ports.now() - since
  return age >= 0 && age <= run.bounds.freshTime && connection.isOpen()
}

export const closeQuietly = (run: Run, { connection }: Connected<Open>): void =>
  run.stop.guard(() => connection.close())

/**
 * Claims, sends and settles. The claim takes its time on the disk, so that there is one more look around before the
 * first byte. Says when the answer is there, or will not come: then only the outcome remains to be written.
 */
export async function attempt<
  Claim extends Numbered,
  Connection extends Open,
  Each extends Outcome | RingOutcome,
>(
  run: Run,
  request: ClaimedRequest<Claim, Connection, Each>,
  { number, ready, answered }: { number: number; ready: Connected<Connection>; answered(): void },
): Promise<Tried<Claim, Each>> {
  const { connection, token } = ready
  const claim = request.createClaim(number)
  let since = momentOf(run.ports)
  const refusal = await run.claimInTurn(async (): Promise<Unclaimed | undefined> => {
    if (!connection.isOpen()) return { kind: 'not-connected', error: closedEarly() }
    if (run.gate.isClosed()) return { kind: 'throttled' }
    if (run.stopped() !== undefined) return { kind: 'stopped' }
    since = momentOf(run.ports)
    return publish(run, request, claim)
  })
  if (refusal !== undefined) return refusal
  const verdict = await send(run, request, { claim, connection, since })
  // Before the outcome is on the disk, so that meanwhile nobody else begins what this one speaks against.
  if (run.breaker.note(verdict.outcome)) {
    run.stop.because(`${run.bounds.uncertainInARow} outcomes in a row are unknown`)
  }
  if (verdict.pause !== undefined) throttle(run, verdict.pause, claim.address)
  answered()
  const problem = await settle(run, () => request.settle(claim, verdict.outcome))
  return { kind: 'settled', claim, verdict, token, ...(problem === undefined ? {} : { problem }) }
}

const closedEarly = (): NotSentError => new NotSentError('the connection was closed before the request', true)

/** All senders wait at the gate. */
function throttle(run: Run, seconds: number, address: string): void {
  const time = throttleTime(seconds, run.bounds)
  run.gate.close(time)
  run.tellThrottle(time, address)
}

/** Undefined when the claim is ours. */
async function publish<Claim extends Numbered>(
  run: Run,
  request: Pick<ClaimedRequest<Claim, never, never>, 'publish' | 'claimed'>,
  claim: Claim,
): Promise<Unclaimed | undefined> {
  try {
    if (!(await request.publish(claim))) return { kind: 'elsewhere' }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    run.stop.forRecord(error)
    return { kind: 'no-claim', problem: error.message }
  }
  request.claimed(claim)
  return undefined
}

interface Claimed<Claim, Connection> {
  readonly claim: Claim
  readonly connection: Connection
  /** Just before the claim. */
  readonly since: Moment
}

/** Once there is a claim, whatever happens comes to an outcome. */
async function send<Claim extends Numbered, Connection extends Open, Each extends Outcome | RingOutcome>(
  run: Run,
  request: ClaimedRequest<Claim, Connection, Each>,
  { claim, connection, since }: Claimed<Claim, Connection>,
): Promise<Verdict<Each | Failure>> {
  try {
    if (!connection.isOpen()) throw closedEarly()
    const stopped = run.stopped()
    if (stopped !== undefined) throw new NotSentError(`the run stopped first: ${stopped}`, false)
    const look = (): void => lookOnce(run, since, () => request.isOpen(claim))
    return request.judge(claim, await request.send(connection, claim, look), run.time())
  } catch (error) {
    const verdict = classifyFailure(error, run.time())
    if (verdict !== undefined) return verdict
    run.stop.forCrash(error)
    const reason = 'callctl failed while it had the attempt'
    return { outcome: { kind: 'uncertain', reason, at: run.time() }, next: { kind: 'done' } }
  }
}

/** Just before the first byte. Throws NotSentError. */
function lookOnce({ ports, bounds, stop }: Run, since: Moment, isOpen: () => boolean): void {
  lookAround({
    now: () => ports.now(),
    ...(ports.elapsed !== undefined && { elapsed: ports.elapsed }),
    since,
    claimTime: bounds.claimTime,
    stopped: () => stop.reason(),
    isOpen,
  })
}

/** Never settles twice, whatever is thrown: a second outcome could cover the first one's id. */
async function settle(run: Run, write: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await write()
    return undefined
  } catch (error) {
    if (error instanceof RecordError) run.stop.forRecord(error)
    else run.stop.forCrash(error)
    return error instanceof Error ? error.message : String(error)
  }
}
