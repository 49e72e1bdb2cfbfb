import { byAddress } from '../model/address-order.js'
import { listCalls } from '../model/live-calls.js'
import type { Change, Plan } from '../model/plan.js'
import { type AddressIndex, indexKeys } from '../model/record/address-index.js'
import { type Entry, entryAt, type Lockfile } from '../model/record/lockfile.js'
import { didYouMeanNamed } from '../model/words/suggest-address.js'
import { describeUncertain } from './compare-call.js'
import { describePlaced } from './entries.js'

export interface HangUpPlanInput {
  readonly lockfile: Lockfile
  /** The addresses that the user named, or `all` of the lockfile. */
  readonly addresses: readonly string[] | 'all'
  /** The id of the only attempt of these addresses whose call is meant. */
  readonly attempt?: string
}

/**
 * The plan of one hangup: `hang-up` for each call that may be live, an address's earlier ones too, for the others the
 * reason why not. `attempt` leaves all of an address's calls but one out.
 */
export function createHangUpPlan({ lockfile, addresses, attempt }: HangUpPlanInput): Plan {
  const index = indexKeys(lockfile.calls)
  const names =
    addresses === 'all'
      ? Object.keys(lockfile.calls)
      : [...new Set(addresses.map((address) => index.find(address) ?? address))]
  const changes = names.flatMap((address): readonly Change[] => {
    const entry = entryAt(lockfile, address)
    if (entry !== undefined) return decideAll(entry, attempt).map((each) => ({ address, ...each }))
    return [
      {
        address,
        action: 'blocked',
        code: 'plan/unknown-address',
        reason: describeUnknown(address, index, lockfile),
      },
    ]
  })
  return { changes: changes.sort(byAddress) }
}

type Decided = Pick<Change, 'action' | 'reason' | 'code' | 'entry'>

function decideAll(entry: Entry, attempt: string | undefined): readonly Decided[] {
  const calls = listCalls(entry).map((call) => ({ entry: call, ...decide(call) }))
  if (attempt !== undefined) return calls.filter((each) => each.entry.attempt === attempt)
  const earlier = calls.slice(0, -1).filter(({ action }) => action === 'hang-up')
  const own = { entry, ...decide(entry) }
  if (earlier.length === 0) return [own]
  const told = earlier.map((each) => ({ ...each, reason: `an earlier call; ${each.reason}` }))
  return own.action === 'none' ? told : [...told, own]
}

function describeUnknown(address: string, index: AddressIndex, { calls }: Lockfile): string {
  const spellings = index.spellingsOf(address)
  if (spellings.length > 0) return `which of ${spellings.join(' and ')}?`
  const hint = address === 'all' ? 'Did you mean `--all`?' : didYouMeanNamed(address, Object.keys(calls))
  return hint === undefined ? 'not in the lockfile' : `not in the lockfile. ${hint}`
}

function decide(entry: Entry): Pick<Change, 'action' | 'reason' | 'code'> {
  if (entry.state === 'uncertain') return { action: 'uncertain', reason: describeUncertain(entry) }
  if (entry.state === 'failed') return { action: 'none', reason: 'the last attempt was refused or not sent' }
  if (entry.state === 'ended') return { action: 'none', reason: describePlaced(entry) }
  if (entry.callId !== undefined) return { action: 'hang-up', reason: describePlaced(entry) }
  return { action: 'blocked', code: 'plan/unknown-call-id', reason: 'its call id is not recorded' }
}
