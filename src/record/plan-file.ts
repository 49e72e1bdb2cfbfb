import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { RecordError, StalePlanError, UsageError } from '../model/errors.js'
import type { SavedPlan } from '../model/plan.js'
import type { FileSystem } from './file-system.js'
import {
  closeQuietly,
  errorCode,
  nodeFileSystem,
  readFile,
  removeQuietly,
  syncFolder,
} from './file-system.js'
import { isSavedPlan } from './saved-plan.js'
import { writeNewFile } from './write-new-file.js'

// `plan --out`: a plan as a file, with the very bytes that are to be sent. Its last line is the SHA-256 of all
// before it, so that a file that was cut or edited is refused.

const longestPlan = 256 * 1024 * 1024
const format = 1
const formatForm = /^\{\n {2}"callctlPlan": (\d{1,9}),\n/
const sealSize = '  "sha256": ""\n}\n'.length + 64

/** Replaces the file as a whole, durably. It may hold names and numbers of people, so nobody else may read it. */
export function savePlan(
  path: string,
  plan: SavedPlan,
  unique: string,
  files: FileSystem = nodeFileSystem,
): void {
  const temporary = join(dirname(path), `.callctl-plan-${unique}.tmp`)
  try {
    refuseStrange(files, path)
    closeQuietly(files, writeNewFile(files, temporary, Buffer.from(formatPlanFile(plan)), 0o600))
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

export function formatPlanFile(plan: SavedPlan): string {
  const body = JSON.stringify({ callctlPlan: format, ...plan }, null, 2).replace(/\n\}$/, ',\n')
  return `${body}  "sha256": "${hash(body)}"\n}\n`
}

/** Throws UsageError for what is no plan, and StalePlanError for one that is damaged or of a newer format. */
export function readPlanFile(path: string, files: FileSystem = nodeFileSystem): SavedPlan {
  return parsePlanFile(readBytes(path, files), path)
}

function readBytes(path: string, files: FileSystem): Buffer {
  try {
    const { bytes, status } = readFile(files, path, longestPlan)
    if (status.size > longestPlan) throw new Error('over 256 MiB')
    return bytes
  } catch (cause) {
    throw new UsageError(`${path} cannot be read (${errorCode(cause)}).`)
  }
}

export function parsePlanFile(bytes: Buffer, path: string): SavedPlan {
  const found = formatForm.exec(bytes.toString('latin1', 0, 64))
  if (found === null) throw new UsageError(`${path} is no plan.`, '`callctl plan --out FILE` saves one.')
  if (Number(found[1]) > format) {
    throw new StalePlanError(`${path} was saved by a newer callctl.`, 'Update callctl, or make a new plan.')
  }
  const plan = openSeal(bytes)
  if (plan === undefined) {
    throw new StalePlanError(`${path} is cut off, or was changed after it was saved.`, 'Make a new plan.')
  }
  return plan
}

function openSeal(bytes: Buffer): SavedPlan | undefined {
  const body = bytes.subarray(0, -sealSize)
  const seal = `  "sha256": "${hash(body)}"\n}\n`
  if (bytes.length <= sealSize || bytes.subarray(-sealSize).toString('latin1') !== seal) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const { callctlPlan: _, sha256: __, ...plan } = JSON.parse(text) as Record<string, unknown>
    return isSavedPlan(plan) ? plan : undefined
  } catch {
    return undefined
  }
}

const hash = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
