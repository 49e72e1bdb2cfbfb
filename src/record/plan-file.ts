import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { RecordError, UsageError } from '../model/errors.js'
import type { SavedChange, SavedPlan } from '../model/plan.js'
import type { FileSystem } from './file-system.js'
import { closeQuietly, errorCode, nodeFileSystem, removeQuietly, syncFolder } from './file-system.js'
import { writeNewFile } from './write-new-file.js'

// `plan --out`: a plan as a file, with the very bytes that are to be sent. Its last line is the SHA-256 of all
// before it, so that a file that was cut or edited is refused.

/** Its changes may be made one by one as they are written. */
export interface PlanToSave extends Omit<SavedPlan, 'changes'> {
  readonly changes: Iterable<SavedChange>
}

export const planFormat = 1

/** The end of the file, which says what all before it hashes to. */
export const formatSeal = (sha256: string): string => `  "sha256": "${sha256}"\n}\n`

/** Replaces the file as a whole, durably. It may hold names and numbers of people, so nobody else may read it. */
export function savePlan(
  path: string,
  plan: PlanToSave,
  unique: string,
  files: FileSystem = nodeFileSystem,
): void {
  const temporary = join(dirname(path), `.callctl-plan-${unique}.tmp`)
  try {
    refuseStrange(files, path)
    closeQuietly(files, writeNewFile(files, temporary, planPieces(plan), 0o600))
    try {
      files.renameSync(temporary, path)
    } catch (cause) {
      removeQuietly(files, temporary)
      throw cause
    }
    syncFolder(files, dirname(path))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    const hint = 'Check the folder, its permissions and the disk.'
    throw new RecordError(`${path}: the plan cannot be saved (${errorCode(cause)})`, hint, { cause })
  }
}

/** Only a regular file is ever replaced. */
function refuseStrange(files: FileSystem, path: string): void {
  try {
    if (files.lstatSync(path).isFile()) return
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return
    throw cause
  }
  throw new UsageError(`${path} exists and is no regular file.`)
}

/** In UTF-16 units. */
const pieceLength = 64 * 1024

/** By line feeds alone: a regular expression's lines end at U+2028, too, which JSON leaves in its strings. */
const indented = (change: SavedChange): string => JSON.stringify(change, null, 2).replaceAll('\n', '\n    ')

/** The file's bytes, made change by change: as JSON.stringify would indent the whole, and then the seal. */
export function* planPieces({ changes, ...head }: PlanToSave): Generator<Buffer> {
  const seal = createHash('sha256')
  const sealed = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    seal.update(bytes)
    return bytes
  }
  const opening = JSON.stringify({ callctlPlan: planFormat, ...head }, null, 2).replace(/\n\}$/, ',\n')
  let text = `${opening}  "changes": [`
  let count = 0
  for (const change of changes) {
    text += `${count === 0 ? '' : ','}\n    ${indented(change)}`
    count += 1
    if (text.length < pieceLength) continue
    yield sealed(text)
    text = ''
  }
  yield sealed(`${text}${count === 0 ? '' : '\n  '}],\n`)
  yield Buffer.from(formatSeal(seal.digest('hex')))
}
