import { createHash } from 'node:crypto'
import { StalePlanError, UsageError } from '../../model/errors.js'
import type { SavedChange, SavedPlan } from '../../model/plan.js'
import { errorCode, type FileSystem, nodeFileSystem, readFile } from '../disk/file-system.js'
import { HeldText } from '../held/held-text.js'
import { formatPlanEnd, formatPlanStart, formatSavedChange, formatSeal, planFormat } from './plan-form.js'
import { areApart, isPlanHead, isSavedChange, type PlanHead } from './saved-plan.js'

const longestPlan = 256 * 1024 * 1024
const formatForm = /^\{\n {2}"callctlPlan": (\d{1,9}),\n/
const sealSize = formatSeal('').length + 64

/** Throws UsageError for what is no plan, and StalePlanError for one that is damaged or of another format. */
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
  const format = Number(found[1])
  if (format > planFormat) {
    throw new StalePlanError(`${path} was saved by a newer callctl.`, 'Update callctl, or make a new plan.')
  }
  if (format < planFormat) {
    const message = `${path} was saved by an older callctl: it does not say for which workspace and environment.`
    throw new StalePlanError(message, 'Make a new plan.')
  }
  const plan = isSealed(bytes) ? parsePlan(bytes.subarray(0, -sealSize)) : undefined
  if (plan !== undefined) return plan
  throw new StalePlanError(
    `${path} is cut off, or is not as callctl wrote it: nothing was sent.`,
    'Make a new plan.',
  )
}

function isSealed(bytes: Buffer): boolean {
  const hash = createHash('sha256').update(bytes.subarray(0, -sealSize))
  const seal = formatSeal(hash.digest('hex'))
  return bytes.length > sealSize && bytes.subarray(-sealSize).toString('latin1') === seal
}

/** Undefined for whatever callctl would not have written, byte for byte. */
function parsePlan(bytes: Buffer): SavedPlan | undefined {
  try {
    const start = bytes.indexOf(opening)
    const first = start + opening.length
    const head = start < 0 ? undefined : parseHead(bytes.subarray(0, first))
    const changes = head === undefined ? undefined : parseChanges(bytes.subarray(first))
    return head === undefined || changes === undefined || !areApart(changes)
      ? undefined
      : { ...head, changes }
  } catch {
    return undefined
  }
}

// No line in a string can be taken for one of these: JSON breaks none.
const opening = '\n  "changes": ['
const changeEnd = '\n    }'

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

function parseHead(bytes: Buffer): PlanHead | undefined {
  const text = decode(bytes)
  const { callctlPlan: _, ...head } = JSON.parse(`${text}]}`) as Record<string, unknown>
  const { changes: __, ...rest } = head
  return isPlanHead(rest) && formatPlanStart(rest) === text ? rest : undefined
}

/** Change by change, so that not all of their texts are held at once. */
function parseChanges(bytes: Buffer): readonly SavedChange[] | undefined {
  const held = new HeldText()
  const changes: SavedChange[] = []
  let at = 0
  for (let end = endOfChange(bytes, at); end >= 0; end = endOfChange(bytes, at)) {
    const text = decode(bytes.subarray(at, end))
    const change: unknown = JSON.parse(text)
    if (!isSavedChange(change) || formatSavedChange(change) !== text) return undefined
    changes.push(holdText(change, held))
    const isLast = bytes[end] !== comma
    at = isLast ? end : end + 1
    if (isLast) break
  }
  return bytes.toString('latin1', at) === formatPlanEnd(changes.length) ? changes : undefined
}

const comma = 0x2c

/** Behind the change that begins here; -1 where none does. */
function endOfChange(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(changeEnd, start)
  return end < 0 ? -1 : end + changeEnd.length
}

/** A change whose text is where it needs little memory. */
function holdText(change: SavedChange, held: HeldText): SavedChange {
  if (change.payload === undefined) return change
  const { text, ...rest } = change.payload
  const place = held.add(text)
  return {
    ...change,
    payload: {
      ...rest,
      get text() {
        return held.at(place)
      },
    },
  }
}
