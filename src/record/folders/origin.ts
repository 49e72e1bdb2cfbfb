import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isJsonObject } from '../../model/json.js'
import { closeQuietly, type FileSystem, nodeFileSystem, readFile } from '../disk/file-system.js'
import { publishFile } from '../disk/publish-file.js'
import { thisMachine } from '../disk/this-machine.js'

// Where a record was begun. A copy, a restored backup and a snapshot have everything else in common with the original.

const nameOf = (folder: string): string => join(folder, 'origin.json')

export interface Origin {
  /** The attempts folder, as it was. */
  readonly folder: string
  /** Tells machines apart and names none; absent where the system does not tell. */
  readonly machine?: string
}

/** Only `doctor` asks for it: nothing is refused where it cannot be written. */
export function writeOrigin(folder: string, unique: string, files: FileSystem): void {
  const bytes = Buffer.from(`${JSON.stringify(originHere(folder))}\n`)
  try {
    const temporary = join(folder, `.claim-${unique}.origin`)
    const file = publishFile(files, { path: nameOf(folder), temporary, bytes, mode: 0o600 })
    if (file !== undefined) closeQuietly(files, file)
  } catch {
    // The record is as good without.
  }
}

/** Undefined where a record of an older callctl, or nothing, is. */
export function readOrigin(folder: string, files: FileSystem): Origin | undefined {
  try {
    const value: unknown = JSON.parse(readFile(files, nameOf(folder), 16_384).bytes.toString('utf8'))
    if (!isJsonObject(value) || typeof value['folder'] !== 'string') return undefined
    const { folder: begun, machine } = value
    return { folder: begun, ...(typeof machine === 'string' ? { machine } : {}) }
  } catch {
    return undefined
  }
}

export function originHere(folder: string): Origin {
  const { machineId } = thisMachine()
  if (machineId === undefined) return { folder }
  const machine = createHash('sha256').update(`callctl ${machineId}`).digest('hex').slice(0, 32)
  return { folder, machine }
}

/** How a record was moved since it was begun, as far as that shows. */
export function describeOrigin(folder: string, files: FileSystem = nodeFileSystem): string | undefined {
  const begun = readOrigin(folder, files)
  if (begun === undefined) return undefined
  const here = originHere(folder)
  if (begun.machine !== undefined && here.machine !== undefined && begun.machine !== here.machine)
    return `This record was begun on another machine, in ${begun.folder}`
  return begun.folder === here.folder ? undefined : `This record was begun in another folder, ${begun.folder}`
}
