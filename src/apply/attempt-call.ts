import { type Connection, formatEndpoint } from '../model/call.js'
import { NotSentError, RecordError, SignInError } from '../model/errors.js'
import type { PlannedPayload } from '../model/payload.js'
import type { Claim, Outcome } from '../model/record/attempt.js'
import { throttleTime } from './backoff.js'
import { classifyAnswer, classifyFailure, type Verdict } from './classify-answer.js'
import { lookAround, type Moment, momentOf } from './last-look.js'
import type { Run } from './run.js'

export type Ready = Connected | Unclaimed

interface Connected {
  readonly kind: 'connected'
  readonly connection: Connection
  /** The token's generation. */
  readonly token: number
  /** When it began to be made, in milliseconds since 1970. */
  readonly since: number
}

/** What became of one try. Only `settled` has a claim. */
export type Tried =
  | Unclaimed
  /** `problem`: the outcome is not recorded durably, so no attempt may follow. */
  | {
      readonly kind: 'settled'
      readonly claim: Claim
      readonly verdict: Verdict
      readonly token: number
      readonly problem?: string
    }

type Unclaimed =
  | { readonly kind: 'stopped' }
  /** Graph throttles the run: wait, and connect anew. */
  | { readonly kind: 'throttled' }
  | { readonly kind: 'not-connected'; readonly error: NotSentError }
  /** Another run has this attempt. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'no-claim'; readonly problem: string }

/** Everything that can fail without a claim: the token, then the connection. */
export async function getReady(run: Run, { target }: PlannedPayload): Promise<Ready> {
  await run.gate.pass()
  if (run.stop.reason() !== undefined) return { kind: 'stopped' }
  try {
    const token = await run.session.signIn()
    if (run.stop.reason() !== undefined) return { kind: 'stopped' }
    const since = run.ports.now()
    return { kind: 'connected', connection: await run.ports.calls.connect(target), token, since }
  } catch (error) {
    if (error instanceof NotSentError) return { kind: 'not-connected', error }
    if (!(error instanceof SignInError)) throw error
    run.stop.forSignIn(error)
    return { kind: 'stopped' }
  }
}

/** Whether a connection that waited for its turn is still as good as new. The clock may have been set back. */
export function isFresh(run: Run, { connection, since }: Connected): boolean {
  const age = run.ports.now() - since
  return age >= 0 && age <= run.bounds.freshTime && connection.isOpen()
}

export const closeQuietly = (run: Run, { connection }: Connected): void =>
  run.stop.guard(() => connection.close())

export interface PlannedAttempt extends Pick<Claim, 'number' | 'attemptId' | 'redial'> {
  readonly payload: PlannedPayload
}

/**
 * Claims, sends and settles. The claim takes its time on the disk, so `send` looks around once more. Says when the
 * answer is there, or will not come: then only the outcome remains to be written.
 */
export async function attemptCall(
  run: Run,
  { payload, ...attempt }: PlannedAttempt,
  { connection, token }: Connected,
  answered: () => void,
): Promise<Tried> {
  const claim = createClaim(run, payload, attempt)
  let since = momentOf(run.ports)
  const refusal = await run.claimInTurn(async (): Promise<Unclaimed | undefined> => {
    if (!connection.isOpen()) return { kind: 'not-connected', error: closedEarly() }
    if (run.gate.isClosed()) return { kind: 'throttled' }
    if (run.stop.reason() !== undefined) return { kind: 'stopped' }
    since = momentOf(run.ports)
    return publish(run, claim)
  })
  if (refusal !== undefined) return refusal
  const verdict = keepApart(run, claim, await send(run, claim, payload, { connection, since }))
  // Before the outcome is on the disk, so that meanwhile nobody else begins what this one speaks against.
  if (run.breaker.note(verdict.outcome)) {
    run.stop.because(`${run.bounds.uncertainInARow} outcomes in a row are unknown`)
  }
  if (verdict.pause !== undefined) run.throttle(throttleTime(verdict.pause, run.bounds), claim.address)
  answered()
  const problem = await settle(run, claim, verdict.outcome)
  return { kind: 'settled', claim, verdict, token, ...(problem === undefined ? {} : { problem }) }
}

