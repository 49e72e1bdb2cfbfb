// What is to be done, decided from payloads, lockfile and observations alone. This folder is pure: it reads
// nothing, sends nothing, and knows neither clock nor randomness. The same input gives the same plan.

import type { PayloadHead } from '../model/payload.js'
import type { Change, Plan } from '../model/plan.js'
import { compareCall } from './compare-call.js'
import { byAddress, entryOf } from './entries.js'
import { limitCalls } from './limit-calls.js'
import { limitPeople } from './limit-people.js'
import { createCompareMoved } from './moved.js'
import type { PlanInput } from './plan-input.js'
import { createRenameGuard } from './rename-guard.js'
import { findRetired } from './retired.js'

export type { PlanInput } from './plan-input.js'

/** The plan of one apply: a change for each selected call and each retired address, sorted by address. */
export function createPlan<Held extends PayloadHead>(input: PlanInput<Held>): Plan<Held> {
  const { lockfile, redialNames, selects = () => true } = input
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]))
  const guardRename = createRenameGuard<Held>(input)
  const compareMoved = createCompareMoved(input)
  const calls = input.payloads
    .filter((payload) => selects(payload.address))
    .map((payload): Change<Held> => {
      const { address } = payload
      const known = {
        entry: entryOf(lockfile, address),
        observation: observed.get(address),
        isNamed: redialNames?.has(address) ?? false,
      }
      return compareMoved(payload, known) ?? guardRename(compareCall(payload, known))
    })
  const moved = new Set(calls.map((change) => change.movedFrom))
  const retired = findRetired(input).filter(({ address }) => selects(address) && !moved.has(address))
  const limited = limitCalls(limitPeople(calls, input.limits), input)
  return { changes: [...limited, ...retired].sort(byAddress) }
}
