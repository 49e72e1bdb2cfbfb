import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'
import type { Run } from './run.js'

/** What another request was answered with is not this one's, whatever the answer says. */
export function keepApart<Each extends Outcome | RingOutcome>(
  run: Pick<Run, 'takeId'>,
  address: string,
  outcome: Each,
): Each | Extract<Outcome, { readonly kind: 'uncertain' }> {
  const id = idIn(outcome)
  const sharedWith = id === undefined ? undefined : run.takeId(id, address)
  if (id === undefined || sharedWith === undefined) return outcome
  const { at, requestId, status, named = [] } = outcome as Answered
  return {
    kind: 'uncertain',
    reason: `the answer names the ${outcome.kind === 'placed' ? 'call' : 'operation'} ${id}, which ${sharedWith} has already`,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    named: [id, ...named],
    sharedWith,
    at,
  }
}

/** What outcomes with an id have beside it. */
interface Answered {
  readonly at: string
  readonly requestId?: string
  readonly status?: number
  readonly named?: readonly string[]
}

function idIn(outcome: Outcome | RingOutcome): string | undefined {
  if (outcome.kind === 'placed') return outcome.callId
  return outcome.kind === 'accepted' ? outcome.graphOperation : undefined
}
