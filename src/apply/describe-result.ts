import type { Outcome } from '../model/record/attempt.js'
import type { CallResult } from '../model/run.js'

/** The result of a call whose last attempt came to `outcome`; `remark` is what else a person must know. */
export function resultOf(address: string, outcome: Outcome, remark?: string): CallResult {
  const message = describeOutcome(outcome).replace(/\s+/g, ' ')
  return {
    address,
    kind: outcome.kind,
    outcome,
    message: remark === undefined ? message : `${message.replace(/\.$/, '')}; ${remark}`,
  }
}

/** The result of a call that ends without a new attempt: its last attempt's, if it had one, else `kind`. */
export function resultWithoutAttempt(
  address: string,
  kind: 'skipped' | 'not-sent' | 'elsewhere',
  message: string,
  last: Outcome | undefined,
): CallResult {
  if (last === undefined) return { address, kind, message }
  if (kind === 'elsewhere') return { address, kind, outcome: last, message }
  return resultOf(address, last, message)
}

function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'placed':
      return `placed: call ${outcome.callId}`
    case 'refused':
      return `refused: ${outcome.status} ${outcome.code}: ${outcome.message}`
    case 'not-sent':
      return `not sent: ${outcome.reason}`
    case 'uncertain':
      return `outcome unknown: ${outcome.reason}`
  }
}
