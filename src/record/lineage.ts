import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import type { FileSystem } from './file-system.js'
import { closeQuietly, errorCode, makeFolder, readFile } from './file-system.js'
import type { RecordPlace } from './folders.js'
import { isUuid } from './forms.js'
import { orRefuse, publishFile } from './publish-file.js'

// The attempts folder's own note of which lockfile it belongs to.

const pathOf = (place: RecordPlace): string => join(place.attempts, 'lineage')

export function readLineage(place: RecordPlace, files: FileSystem): string | undefined {
  const lineage = readText(place, files)?.trim()
  if (lineage === undefined || isUuid(lineage)) return lineage
  throw new RecordError(
    `${pathOf(place)} holds no UUID`,
    'Write the `lineage` of this workspace’s lockfile into it.',
  )
}

/** Notes the lineage durably on the first apply. `unique` is a UUID that no other process has. */
export function ensureLineage(place: RecordPlace, lineage: string, unique: string, files: FileSystem): void {
  if (readLineage(place, files) === undefined) publishLineage(place, lineage, unique, files)
  refuseForeign(place, readLineage(place, files), lineage)
}

/** A copied template repository, or a lockfile pasted from another workspace, says nothing about these attempts. */
export function refuseForeign(place: RecordPlace, own: string | undefined, lineage: string): void {
  if (own === undefined || own === lineage) return
  throw new RecordError(
    `${place.lockfile} is of another lineage (${lineage}) than the attempts in ${place.attempts} (${own})`,
    'Restore this workspace’s own lockfile with git; if its attempts are another workspace’s, move that folder away.',
  )
}

/** A killed run of the same lockfile may have left its temporary file behind, so these names are numbered. */
const mostTemporaries = 50

function publishLineage(place: RecordPlace, lineage: string, unique: string, files: FileSystem): void {
  orRefuse(place.attempts, () => makeFolder(files, place.attempts))
  const bytes = Buffer.from(`${lineage}\n`)
  for (let number = 1; ; number++) {
    const temporary = join(place.attempts, `.claim-${unique}.${number}`)
    try {
      const file = publishFile(files, { path: pathOf(place), temporary, bytes, mode: 0o600 })
      if (file !== undefined) closeQuietly(files, file)
      return
    } catch (cause) {
      if (errorCode((cause as Error).cause) !== 'EEXIST' || number === mostTemporaries) throw cause
    }
  }
}

function readText(place: RecordPlace, files: FileSystem): string | undefined {
  try {
    return readFile(files, pathOf(place), 64).bytes.toString('utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new RecordError(`${pathOf(place)} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}
