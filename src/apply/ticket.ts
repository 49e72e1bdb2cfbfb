import type { Answer } from '../model/call.js'
import type { Claim } from '../model/record/attempt.js'
import type { Ticket } from '../model/run.js'
import { createTicketCode } from '../model/ticket-code.js'
import type { Verdict } from './classify-answer.js'
import type { LiveCall } from './live-call.js'

/** About an attempt that was refused, or whose outcome is unknown; there is nothing to ask about another one. */
export function createTicket(claim: Claim, { outcome, code }: Verdict): Ticket | undefined {
  if (outcome.kind !== 'refused' && outcome.kind !== 'uncertain') return undefined
  const { endpoint, cloud, tenantId, attemptId } = claim
  return {
    time: outcome.at,
    request: `POST ${endpoint}`,
    cloud,
    ...(tenantId !== undefined && { tenantId }),
    ...(outcome.status !== undefined && { status: outcome.status }),
    ...createTicketCode(code),
    ...(outcome.requestId !== undefined && { requestId: outcome.requestId }),
    clientRequestId: attemptId,
    scenarioId: attemptId,
  }
}

/** About a call that Graph did not end. */
export function createHangUpTicket(
  { endpoint, cloud = 'global', callId, tenantId }: LiveCall,
  { status, requestId, error }: Answer,
  time: string,
): Ticket {
  return {
    time,
    request: `DELETE ${endpoint}/${callId}`,
    cloud,
    ...(tenantId !== undefined && { tenantId }),
    status,
    ...createTicketCode(error?.code),
    ...(requestId !== undefined && { requestId }),
  }
}
