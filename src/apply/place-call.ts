import { type Connection, formatEndpoint } from '../model/call.js'
import type { PlannedPayload } from '../model/payload.js'
import type { Claim, Outcome } from '../model/record/attempt.js'
import type { CallResult } from '../model/run.js'
import type { ClaimedRequest } from './claimed-request.js'
import { classifyAnswer } from './classify-answer.js'
import { resultOf, resultWithoutAttempt } from './describe-result.js'
import { keepApart } from './keep-apart.js'
import type { ApplyPorts } from './ports.js'
import type { Run } from './run.js'
import { type Concluded, sendClaimed } from './send-claimed.js'
import { createTicket } from './ticket.js'

/** What is to be placed. */
export interface Placement {
  readonly payload: PlannedPayload
  /** Of the first attempt, as a saved plan minted it; a new one where it is absent. */
  readonly attemptId?: string | undefined
  /** With leave, though an earlier attempt rang: noted in the claim, for `audit`. */
  readonly redial?: true
  /** The call that was hung up for this one. */
  readonly ended?: CallResult['ended']
}

/** Places one call, with as many attempts as refusals and failures to send allow. */
export const placeCall = (run: Run<ApplyPorts>, placement: Placement): Promise<CallResult> =>
  sendClaimed(run, requestFor(run, placement), (concluded) => {
    const result = resultFor(placement, concluded)
    run.report({ event: 'result', result })
    return result
  })

function requestFor(
  run: Run<ApplyPorts>,
  { payload, attemptId, redial }: Placement,
): ClaimedRequest<Claim, Connection, Outcome> {
  const { ports } = run
  const { address, target } = payload
  // One id, one attempt: whoever has it now, no later attempt may.
  let minted = attemptId
  return {
    address,
    repeat: 'undone',
    firstNumber: () => ports.nextNumber(address),
    connect: () => ports.calls.connect(target),
    createClaim: (number) =>
      createClaim(run, payload, { number, attemptId: minted ?? ports.uuid(), ...(redial && { redial }) }),
    publish(claim) {
      const isOurs = ports.attempts.claim(claim)
      minted = undefined
      return isOurs
    },
    claimed({ attemptId, number }) {
      run.report({ event: 'claimed', address, attemptId, number })
    },
    isOpen: (claim) => ports.attempts.isOpen?.(claim) ?? true,
    send: (connection, claim, look) =>
      connection.create({ attemptId: claim.attemptId, text: payload.text, look }),
    judge(_claim, answer, at) {
      const verdict = classifyAnswer(answer, at)
      return { ...verdict, outcome: keepApart(run, address, verdict.outcome) }
    },
    settle: (claim, outcome) => ports.attempts.settle(claim, outcome),
  }
}

function createClaim(
  run: Run<ApplyPorts>,
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

function resultFor({ payload, ended }: Placement, concluded: Concluded<Claim, Outcome>): CallResult {
  const attempt = concluded.kind === 'settled' ? concluded : concluded.last
  const ticket = attempt && createTicket(attempt.claim, attempt.verdict)
  return { ...describe(payload.address, concluded), ...(ended && { ended }), ...(ticket && { ticket }) }
}

function describe(address: string, concluded: Concluded<Claim, Outcome>): CallResult {
  if (concluded.kind === 'settled') {
    const { verdict, problem, remark } = concluded
    return resultOf(address, verdict.outcome, problem === undefined ? remark : `not recorded: ${problem}`)
  }
  const { kind, message, last } = concluded
  const outcome = last?.verdict.outcome
  if (kind === 'not-sent') return resultWithoutAttempt(address, kind, `not sent: ${message}`, outcome)
  if (kind !== 'no-claim') return resultWithoutAttempt(address, kind, message, outcome)
  const unclaimed = `not sent: the attempt could not be claimed: ${message}`
  return resultWithoutAttempt(address, 'not-sent', unclaimed, outcome)
}
