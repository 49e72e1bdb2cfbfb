import { type Answer, formatEndpoint } from '../model/call.js'
import { InternalError, NotSentError, RecordError } from '../model/errors.js'
import type {
  OperationConnection,
  OperationRequest,
  RingClaim,
  RingOutcome,
  Rings,
} from '../model/operation.js'
import { classifyAnswer, classifyFailure } from './classify-answer.js'
import { lookAround, type Moment, momentOf } from './last-look.js'
import type { OperatePorts, OperationTarget } from './operate.js'
import { defaultBounds } from './ports.js'

export interface RingPorts extends OperatePorts {
  readonly rings: Rings
  readonly operator?: string
  /** Milliseconds by a clock that nobody sets, and that counts sleep. */
  elapsed?(): number
  /** Is called once there is a claim. */
  claimed(claim: RingClaim): void
}

/** What is to be sent, and what its record says of it. */
export interface PlannedRing
  extends OperationTarget,
    Omit<OperationRequest, 'operationId' | 'text' | 'look'> {
  readonly claim: Pick<RingClaim, 'address' | 'operation' | 'digest' | 'once' | 'rings'>
  /** Whose each of Graph's operations is that the record knows, by its id in lower case. */
  readonly answered?: ReadonlyMap<string, string>
  /** From the record that was looked at: another run's ring has to collide, not to be stepped over. */
  readonly number: number
  /** The body of the request with this id. */
  textFor(operationId: string): string
}

export type Rung =
  | {
      readonly kind: 'settled'
      readonly claim: RingClaim
      readonly outcome: RingOutcome
      readonly problem?: string
    }
  /** Nothing was claimed, and nothing sent. */
  | { readonly kind: 'not-sent'; readonly message: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'no-claim'; readonly message: string }

const connectTries = 4
const firstPause = 500

/**
 * Rings people once: token and connection first, then the claim, then one request, then its outcome. Only a token that
 * Graph refuses leads to a second request, under a claim of its own. Throws SignInError.
 */
export async function ring(ports: RingPorts, planned: PlannedRing): Promise<Rung> {
  const first = await ringOnce(ports, planned)
  if (first.kind !== 'settled' || first.problem !== undefined) return first
  if (first.outcome.kind !== 'refused' || first.outcome.status !== 401) return first
  ports.calls.forgetToken()
  return ringOnce(ports, { ...planned, number: planned.number + 1 })
}

async function ringOnce(ports: RingPorts, planned: PlannedRing): Promise<Rung> {
  const connection = await connect(ports, planned)
  if (connection instanceof NotSentError) return { kind: 'not-sent', message: connection.message }
  try {
    // No await between the last look around and the claim.
    if (ports.interrupted.aborted) return { kind: 'not-sent', message: 'interrupted' }
    if (!connection.isOpen())
      return { kind: 'not-sent', message: 'the connection was closed before the request' }
    const claim = createClaim(ports, planned)
    const since = momentOf(ports)
    if (!ports.rings.claim(claim)) return { kind: 'elsewhere' }
    ports.claimed(claim)
    const outcome = keepApart(planned, await send(ports, planned, claim, { connection, since }))
    const problem = settle(ports, claim, outcome)
    return { kind: 'settled', claim, outcome, ...(problem !== undefined && { problem }) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { kind: 'no-claim', message: error.message }
  } finally {
    connection.close()
  }
}

/** Whatever fails here has provably not rung. */
async function connect(
  ports: RingPorts,
  { target, callId }: PlannedRing,
): Promise<OperationConnection | NotSentError> {
  for (let tries = 1; ; tries += 1) {
    await ports.calls.signIn()
    try {
      return await ports.operations.connect(target, callId)
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error
      if (!error.retryable || tries >= connectTries || ports.interrupted.aborted) return error
      await ports.wait(ports.random() * firstPause * 2 ** (tries - 1), ports.interrupted)
    }
  }
}

function createClaim(ports: RingPorts, { claim, number, target, callId, path }: PlannedRing): RingClaim {
  const { operator } = ports
  return {
    ...claim,
    number,
    operationId: ports.uuid(),
    callId,
    route: `${formatEndpoint(target)}/${callId}${path}`,
    cloud: target.cloud,
    claimedAt: timeOf(ports),
    ...(operator !== undefined && { operator }),
  }
}

const timeOf = (ports: RingPorts): string => new Date(ports.now()).toISOString()

/** Once there is a claim, whatever happens comes to an outcome. */
async function send(
  ports: RingPorts,
  { method, path, textFor }: PlannedRing,
  claim: RingClaim,
  { connection, since }: { readonly connection: OperationConnection; readonly since: Moment },
): Promise<RingOutcome> {
  const { operationId } = claim
  const look = (): void => lookOnce(ports, claim, since)
  try {
    const answer = await connection.send({ method, path, operationId, text: textFor(operationId), look })
    return classifyRing(answer, timeOf(ports))
  } catch (error) {
    const found = classifyFailure(error, timeOf(ports))?.outcome
    if (found !== undefined && found.kind !== 'placed') return found
    const reason = `callctl failed after the claim: ${error instanceof Error ? error.message : String(error)}`
    return { kind: 'uncertain', reason, at: timeOf(ports) }
  }
}

/** Just before the first byte. Throws NotSentError. */
function lookOnce(ports: RingPorts, claim: RingClaim, since: Moment): void {
  lookAround({
    now: () => ports.now(),
    ...(ports.elapsed !== undefined && { elapsed: ports.elapsed }),
    since,
    claimTime: defaultBounds.claimTime,
    stopped: () => (ports.interrupted.aborted ? 'interrupted' : undefined),
    isOpen: () => ports.rings.isOpen?.(claim) ?? true,
  })
}

/** As for a call that is placed; but a transfer has no id to answer with, so that 2xx alone is a yes. */
export function classifyRing(answer: Answer, at: string): RingOutcome {
  const { status, callId: graphOperation, requestId } = answer
  if (status >= 200 && status <= 299) {
    return {
      kind: 'accepted',
      status,
      ...(graphOperation !== undefined && { graphOperation }),
      ...(requestId !== undefined && { requestId }),
      at,
    }
  }
  const { outcome } = classifyAnswer(answer, at)
  if (outcome.kind === 'placed') throw new InternalError('an answer that is no success places nothing')
  return outcome
}

/** An operation that another request was answered with is not this one's; the call's own id is none at all. */
function keepApart({ answered, callId }: PlannedRing, outcome: RingOutcome): RingOutcome {
  if (outcome.kind !== 'accepted' || outcome.graphOperation === undefined) return outcome
  const { graphOperation, status, requestId, at, ...rest } = outcome
  const known = { ...(status !== undefined && { status }), ...(requestId !== undefined && { requestId }) }
  if (graphOperation.toLowerCase() === callId.toLowerCase()) return { ...rest, ...known, at }
  const sharedWith = answered?.get(graphOperation.toLowerCase())
  if (sharedWith === undefined) return outcome
  const reason = `the answer names the operation ${graphOperation}, which ${sharedWith} has already`
  return { kind: 'uncertain', reason, ...known, named: [graphOperation], sharedWith, at }
}

/** Never settles twice: a second outcome could cover the first. */
function settle({ rings }: RingPorts, claim: RingClaim, outcome: RingOutcome): string | undefined {
  try {
    rings.settle(claim, outcome)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
