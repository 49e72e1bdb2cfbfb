import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { describeUncertain } from './compare-call.js'
import { describePlaced } from './entries.js'
import type { PlanInput } from './plan-input.js'

/** What the lockfile knows and no definition has; nothing where the definitions are not all known. */
export function findRetired(input: PlanInput<PayloadHead>): readonly Change<never>[] {
  const { definedAddresses, lockfile, prunes = false } = input
  if (definedAddresses === undefined) return []
  const selected = new Set(input.payloads.map((payload) => payload.address))
  const renamed = new Set(input.payloads.map((payload) => payload.movedFrom))
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]))
  return Object.keys(lockfile.calls)
    .filter((address) => !definedAddresses.has(address) && !selected.has(address))
    .map((address): Change<never> => {
      const entry = lockfile.calls[address]!
      // Taking a definition away settles nothing: an unknown outcome stays in sight.
      if (entry.state === 'uncertain') {
        const reason = `no longer defined; ${describeUncertain(entry)}`
        return { address, entry, action: 'uncertain', reason }
      }
      const past =
        entry.state === 'failed' ? 'last attempt failed' : describePlaced(entry, observed.get(address))
      const mayBeLive = entry.state === 'placed' && entry.callId !== undefined
      const action = prunes && mayBeLive && !renamed.has(address) ? 'hang-up' : 'retired'
      return { address, entry, action, reason: `no longer defined; ${past}` }
    })
}
