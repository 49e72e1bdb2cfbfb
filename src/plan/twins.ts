import { rings } from '../model/action.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import type { EntryState } from '../model/record/lockfile.js'
import { compareCall, describeUncertain, type Known } from './compare-call.js'
import { describePlaced, type FoundEntry } from './entries.js'
import { listNames } from './list-names.js'

const order: readonly EntryState[] = ['uncertain', 'placed', 'ended', 'failed']

/**
 * A call whose address stands in the record in several spellings: older versions took them for several calls, and may
 * have rung each. All are shown, and nothing is sent for any until a person has forgotten all but one.
 */
export function compareTwins<Held extends PayloadHead>(
  payload: Held,
  twins: readonly FoundEntry[],
  known: Pick<Known, 'isNamed'>,
): readonly Change<Held>[] {
  const [first] = twins.toSorted((a, b) => rankOf(a) - rankOf(b))
  const change = compareCall(payload, { ...known, entry: first!.entry, recordedAs: first!.address })
  const names = listNames(
    twins.map(({ address }) => `\`${address}\``),
    ' and ',
  )
  const reason = `${change.reason}; recorded as ${names}, which are one address: neither is dialed until \`callctl forget\` has taken one away, once it has ended`
  const own: Change<Held> = rings(change.action)
    ? { ...change, action: 'blocked', code: 'plan/two-spellings', reason }
    : { ...change, reason }
  const shown = twins.filter(({ address }) => address !== own.address)
  return [own, ...shown.map((twin) => describeTwin(twin, names))]
}

const rankOf = ({ entry }: FoundEntry): number => order.indexOf(entry.state)

function describeTwin({ address, entry }: FoundEntry, names: string): Change<never> {
  if (entry.state === 'uncertain')
    return { address, entry, action: 'uncertain', reason: describeUncertain(entry) }
  const past = entry.state === 'failed' ? 'the last attempt failed' : describePlaced(entry)
  return { address, entry, action: 'none', reason: `${past}; recorded as ${names}, which are one address` }
}
