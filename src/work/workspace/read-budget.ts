import { Budget } from '../../model/budget.js'
import type { Environment } from '../../model/environment.js'
import { UsageError } from '../../model/errors.js'

const name = 'CALLCTL_MAX_STEPS'

/** What the run may cost: by the operator's environment alone, since a workspace may come from a stranger. */
export function readBudget(environment: Environment): Budget {
  const text = environment[name]
  if (text === undefined || text === '') return new Budget()
  const most = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
  if (most === undefined)
    throw new UsageError(`${name} must be a whole number of steps, at least 1.`, `It is \`${text}\`.`)
  return new Budget({ base: most, perCall: 0, most })
}
