// What is to be done, decided from payloads, lockfile and observations alone. This folder is pure: it reads
// nothing, sends nothing, and knows neither clock nor randomness. The same input gives the same plan.

import { keyOfAddress } from '../model/address.js'
import { byAddress } from '../model/address-order.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change, Plan } from '../model/plan.js'
import { attemptsOf } from '../model/record/attempt-evidence.js'
import { compareCall } from './compare-call.js'
import { indexDefined } from './defined.js'
import { indexEntries } from './entries.js'
import { limitCalls } from './limit-calls.js'
import { limitPeople } from './limit-people.js'
import { createCompareMoved } from './moved.js'
import type { PlanInput } from './plan-input.js'
import { createRenameGuard } from './rename-guard.js'
import { createRenameHint } from './rename-hint.js'
import { findRetired } from './retired.js'
import { compareTwins } from './twins.js'

export type { PlanInput } from './plan-input.js'

/** The plan of one apply: a change for each selected call and each retired address, sorted by address. */
export function createPlan<Held extends PayloadHead>(input: PlanInput<Held>): Plan<Held> {
  const { lockfile, selects = () => true } = input
  const entries = indexEntries(lockfile)
  const defined = indexDefined(input)
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]))
  const redialKeys = new Set([...(input.redialNames ?? [])].map(keyOfAddress))
  const guardRename = createRenameGuard<Held>(input, defined)
  const hintRename = createRenameHint<Held>(input, entries, defined)
  const compareMoved = createCompareMoved(input, entries, defined)
  const calls = input.payloads
    .filter((payload) => selects(payload.address))
    .flatMap((payload): Change<Held> | readonly Change<Held>[] => {
      const isNamed = redialKeys.size > 0 && redialKeys.has(keyOfAddress(payload.address))
      const [found, ...twins] = entries.of(payload.address)
      if (twins.length > 0) return compareTwins(payload, [found!, ...twins], { isNamed })
      const recordedAs = found?.address
      const observation = observed.get(recordedAs ?? payload.address)
      const isUnchanged = input.isUnchanged?.(payload) ?? false
      const known = { entry: found?.entry, recordedAs, observation, isNamed, isUnchanged }
      const change = compareMoved(payload, known) ?? compareCall(payload, known)
      // By its digest nothing can be known of a text that is not known.
      return payload.unset === undefined ? guardRename(change) : hintRename(change)
    })
  const moved = new Set(calls.map((change) => change.movedFrom))
  const retired = findRetired(input, defined, moved)
  const limited = limitCalls(limitPeople(calls, input.limits), input)
  return {
    changes: [...limited, ...retired.changes].map((change) => markInFlight(change, input)).sort(byAddress),
    ...(retired.occasions.length > 0 && { occasions: retired.occasions }),
  }
}

/** What another runner has under way is not unknown: its outcome is to come, and nobody needs to ask for it. */
export function markInFlight<Held extends PayloadHead>(
  change: Change<Held>,
  { inFlight }: Pick<PlanInput, 'inFlight'>,
): Change<Held> {
  const { action, entry } = change
  if (action !== 'uncertain' || entry === undefined || inFlight === undefined) return change
  const unknown = attemptsOf(entry).filter(({ state }) => state === 'uncertain')
  if (unknown.length === 0 || !unknown.every(({ attempt }) => inFlight.has(attempt))) return change
  return { ...change, isInFlight: true, reason: 'another runner has it in flight; nothing is sent' }
}
