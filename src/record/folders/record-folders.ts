import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import { errorCode } from '../disk/file-system.js'
import { isUuid } from '../disk/forms.js'
import { decodeName } from '../disk/names.js'

// Where records lie below one base: git's common folder, or outside git the workspace's `.callctl`. A record is begun
// in the folder of its path, and stays there for ever; it is known by the lineage that the folder notes. So a workspace
// that was moved finds its record, and two paths of one lineage have one record.

/** The note in a folder that is the record of this lineage. */
export const lineageNote = 'lineage'
/** The note in a path's folder: the lockfile there has this lineage, whose record lies elsewhere. */
export const pathNote = 'lineage-of-path'

export interface RecordFolder {
  readonly folder: string
  /** As the folder notes; absent where it is no record, or has lost the note. */
  readonly lineage?: string
  /** The lineage that the lockfile of this path has, where the record lies elsewhere. */
  readonly lineageOfPath?: string
  /** Of the workspace, from the top of the work tree; absent for a folder that is no path's. */
  readonly path?: string
  readonly environmentName?: string
}

/** All folders that are, or could be, a record. */
export function listRecordFolders(base: string): readonly RecordFolder[] {
  if (!isFolder(base)) return []
  const named = namesIn(join(base, 'workspaces')).map((name) => ({
    folder: join(base, 'workspaces', name),
    path: decodeName(name),
  }))
  const bare = namesIn(join(base, 'records')).map((name) => ({ folder: join(base, 'records', name) }))
  return [{ folder: base, path: '' }, ...named, ...bare].flatMap((each) => {
    const environments = namesIn(join(each.folder, 'environments')).map((name) => ({
      ...each,
      folder: join(each.folder, 'environments', name),
      environmentName: decodeName(name),
    }))
    return [each, ...environments].map(withNotes)
  })
}

const withNotes = <Each extends { readonly folder: string }>(each: Each): Each & RecordFolder => {
  const lineage = readNote(join(each.folder, lineageNote))
  const lineageOfPath = readNote(join(each.folder, pathNote))
  return {
    ...each,
    ...(lineage === undefined ? {} : { lineage }),
    ...(lineageOfPath === undefined ? {} : { lineageOfPath }),
  }
}

/** Real folders alone: a linked one could hide a record, or show a stranger's. */
function namesIn(folder: string): readonly string[] {
  if (!isFolder(folder)) return []
  return orRefuse(folder, () => readdirSync(folder))
    .toSorted()
    .filter((name) => isFolder(join(folder, name)))
}

const isFolder = (path: string): boolean => kindOf(refuseLink(path))?.isDirectory() === true

const kindOf = (path: string) => orRefuse(path, () => lstatSync(path, { throwIfNoEntry: false }))

/** The path, which may not be a link: that could lead to what is not ours. */
export function refuseLink(path: string): string {
  if (!kindOf(path)?.isSymbolicLink()) return path
  throw new RecordError(
    `${path} is a symbolic link`,
    'callctl keeps its record in real files: remove the link.',
  )
}

/** A note that cannot be read might be of the very record that is looked for. */
export function readNote(path: string): string | undefined {
  const kind = kindOf(path)
  if (kind === undefined) return undefined
  const text = kind.isFile() && kind.size < 64 ? orRefuse(path, () => readFileSync(path, 'utf8')).trim() : ''
  if (isUuid(text)) return text
  throw new RecordError(`${path} holds no UUID`, 'Write the `lineage` of this workspace’s lockfile into it.')
}

function orRefuse<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    throw new RecordError(`${path} cannot be read (${errorCode(cause)})`, 'Repair its permissions.', {
      cause,
    })
  }
}

/** Whether the folder has a file of an attempt. */
export const hasAttemptFiles = (folder: string): boolean =>
  isFolder(folder) && orRefuse(folder, () => readdirSync(folder)).some((name) => /^[^.].*@\d+$/.test(name))