const closedEarly = (): NotSentError => new NotSentError('the connection was closed before the request', true)

function createClaim(
  run: Run,
  { address, digest, foldedDigest, target, tenantId }: PlannedPayload,
  { number, attemptId, redial }: Pick<Claim, 'number' | 'attemptId' | 'redial'>,
): Claim {
  const { operator } = run.ports
  return {
    address,
    number,
    attemptId,
    digest,
    ...(foldedDigest === undefined ? {} : { foldedDigest }),
    endpoint: formatEndpoint(target),
    cloud: target.cloud,
    ...(tenantId === undefined ? {} : { tenantId }),
    claimedAt: run.time(),
    ...(operator === undefined ? {} : { operator }),
    ...(redial === true ? { redial } : {}),
  }
}

/** Undefined when the claim is ours. */
async function publish(run: Run, claim: Claim): Promise<Unclaimed | undefined> {
  try {
    if (!(await run.ports.attempts.claim(claim))) return { kind: 'elsewhere' }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    run.stop.forRecord(error)
    return { kind: 'no-claim', problem: error.message }
  }
  const { address, attemptId, number } = claim
  run.report({ event: 'claimed', address, attemptId, number })
  return undefined
}

/** Once there is a claim, whatever happens comes to an outcome. */
async function send(
  run: Run,
  claim: Claim,
  payload: PlannedPayload,
  { connection, since }: { readonly connection: Connection; readonly since: Moment },
): Promise<Verdict> {
  try {
    if (!connection.isOpen()) throw closedEarly()
    const stopped = run.stop.reason()
    if (stopped !== undefined) throw new NotSentError(`the run stopped first: ${stopped}`, false)
    const look = (): void => lookOnce(run, claim, since)
    const answer = await connection.create({ attemptId: claim.attemptId, text: payload.text, look })
    return classifyAnswer(answer, run.time())
  } catch (error) {
    const verdict = classifyFailure(error, run.time())
    if (verdict !== undefined) return verdict
    run.stop.forCrash(error)
    const reason = 'callctl failed while it had the attempt'
    return { outcome: { kind: 'uncertain', reason, at: run.time() }, next: { kind: 'done' } }
  }
}

/** A call that another attempt has is not this one's, whatever the answer says. */
function keepApart(run: Run, { address }: Claim, verdict: Verdict): Verdict {
  if (verdict.outcome.kind !== 'placed') return verdict
  const { callId, requestId, at } = verdict.outcome
  const sharedWith = run.takeCallId(callId, address)
  if (sharedWith === undefined) return verdict
  return {
    ...verdict,
    outcome: {
      kind: 'uncertain',
      reason: `the answer names the call ${callId}, which ${sharedWith} has already`,
      ...(requestId !== undefined && { requestId }),
      named: [callId, ...(verdict.outcome.named ?? [])],
      sharedWith,
      at,
    },
  }
}

/** Just before the first byte. Throws NotSentError. */
function lookOnce({ ports, bounds, stop }: Run, claim: Claim, since: Moment): void {
  lookAround({
    now: () => ports.now(),
    ...(ports.elapsed !== undefined && { elapsed: ports.elapsed }),
    since,
    claimTime: bounds.claimTime,
    stopped: () => stop.reason(),
    isOpen: () => ports.attempts.isOpen?.(claim) ?? true,
  })
}

/** Never settles twice, whatever is thrown: a second outcome could cover the first one's id. */
async function settle(run: Run, claim: Claim, outcome: Outcome): Promise<string | undefined> {
  try {
    await run.ports.attempts.settle(claim, outcome)
    return undefined
  } catch (error) {
    if (error instanceof RecordError) run.stop.forRecord(error)
    else run.stop.forCrash(error)
    return error instanceof Error ? error.message : String(error)
  }
}
