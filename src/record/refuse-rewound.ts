import { type HistoricText, isShallow, openHistory } from '../git/history.js'
import { findTips } from '../git/tips.js'
import { keyOfAddress } from '../model/address.js'
import type { Environment } from '../model/environment.js'
import { RecordError } from '../model/errors.js'
import type { Asked } from './asked.js'
import { describeStrange } from './describe-strange.js'
import type { RecordPlace } from './folders/folders.js'
import type { InUse } from './folders/workspaces-in-use.js'
import type { LoadedRecord } from './load-record.js'
import {
  type Contradiction,
  contradictionsOf,
  indexKnown,
  type Known,
  parseHistoric,
} from './lockfile/historic-lockfile.js'
import { refuseLeftBehind } from './refuse-left-behind.js'
import { refuseOuter } from './refuse-outer.js'
import { refuseUntracked } from './refuse-untracked.js'

export interface Ringing {
  /** What would be placed. */
  readonly addresses: readonly string[]
  /** Addresses that are to be placed again by the word of who runs this. */
  readonly leave: readonly string[]
  /** As callctl.yaml declares them. */
  readonly environmentNames: readonly string[]
  readonly environment: Environment
}

/**
 * Before calls are placed: refuses when some own commit's lockfile has an attempt of one of them that rang, or may
 * have, and that neither lockfile nor attempts have as such. So it is after a checkout of an old commit in a fresh
 * clone, where a branch with the newer lockfile is not merged, where a workspace was moved and its lockfile was not,
 * and where somebody edited the lockfile. Returns what strangers' commits say, for a warning. Outside git, and for the
 * simulator, no history is read.
 */
export function refuseRewound(place: RecordPlace, record: LoadedRecord, ringing: Ringing): readonly string[] {
  const { repository } = place
  const { addresses, environment, environmentNames } = ringing
  if (place.home === undefined || addresses.length === 0) return []
  const asked = createAsked(ringing)
  if (repository === undefined) {
    refuseLeftBehind(place, asked, environmentNames)
    return []
  }
  if (!record.exists && isShallow(repository)) throw tooShallow(place)
  refuseUntracked(place, repository, environment)
  refuseOuter(place, record, asked)
  const tips = findTips(repository, environment)
  const history = openHistory(repository, tips, environment)
  const inUse = refuseLeftBehind(place, asked, environmentNames, history.paths)
  const search = createSearch({ place, record, asked, inUse })
  for (const version of history.readVersions()) {
    if (!record.exists && version.path === repository.path) throw missing(place, version, inUse)
    const [found] = search(version)
    if (found !== undefined) throw describeFound(place, version, found)
  }
  return describeStrange(repository, tips, environment, (version) =>
    search(version).map(({ address }) => address),
  )
}

function createAsked({ addresses, leave }: Ringing): Asked {
  const keys = new Set(addresses.map(keyOfAddress))
  const free = new Set(leave.map(keyOfAddress))
  return { isOfOwn: (key) => keys.has(key), isOfOther: (key) => keys.has(key) && !free.has(key) }
}

interface Search {
  readonly place: RecordPlace
  readonly record: LoadedRecord
  readonly asked: Asked
  readonly inUse: InUse
}

interface Found extends Contradiction {
  /** Whether it lay where this lockfile lies, or has its lineage. */
  readonly isOwn: boolean
  /** The lockfile that has its lineage now, of a workspace that lay here before. */
  readonly wentTo?: string
}

/** What a version has of the addresses that are asked for, and the record has not. */
function createSearch({ place, record, asked, inUse }: Search): (version: HistoricText) => readonly Found[] {
  const { lineage } = record.lockfile
  const path = place.repository?.path
  let known: Known | undefined
  return (version) => {
    const peeked = lineageIn(version.text)
    const isOfLineage = peeked !== undefined && peeked === lineage
    const wentTo = isOfLineage ? undefined : inUse.lineages.get(peeked ?? '')
    const isHere = version.path === path
    const isOwn = isOfLineage || (isHere && wentTo === undefined)
    const isOther = inUse.environments.has(version.path) || wentTo !== undefined
    if (!isOwn && !isHere && isOther) return []
    known ??= indexKnown(record)
    const { isOfOwn, isOfOther } = asked
    const found = contradictionsOf(parseHistoric(version.text), known, isOwn ? isOfOwn : isOfOther)
    return found.map((each) => ({ ...each, isOwn, ...(wentTo !== undefined && { wentTo }) }))
  }
}

/** Of a version with conflict markers too. A text with several has what callctl would refuse, and the first one. */
const lineageIn = (text: string): string | undefined =>
  /"lineage"\s{0,8}:\s{0,8}"([0-9a-fA-F-]{36})"/.exec(text)?.[1]

const short = ({ commit }: HistoricText): string => commit.slice(0, 12)

function describeFound(place: RecordPlace, version: HistoricText, found: Found): RecordError {
  const { address, isOwn, wentTo } = found
  if (isOwn) {
    return new RecordError(
      `${address} was placed before: commit ${short(version)} records it in ${version.path}, and ${place.lockfile} does not`,
      'Bring in the newest lockfile (merge that commit, or restore the entry from it); then see what `callctl plan` says.',
    )
  }
  if (wentTo !== undefined) {
    return new RecordError(
      `${address} was placed before: commit ${short(version)} records it in ${version.path}, of the workspace that is ${wentTo}’s now`,
      `There it is known. If this is a new workspace, whose call of that name is another one, \`--redial ${address}\` gives leave.`,
    )
  }
  const target = place.repository?.path
  return new RecordError(
    `${address} was placed before: commit ${short(version)} records it in ${version.path}, and no workspace is there any more`,
    `If this workspace was there, rename its lockfile along: git show ${short(version)}:${version.path} > ${target}. If another one was, \`--redial ${address}\` gives leave.`,
  )
}

function missing(place: RecordPlace, version: HistoricText, { lineages }: InUse): RecordError {
  const lineage = lineageIn(version.text)
  const wentTo = lineages.get(lineage ?? '')
  const begin = '`callctl lock rebuild` begins one of its own'
  if (wentTo !== undefined) {
    return new RecordError(
      `${place.lockfile} does not exist, and another workspace was here before: commit ${short(version)} has its lockfile (lineage ${lineage}), which is ${wentTo} now`,
      `If this is a new workspace, ${begin}.`,
    )
  }
  return new RecordError(
    `${place.lockfile}: the lockfile is missing although commit ${short(version)} has it (lineage ${lineage ?? 'unknown'})`,
    `Restore it: git checkout ${short(version)} -- ${place.repository?.path}. If another workspace was here, which is gone, and this is a new one, ${begin}.`,
  )
}

const tooShallow = (place: RecordPlace): RecordError =>
  new RecordError(
    `${place.lockfile} does not exist, and this clone is too shallow to tell whether it ever did`,
    'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow.',
  )
