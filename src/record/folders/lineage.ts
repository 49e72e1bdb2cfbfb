import { basename, dirname, join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { FileSystem } from '../disk/file-system.js'
import { closeQuietly, errorCode, makeFolder, readFile } from '../disk/file-system.js'
import { isUuid } from '../disk/forms.js'
import { orRefuse, publishFile } from '../disk/publish-file.js'
import type { RecordPlace } from './folders.js'
import { writeOrigin } from './origin.js'
import { lineageNote, pathNote } from './record-folders.js'

// Notes of which lockfile a record, and a path, belong to.

interface Note {
  readonly file: string
  readonly lineage: string
}

/** Every note about the lockfile at this path: of the record, and of the path's own folder. */
function readNotes(place: RecordPlace, files: FileSystem): readonly Note[] {
  const { attempts, home } = place
  const paths = [join(attempts, lineageNote)]
  if (home !== undefined && home.pathFolder !== attempts) paths.push(join(home.pathFolder, lineageNote))
  if (home !== undefined) paths.push(join(home.pathFolder, pathNote))
  return paths.flatMap((file) => {
    const lineage = readNote(file, files)
    return lineage === undefined ? [] : [{ file, lineage }]
  })
}

/** The lineage that the lockfile here has to have; undefined before the first apply. */
export const readLineage = (place: RecordPlace, files: FileSystem): string | undefined =>
  readNotes(place, files)[0]?.lineage

function readNote(file: string, files: FileSystem): string | undefined {
  const lineage = readText(file, files)?.trim()
  if (lineage === undefined || isUuid(lineage)) return lineage
  throw new RecordError(`${file} holds no UUID`, 'Write the `lineage` of this workspace’s lockfile into it.')
}

/** Notes the lineage durably on the first apply. `unique` is a UUID that no other process has. */
export function ensureLineage(place: RecordPlace, lineage: string, unique: string, files: FileSystem): void {
  const { attempts, home } = place
  refuseForeign(place, lineage, files)
  if (readNote(join(attempts, lineageNote), files) === undefined) {
    publishNote(attempts, lineageNote, lineage, unique, files)
    writeOrigin(attempts, unique, files)
  }
  if (home !== undefined && home.pathFolder !== attempts && !hasNote(home.pathFolder, files))
    publishNote(home.pathFolder, pathNote, lineage, unique, files)
  refuseForeign(place, lineage, files)
}

const hasNote = (folder: string, files: FileSystem): boolean =>
  [lineageNote, pathNote].some((name) => readNote(join(folder, name), files) !== undefined)

/** A copied template repository, or a lockfile pasted from another workspace, says nothing about these attempts. */
export function refuseForeign(place: RecordPlace, lineage: string, files: FileSystem): void {
  const note = readNotes(place, files).find((each) => each.lineage !== lineage)
  if (note === undefined) return
  const folder = dirname(note.file)
  throw new RecordError(
    `${place.lockfile} is of another lineage (${lineage}) than the attempts in ${folder} (${note.lineage})`,
    `Restore this workspace’s own lockfile with git; ${leaveForOther(place, note)}`,
  )
}

/** A record that is moved within its base stays known. */
function leaveForOther({ home }: RecordPlace, { file, lineage }: Note): string {
  const folder = dirname(file)
  if (basename(file) === pathNote) return `if another workspace was here before, remove ${file}.`
  if (home === undefined || folder === home.base)
    return 'if its attempts are another workspace’s, move that folder away.'
  const target = join(home.base, 'records', lineage)
  return `if another workspace was here before, its attempts stay known as ${target}: move that folder there.`
}

/** A killed run of the same lockfile may have left its temporary file behind, so these names are numbered. */
const mostTemporaries = 50

function publishNote(folder: string, name: string, lineage: string, unique: string, files: FileSystem): void {
  orRefuse(folder, () => makeFolder(files, folder))
  const path = join(folder, name)
  const bytes = Buffer.from(`${lineage}\n`)
  for (let number = 1; ; number++) {
    const temporary = join(folder, `.claim-${unique}.${number}`)
    try {
      const file = publishFile(files, { path, temporary, bytes, mode: 0o600 })
      if (file !== undefined) closeQuietly(files, file)
      return
    } catch (cause) {
      if (errorCode((cause as Error).cause) !== 'EEXIST' || number === mostTemporaries) throw cause
    }
  }
}

function readText(file: string, files: FileSystem): string | undefined {
  try {
    return readFile(files, file, 64).bytes.toString('utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new RecordError(`${file} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}
