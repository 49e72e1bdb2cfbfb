// Saved plans: written whole, read as a stranger's file, and compared with what would be planned now by whoever applies
// them.

import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { RecordError, UsageError } from '../../model/errors.js'
import type { SavedChange, SavedPlan } from '../../model/plan.js'
import type { FileSystem } from '../disk/file-system.js'
import { closeQuietly, errorCode, nodeFileSystem, removeQuietly, syncFolder } from '../disk/file-system.js'
import { writeNewFile } from '../disk/write-new-file.js'
import { formatPlanEnd, formatPlanStart, formatSavedChange, formatSeal } from './plan-form.js'

// `plan --out`: a plan as a file, with the very bytes that are to be sent. Its last line is the SHA-256 of all
// before it, so that a file that was cut or edited is refused.

/** Its changes may be made one by one as they are written. */
export interface PlanToSave extends Omit<SavedPlan, 'changes'> {
  readonly changes: Iterable<SavedChange>
}

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

/** The file's bytes, made change by change, and then the seal. */
export function* planPieces({ changes, ...head }: PlanToSave): Generator<Buffer> {
  const seal = createHash('sha256')
  const sealed = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    seal.update(bytes)
    return bytes
  }
  let text = formatPlanStart(head)
  let count = 0
  for (const change of changes) {
    text += `${count === 0 ? '' : ','}${formatSavedChange(change)}`
    count += 1
    if (text.length < pieceLength) continue
    yield sealed(text)
    text = ''
  }
  yield sealed(`${text}${formatPlanEnd(count)}`)
  yield Buffer.from(formatSeal(seal.digest('hex')))
}
