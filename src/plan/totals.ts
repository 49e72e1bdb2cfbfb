import { type Action, rings } from '../model/action.js'
import { type ExitCode, exitCodes } from '../model/exit-code.js'
import type { PayloadHead } from '../model/payload.js'
import type { Plan } from '../model/plan.js'

export interface Totals {
  /** How many changes have each action. */
  readonly actions: Readonly<Record<Action, number>>
  /** How many calls would be placed. */
  readonly calls: number
  /** How many rings of people those are: who is in two calls counts twice. */
  readonly people: number
  /** How many rings of phone numbers. */
  readonly numbers: number
  /** Application roles that placing them needs: each once, sorted. */
  readonly permissions: readonly string[]
}

/** What a plan would do, in numbers. */
export function totalsOf(plan: Plan<PayloadHead>): Totals {
  const actions = noActions()
  const permissions = new Set<string>()
  let people = 0
  let numbers = 0
  for (const { action, payload } of plan.changes) {
    actions[action] += 1
    if (payload === undefined || !rings(action)) continue
    people += payload.touches.people.length
    numbers += payload.touches.numbers.length
    for (const permission of payload.touches.permissions) permissions.add(permission)
  }
  const calls = actions.place + actions.redial
  return { actions, calls, people, numbers, permissions: [...permissions].sort() }
}

/** What calls end with that are not to be touched: a person has to ask for some, for others another runner's answer. */
export function codeOfUnknown({ changes }: Plan<PayloadHead>): ExitCode {
  const unknown = changes.filter(({ action }) => action === 'uncertain')
  if (unknown.some(({ isInFlight }) => isInFlight === undefined)) return exitCodes.uncertain
  return unknown.length > 0 ? exitCodes.record : exitCodes.done
}

const noActions = (): Record<Action, number> => ({
  place: 0,
  none: 0,
  changed: 0,
  redial: 0,
  uncertain: 0,
  retired: 0,
  blocked: 0,
  'hang-up': 0,
})
