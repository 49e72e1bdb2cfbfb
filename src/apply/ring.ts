import { type Answer, formatEndpoint } from '../model/call.js'
import { InternalError } from '../model/errors.js'
import { meaningOf } from '../model/meaning.js'
import type {
  OperationConnection,
  OperationRequest,
  RingClaim,
  RingOutcome,
  Rings,
} from '../model/operation.js'
import type { ClaimedRequest } from './claimed-request.js'
import { classifyAnswer, type Verdict } from './classify-answer.js'
import { keepApart } from './keep-apart.js'
import type { OperatePorts, OperationTarget } from './operate.js'
import type { RunPorts } from './ports.js'
import { type Run, startRun } from './run.js'
import { type Concluded, sendClaimed } from './send-claimed.js'

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

/**
 * Rings people once, as a call is placed: token and connection first, then the claim, then one request, then its
 * outcome. Only a token that Graph refuses leads to a second request, under a claim of its own. Throws SignInError.
 */
export async function ring(ports: RingPorts, planned: PlannedRing): Promise<Rung> {
  const run = startRun(runPorts(ports, planned))
  const concluded = await sendKept(run, requestFor(run, ports, planned))
  const bug = endOf(run)
  // What is known of somebody who may have been rung outranks whatever else went wrong.
  if (concluded?.kind === 'settled') return reportBug(settledOf(concluded), bug)
  if (concluded === undefined || bug !== undefined) throw bug?.error
  const refusal = run.stop.signInError()
  if (refusal !== undefined) throw refusal
  return resultOf(concluded, run)
}

/** Undefined where a bug kept it from an end; `endOf` has that. */
async function sendKept(run: Run, request: RingRequest): Promise<ConcludedRing | undefined> {
  try {
    return await sendClaimed(run, request, (concluded) => concluded)
  } catch (error) {
    run.stop.forCrash(error)
    return undefined
  }
}

/** What only a bug makes throw. */
function endOf(run: Run): { readonly error: unknown } | undefined {
  try {
    run.stop.end()
    return undefined
  } catch (error) {
    return { error }
  }
}

type RingRequest = ClaimedRequest<RingClaim, OperationConnection, RingOutcome>
type ConcludedRing = Concluded<RingClaim, RingOutcome>
type SettledRing = Extract<Rung, { readonly kind: 'settled' }>

const reportBug = (settled: SettledRing, bug: { readonly error: unknown } | undefined): SettledRing =>
  bug === undefined ? settled : { ...settled, problem: settled.problem ?? `callctl has a bug: ${bug.error}` }

function runPorts(ports: RingPorts, { answered }: PlannedRing): RunPorts {
  return {
    ...ports,
    holderOf: (id) => answered?.get(id.toLowerCase()),
    report: () => {},
    settings: { concurrency: 1 },
  }
}

function requestFor(
  run: Run,
  { rings, operations, claimed, uuid }: RingPorts,
  { claim: given, number, target, callId, method, path, textFor }: PlannedRing,
): RingRequest {
  const { operator } = run.ports
  return {
    address: given.address,
    repeat: 'never',
    firstNumber: () => number,
    connect: () => operations.connect(target, callId),
    createClaim: (next) => ({
      ...given,
      number: next,
      operationId: uuid(),
      callId,
      route: `${formatEndpoint(target)}/${callId}${path}`,
      cloud: target.cloud,
      claimedAt: run.time(),
      ...(operator !== undefined && { operator }),
    }),
    publish: (claim) => rings.claim(claim),
    claimed,
    isOpen: (claim) => rings.isOpen?.(claim) ?? true,
    send: (connection, { operationId }, look) =>
      connection.send({ method, path, operationId, text: textFor(operationId), look }),
    judge(_claim, answer, at) {
      const verdict = judgeRing(answer, at, callId)
      return { ...verdict, outcome: keepApart(run, given.address, verdict.outcome) }
    },
    settle: (claim, outcome) => rings.settle(claim, outcome),
  }
}

/** As for a call that is placed; but a transfer has no id to answer with, so that 2xx alone is a yes. */
function judgeRing(answer: Answer, at: string, ownId: string): Verdict<RingOutcome> {
  const { status, callId: graphOperation, requestId } = answer
  if (meaningOf(status) !== 'done') {
    const { outcome, ...rest } = classifyAnswer(answer, at)
    if (outcome.kind === 'placed') throw new InternalError('an answer that is no success places nothing')
    return { ...rest, outcome }
  }
  // The call's own id is no operation's.
  const isOperation = graphOperation !== undefined && graphOperation.toLowerCase() !== ownId.toLowerCase()
  const outcome: RingOutcome = {
    kind: 'accepted',
    status,
    ...(isOperation && { graphOperation }),
    ...(requestId !== undefined && { requestId }),
    at,
  }
  return { outcome, next: { kind: 'done' } }
}

function settledOf({
  claim,
  verdict,
  problem,
}: Extract<ConcludedRing, { readonly kind: 'settled' }>): SettledRing {
  return { kind: 'settled', claim, outcome: verdict.outcome, ...(problem !== undefined && { problem }) }
}

function resultOf(
  { kind, message, last }: Exclude<ConcludedRing, { readonly kind: 'settled' }>,
  run: Run,
): Rung {
  if (last !== undefined) return settledOf({ ...last, kind: 'settled' })
  if (kind === 'skipped') return { kind: 'not-sent', message: run.stopped() ?? message }
  return kind === 'elsewhere' ? { kind } : { kind, message }
}
