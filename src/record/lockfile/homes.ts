import { keyOfAddress } from '../../model/address.js'
import { indexKeys } from '../../model/record/address-index.js'
import type { Attempt } from '../../model/record/attempt.js'
import type { Lockfile } from '../../model/record/lockfile.js'

/**
 * Attempts by the address whose they are: as it is spelled in the lockfile, or where that has none, in the newest
 * attempt. Numbers go on over all spellings of an address; where two have one number, older versions took them for two
 * calls, and rang both: these stay apart.
 */
export function groupByHome(
  { calls }: Lockfile,
  attempts: readonly Attempt[],
): ReadonlyMap<string, readonly Attempt[]> {
  const groups = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    const group = groups.get(attempt.address)
    if (group === undefined) groups.set(attempt.address, [attempt])
    else group.push(attempt)
  }
  const strays = [...groups.keys()].filter((address) => !Object.hasOwn(calls, address))
  if (strays.length > 0) bringHome(strays, groups, calls)
  return groups
}

function bringHome(
  strays: readonly string[],
  groups: Map<string, Attempt[]>,
  calls: Lockfile['calls'],
): void {
  const recorded = indexKeys(calls)
  for (const spellings of bySpelling(strays)) {
    const [entry, ...entries] = recorded.spellingsOf(spellings[0]!)
    if (entries.length > 0) continue
    if (entry === undefined && spellings.length === 1) continue
    const all = entry === undefined ? spellings : [entry, ...spellings]
    const found = all.flatMap((address) => groups.get(address) ?? [])
    if (new Set(found.map(({ number }) => number)).size < found.length) continue
    for (const address of all) groups.delete(address)
    groups.set(entry ?? newestOf(found).address, found)
  }
}

function bySpelling(addresses: readonly string[]): Iterable<readonly string[]> {
  const spellings = new Map<string, string[]>()
  for (const address of addresses) {
    const key = keyOfAddress(address)
    spellings.set(key, [...(spellings.get(key) ?? []), address])
  }
  return spellings.values()
}

/** The name of a damaged one's file does not tell how its address was spelled. */
function newestOf(attempts: readonly Attempt[]): Attempt {
  const sorted = attempts.toSorted((a, b) => a.number - b.number)
  return sorted.findLast(({ attemptId }) => attemptId !== '') ?? sorted.at(-1)!
}
