import { keyOfAddress } from '../model/address.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change, EarlierOccasions } from '../model/plan.js'
import type { Entry } from '../model/record/lockfile.js'
import { describeUncertain } from './compare-call.js'
import type { DefinedAddresses } from './defined.js'
import { describePlaced } from './entries.js'
import type { PlanInput } from './plan-input.js'

export interface Retired {
  readonly changes: readonly Change<never>[]
  readonly occasions: readonly EarlierOccasions[]
}

/**
 * What the lockfile knows and no definition has; nothing where the definitions are not all known. Earlier occasions of
 * a definition that is still there are not retired: `--prune` leaves them alone, and they are counted only.
 */
export function findRetired(
  input: PlanInput<PayloadHead>,
  defined: DefinedAddresses,
  movedAddresses: ReadonlySet<string | undefined>,
): Retired {
  const { lockfile, prunes = false, selects = () => true } = input
  if (!defined.isWhole) return { changes: [], occasions: [] }
  const renamed = keysOfMoved(input)
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]))
  const earlier = new Map<string, { count: number; live: number }>()
  const changes: Change<never>[] = []
  for (const address in lockfile.calls) {
    if (defined.has(address) || !selects(address) || movedAddresses.has(address)) continue
    const entry = lockfile.calls[address]!
    const name = defined.occasionOf(address)
    // Taking a definition away settles nothing: an unknown outcome stays in sight.
    if (entry.state === 'uncertain') changes.push({ address, entry, ...describeUnknown(entry, name) })
    else if (name !== undefined) countOccasion(earlier, name, entry)
    else {
      const past =
        entry.state === 'failed' ? 'last attempt failed' : describePlaced(entry, observed.get(address))
      const mayBeLive = entry.state === 'placed' && entry.callId !== undefined
      const action = prunes && mayBeLive && !renamed.has(keyOfAddress(address)) ? 'hang-up' : 'retired'
      changes.push({ address, entry, action, reason: `no longer defined; ${past}` })
    }
  }
  return { changes, occasions: [...earlier].map(([name, counts]) => ({ name, ...counts })).sort(byName) }
}

const keysOfMoved = ({ payloads }: PlanInput<PayloadHead>): ReadonlySet<string> =>
  new Set(payloads.flatMap(({ movedFrom }) => (movedFrom === undefined ? [] : [keyOfAddress(movedFrom)])))

function describeUnknown(entry: Entry, name: string | undefined): Pick<Change, 'action' | 'reason'> {
  const what = name === undefined ? 'no longer defined' : `an earlier occasion of ${name}`
  return { action: 'uncertain', reason: `${what}; ${describeUncertain(entry)}` }
}

function countOccasion(
  earlier: Map<string, { count: number; live: number }>,
  name: string,
  { state }: Entry,
): void {
  const counts = earlier.get(name) ?? { count: 0, live: 0 }
  counts.count += 1
  if (state === 'placed') counts.live += 1
  earlier.set(name, counts)
}

const byName = (a: EarlierOccasions, b: EarlierOccasions): number => (a.name < b.name ? -1 : 1)
