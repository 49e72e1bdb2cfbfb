import { compareAddresses } from '../../model/address-order.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import { isOver, listLiveCalls } from '../../model/live-calls.js'
import type { Observation } from '../../model/plan.js'
import type { Entry, Lockfile } from '../../model/record/lockfile.js'
import type { StatusLine, StatusState } from '../../model/record/status-line.js'
import { createRecordedFinder } from '../workspace/find-recorded.js'
import { createSelection } from '../workspace/selection.js'
import type { StatusOptions } from './status-options.js'

export type Entries = Readonly<Record<string, Entry>>

/** The entries that are named or match. Throws UsageError for a name or pattern that means none. */
export function selectEntries({ calls }: Lockfile, options: StatusOptions): Entries {
  const named = nameEntries(calls, options.addresses ?? [])
  const { isSelective, selects, requireFound } = createSelection(options)
  if (!isSelective) return named
  const selected = Object.entries(named).filter(([address]) => selects(address))
  requireFound('`callctl lock show` lists its addresses.')
  return Object.fromEntries(selected)
}

function nameEntries(calls: Entries, addresses: readonly string[]): Entries {
  if (addresses.length === 0) return calls
  const find = createRecordedFinder({ calls })
  return Object.fromEntries(
    addresses.map((wanted) => {
      const address = find(wanted)
      return [address, calls[address]!]
    }),
  )
}

/** Whether Graph has a say in whether a call is in one of these states. */
export const needGraph = (states: readonly StatusState[] | undefined): boolean =>
  states === undefined || states.some((state) => state !== 'unknown' && state !== 'failed')

interface Looked {
  readonly observations: readonly Observation[]
  /** Ids of attempts that other runners have in flight. */
  readonly inFlight: ReadonlySet<string> | undefined
}

/** One for each address; and one more for each earlier call of it that may be live. */
export function createLines(
  entries: Entries,
  { observations, inFlight }: Looked,
  { states }: StatusOptions,
): readonly StatusLine[] {
  const seen = new Map(observations.map((each) => [`${each.callId} ${each.address}`, each]))
  const lines = Object.keys(entries)
    .sort(compareAddresses)
    .flatMap((address) => {
      const entry = entries[address]!
      const earlier = listLiveCalls(entry).filter(({ attempt }) => attempt !== entry.attempt)
      return [...earlier, entry].map((call): StatusLine => {
        const observation = seen.get(`${call.callId} ${address}`)
        const isInFlight = call.state === 'uncertain' && inFlight?.has(call.attempt) === true
        return {
          address,
          entry: call,
          ...(observation !== undefined && { observation }),
          ...(isInFlight && { isInFlight }),
        }
      })
    })
  return states === undefined ? lines : lines.filter((line) => states.some((state) => isIn[state](line)))
}

/** A call that Graph could not be asked about may be live. */
const isIn: Readonly<Record<StatusState, (line: StatusLine) => boolean>> = {
  live: (line) => line.entry.state === 'placed' && !isSeenOver(line),
  unknown: ({ entry, isInFlight }) => entry.state === 'uncertain' && isInFlight === undefined,
  placed: ({ entry }) => entry.state === 'placed',
  ended: (line) => line.entry.state === 'ended' || (line.entry.state === 'placed' && isSeenOver(line)),
  failed: ({ entry }) => entry.state === 'failed',
}

const isSeenOver = ({ observation }: StatusLine): boolean =>
  observation !== undefined && observation.problem === undefined && isOver(observation.state)

export function codeOfLine({ entry, observation, isInFlight }: StatusLine): ExitCode {
  if (isInFlight === true) return exitCodes.done
  if (entry.state === 'uncertain') return exitCodes.uncertain
  return observation?.problem === undefined ? exitCodes.done : exitCodes.graphRefused
}
