import { createHash } from 'node:crypto'
import { StalePlanError, UsageError } from '../model/errors.js'
import { isJsonObject } from '../model/json.js'
import type { SavedPlan } from '../model/plan.js'
import { errorCode, type FileSystem, nodeFileSystem, readFile } from './file-system.js'
import { HeldText } from './held-text.js'
import { formatSeal, planFormat } from './plan-file.js'
import { isSavedPlan } from './saved-plan.js'

const longestPlan = 256 * 1024 * 1024
const formatForm = /^\{\n {2}"callctlPlan": (\d{1,9}),\n/
const sealSize = formatSeal('').length + 64

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
  if (Number(found[1]) > planFormat) {
    throw new StalePlanError(`${path} was saved by a newer callctl.`, 'Update callctl, or make a new plan.')
  }
  const plan = isSealed(bytes) ? parsePlan(bytes) : undefined
  if (plan === undefined) {
    throw new StalePlanError(`${path} is cut off, or was changed after it was saved.`, 'Make a new plan.')
  }
  return plan
}

function isSealed(bytes: Buffer): boolean {
  const hash = createHash('sha256').update(bytes.subarray(0, -sealSize))
  const seal = formatSeal(hash.digest('hex'))
  return bytes.length > sealSize && bytes.subarray(-sealSize).toString('latin1') === seal
}

function parsePlan(bytes: Buffer): SavedPlan | undefined {
  try {
    const held = new HeldText()
    const whole = parseByChange(bytes, held) ?? parseWhole(bytes, held)
    const { callctlPlan: _, sha256: __, ...plan } = whole
    return isSavedPlan(plan) ? plan : undefined
  } catch {
    return undefined
  }
}

type Properties = Record<string, unknown>

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

function parseWhole(bytes: Buffer, held: HeldText): Properties {
  const plan = JSON.parse(decode(bytes)) as Properties
  const { changes } = plan
  return {
    ...plan,
    changes: Array.isArray(changes) ? changes.map((change) => holdText(change, held)) : changes,
  }
}

const opening = '\n  "changes": [\n'
const closing = '\n  ],\n  "sha256": '
const changeStart = '    {'
const changeEnd = '\n    }'

/**
 * The same of a file as it was written, change by change, so that not all of their texts are held at once. Undefined
 * where the file is laid out otherwise. No line in a string can be taken for another: JSON breaks none.
 */
function parseByChange(bytes: Buffer, held: HeldText): Properties | undefined {
  const start = bytes.indexOf(opening)
  const end = bytes.lastIndexOf(closing)
  if (start < 0 || end < start) return undefined
  const changes: unknown[] = []
  for (let at = start + opening.length; ; at += ',\n'.length) {
    const last = bytes.indexOf(changeEnd, at)
    if (last < 0 || last >= end || !isAt(bytes, at, changeStart)) return undefined
    const next = last + changeEnd.length
    changes.push(holdText(JSON.parse(decode(bytes.subarray(at, next))), held))
    at = next
    if (at === end) break
    if (!isAt(bytes, at, ',\n')) return undefined
  }
  const around = `${decode(bytes.subarray(0, start))}\n  "changes": []${decode(bytes.subarray(end + '\n  ]'.length))}`
  return { ...(JSON.parse(around) as Properties), changes }
}

const isAt = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.toString('latin1', at, at + text.length) === text

/** A change whose text is where it needs little memory. */
function holdText(change: unknown, held: HeldText): unknown {
  const payload = isJsonObject(change) ? change['payload'] : undefined
  if (!isJsonObject(payload) || typeof payload['text'] !== 'string') return change
  const { text, ...rest } = payload
  const place = held.add(text)
  return {
    ...(change as object),
    payload: {
      ...rest,
      get text() {
        return held.at(place)
      },
    },
  }
}
