import { type Answer, formatEndpoint } from '../../model/call.js'
import type { RingClaim, RingOutcome } from '../../model/operation.js'
import type { Ticket } from '../../model/run.js'
import { createTicketCode } from '../../model/ticket-code.js'
import type { OperationRun } from './operation-run.js'

/** About an operation that Graph refused and that rings nobody. */
export function ticketOfAnswer({ status, error, requestId }: Answer, run: OperationRun): Ticket {
  const { kind, call, path, world } = run
  return {
    time: new Date(world.now()).toISOString(),
    request: `${kind.method} ${formatEndpoint(call.target)}/${call.callId}${path}`,
    ...placeOf(run),
    status,
    ...createTicketCode(error?.code),
    ...(requestId !== undefined && { requestId }),
  }
}

/** About an invitation or transfer that was refused, or whose outcome is unknown; about no other. */
export function ticketOfRing(
  { route, operationId }: RingClaim,
  outcome: RingOutcome,
  run: OperationRun,
): Ticket | undefined {
  if (outcome.kind !== 'refused' && outcome.kind !== 'uncertain') return undefined
  return {
    time: outcome.at,
    request: `${run.kind.method} ${route}`,
    ...placeOf(run),
    ...(outcome.status !== undefined && { status: outcome.status }),
    ...(outcome.kind === 'refused' && createTicketCode(outcome.code)),
    ...(outcome.requestId !== undefined && { requestId: outcome.requestId }),
    clientRequestId: operationId,
  }
}

const placeOf = ({ call }: OperationRun): Pick<Ticket, 'cloud' | 'tenantId'> => ({
  cloud: call.target.cloud,
  ...(call.entry.tenantId !== undefined && { tenantId: call.entry.tenantId }),
})
