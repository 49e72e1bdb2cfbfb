import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import { isJsonObject } from '../../model/json.js'
import type { FileSystem } from '../disk/file-system.js'
import { errorCode, readFile } from '../disk/file-system.js'
import { type Machine, readProcessStart, thisMachine } from '../disk/this-machine.js'
import type { RecordPlace } from '../folders/folders.js'

/** Who holds the run lock, as `run.lock` in the attempts folder says. */
export interface LockOwner extends Machine {
  readonly pid: number
  /** When the process started, in the kernel's own count: a pid alone may be another's by now. */
  readonly processStart?: string
  /** The lock's name for the kernel. */
  readonly lock: string
  readonly command: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly operator?: string
}

export type OwnerRecord = LockOwner | 'unreadable' | undefined

export const ownerPath = (place: RecordPlace): string => join(place.attempts, 'run.lock')

export function readOwner(place: RecordPlace, files: FileSystem): OwnerRecord {
  try {
    const value: unknown = JSON.parse(readFile(files, ownerPath(place), 16_384).bytes.toString('utf8'))
    return isOwner(value) ? value : 'unreadable'
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    if (cause instanceof SyntaxError) return 'unreadable'
    throw new RecordError(`${ownerPath(place)} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}

function isOwner(value: unknown): value is LockOwner {
  if (!isJsonObject(value)) return false
  const texts = ['host', 'lock', 'command', 'startedAt']
  const optional = ['operator', 'processStart', 'machineId', 'bootId', 'pidNamespace', 'netNamespace']
  return (
    Number.isSafeInteger(value['pid']) &&
    texts.every((key) => typeof value[key] === 'string') &&
    optional.every((key) => value[key] === undefined || typeof value[key] === 'string')
  )
}

/**
 * What is left of the holder of a record, asked by one who holds the kernel's lock of name `lock`: `alive`,
 * `dead`, or `unknown` for one on a machine, or in a container, that this process cannot look into.
 */
export function judgeOwner(owner: LockOwner, lock: string): 'alive' | 'dead' | 'unknown' {
  const here = thisMachine()
  if (here.bootId === undefined) return owner.host === here.host && owner.lock === lock ? 'dead' : 'unknown'
  if (owner.bootId !== here.bootId) {
    const isRestarted = owner.host === here.host && here.machineId !== undefined
    return isRestarted && owner.machineId === here.machineId ? 'dead' : 'unknown'
  }
  if (here.pidNamespace !== undefined && owner.pidNamespace === here.pidNamespace) {
    const start = readProcessStart(owner.pid)
    return start !== undefined && start === owner.processStart ? 'alive' : 'dead'
  }
  const isSeen = here.netNamespace !== undefined && owner.netNamespace === here.netNamespace
  return isSeen && owner.lock === lock ? 'dead' : 'unknown'
}

export function describeOwner({ pid, host, command, startedAt, operator }: LockOwner): string {
  const by = operator === undefined ? '' : ` by ${operator}`
  return `process ${pid} on ${host}, \`callctl ${command}\`, since ${startedAt}${by}`
}
