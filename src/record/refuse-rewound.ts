import type { HistoricText } from '../git/history.js'
import { isShallow, readHistory } from '../git/history.js'
import type { ProgramEnvironment } from '../git/program.js'
import { RecordError } from '../model/errors.js'
import { isJsonObject } from '../model/json.js'
import type { Lockfile } from '../model/lockfile.js'
import type { RecordPlace } from './folders.js'
import { forgottenIds } from './forget-address.js'
import type { LoadedRecord } from './load-record.js'

/**
 * Before calls are placed: refuses when some commit's lockfile has an attempt of one of them that rang, or may
 * have, and that neither lockfile nor attempts know. So it is after a checkout of an old commit in a fresh clone,
 * and where a branch with the newer lockfile is not merged. Outside git, and for the simulator, nothing is read.
 */
export function refuseRewound(
  place: RecordPlace,
  record: LoadedRecord,
  addresses: readonly string[],
  environment: ProgramEnvironment,
): void {
  const { repository } = place
  if (repository === undefined || addresses.length === 0) return
  if (!record.exists && isShallow(repository)) throw tooShallow(place)
  const find = createSearch(record.lockfile, addresses)
  for (const version of readHistory(repository, environment)) {
    if (!record.exists) throw missing(place, version)
    const address = find(version.text)
    if (address !== undefined) throw rewound(place, version, address)
  }
}

/** Finds one of the addresses with an attempt that is news. */
function createSearch(
  lockfile: Lockfile,
  addresses: readonly string[],
): (text: string) => string | undefined {
  const wanted = new Set(addresses)
  const forgotten = forgottenIds(lockfile)
  return (text) => {
    const named = namesIn(text).filter((name) => wanted.has(name))
    if (named.length === 0) return undefined
    const old = parse(text)
    if (old === undefined) return named[0]
    if (old['lineage'] !== lockfile.lineage) return undefined
    return named.find((address) => {
      const known = new Set([
        ...forgotten,
        ...attemptsIn(lockfile.calls, address).map((each) => each.attempt),
      ])
      return attemptsIn(old['calls'], address).some(
        ({ state, attempt }) => state !== 'failed' && !known.has(attempt),
      )
    })
  }
}

/** Keys of objects: cheap to find, where reading every old lockfile as a whole is not. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/("(?:[^"\\\n]|\\.)*")\s*:\s*\{/g)].map(([, name]) => unquote(name!))

function unquote(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return ''
  }
}

/** Undefined for a version with conflict markers and the like: what it says counts, whatever it is. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function attemptsIn(calls: unknown, address: string): readonly { state: unknown; attempt: unknown }[] {
  if (!isJsonObject(calls) || !Object.hasOwn(calls, address)) return []
  const entry: unknown = calls[address]
  if (!isJsonObject(entry)) return []
  const earlier = Array.isArray(entry['attempts']) ? entry['attempts'].filter(isJsonObject) : []
  return [...earlier, entry].map((each) => ({ state: each['state'], attempt: each['attempt'] }))
}

const short = ({ commit }: HistoricText): string => commit.slice(0, 12)

const rewound = (place: RecordPlace, version: HistoricText, address: string): RecordError =>
  new RecordError(
    `${address} was placed before: commit ${short(version)} records it, and ${place.lockfile} does not`,
    'Bring in the newest lockfile (merge that commit); then see what `callctl plan` says.',
  )

const missing = (place: RecordPlace, version: HistoricText): RecordError =>
  new RecordError(
    `${place.lockfile}: the lockfile is missing although commit ${short(version)} has it`,
    `Restore it: git checkout ${short(version)} -- ${place.repository?.path}`,
  )

const tooShallow = (place: RecordPlace): RecordError =>
  new RecordError(
    `${place.lockfile} does not exist, and this clone is too shallow to tell whether it ever did`,
    'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow.',
  )
