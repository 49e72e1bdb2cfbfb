import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import { isJsonObject } from '../../model/json.js'
import { errorCode, makeFolder, nodeFileSystem, readFile, removeQuietly } from '../disk/file-system.js'
import { replaceFile } from '../disk/replace-file.js'
import type { RecordPlace } from '../folders/folders.js'
import { type Identity, unfit } from './unfit.js'

// The note beside the attempts of which database this machine's record is shared with: another one, or the same one set
// back, would take addresses for free that are not. While it is there, the record cannot be used without a database.

const pathOf = ({ attempts }: RecordPlace): string => join(attempts, 'shared')

/** Undefined where this machine has never used a shared record for this workspace. Throws RecordError. */
export function readNote(place: RecordPlace): Identity | undefined {
  const path = pathOf(place)
  let text: string
  try {
    text = readFile(nodeFileSystem, path, 1024).bytes.toString('utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new RecordError(`${path} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
  const { system, timeline } = parse(text)
  if (typeof system === 'string' && Number.isSafeInteger(timeline))
    return { system, timeline: Number(timeline) }
  throw new RecordError(
    `${path} does not say which database the record is shared with`,
    'Move it away once you know that the database is the right one; `callctl record check` says which it is.',
  )
}

function parse(text: string): { readonly system?: unknown; readonly timeline?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

export function writeNote(place: RecordPlace, { system, timeline }: Identity): void {
  const noted = readNoteQuietly(place)
  if (noted?.system === system && noted.timeline === timeline) return
  makeFolder(nodeFileSystem, place.attempts)
  replaceFile(pathOf(place), `${JSON.stringify({ system, timeline })}\n`)
}

export const removeNote = (place: RecordPlace): void => removeQuietly(nodeFileSystem, pathOf(place))

function readNoteQuietly(place: RecordPlace): Identity | undefined {
  try {
    return readNote(place)
  } catch {
    return undefined
  }
}

/** Throws RecordError where the database is not the one that was noted, or may lack claims that it had then. */
export function requireNoted(noted: Identity | undefined, found: Identity): void {
  if (noted === undefined) return
  if (noted.system !== found.system) {
    throw unfit(
      `it is another database (${found.system}) than this machine has used before (${noted.system})`,
      'If it was restored from a dump: `callctl record import` on each machine, then `callctl record accept`.',
    )
  }
  if (found.timeline < noted.timeline) {
    throw unfit(
      `it is on timeline ${found.timeline}, which this machine saw go on as ${noted.timeline}: an old primary`,
      'Connect to the server that took over.',
    )
  }
  if (found.timeline > noted.timeline) {
    throw unfit(
      `it went over to timeline ${found.timeline} since this machine used it (${noted.timeline}): a fail-over or a recovery, which may have lost claims`,
      '`callctl record import` on each machine puts back what they know; then `callctl record accept` goes on with it.',
    )
  }
}

/** Where `callctl.yaml` says nothing of a shared record: this machine has none, and neither has its environment. */
export function refuseUnsaid(place: RecordPlace): void {
  if (readNote(place) === undefined) return
  throw new RecordError(
    'This workspace’s record is shared, and callctl.yaml does not say so any more',
    'Add `record: { kind: postgres }`, or go back to local records: `callctl record export --leave`.',
  )
}
