import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Collection, GraphVersion } from '../model/call.js'
import { isJsonObject, type JsonObject } from '../model/json.js'
import { appendText, isCallStore, refuseForeign } from './own-file.js'

/** A call as the simulator keeps it. The object holds people's names and numbers: its file is never committed. */
export interface CallRecord {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly version: GraphVersion
  readonly collection: Collection
  readonly applicationId?: string
  readonly scenarioId: string
  /** As answered at creation, without id and context. */
  readonly call: JsonObject
  /** Milliseconds since 1970 of the last keepAlive. */
  readonly keptAliveAt?: number
  readonly invited?: readonly Party[]
  /** Ids of participants. */
  readonly removed?: readonly string[]
  readonly muted?: readonly string[]
  /** The chat that the call got by an invitation. */
  readonly chatInfo?: JsonObject
  readonly operations?: readonly StoredOperation[]
  readonly transfer?: Transfer
  /** audioRoutingGroup objects. */
  readonly routingGroups?: readonly JsonObject[]
}

/** Somebody who was invited: an invitationParticipantInfo. */
export interface Party {
  readonly id: string
  readonly info: JsonObject
}

export interface StoredOperation {
  readonly id: string
  /** Without namespace, such as `playPromptOperation`. */
  readonly type: string
  readonly clientContext: string | null
  /** Milliseconds since 1970 at which it ends. */
  readonly endsAt: number
  readonly isCanceled?: true
  /** What its type has besides. */
  readonly extra: JsonObject
}

export interface Transfer {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The call comes back instead of ending. */
  readonly fails: boolean
}

/** The calls that have not been hung up. Each change is in the file before the function returns. */
export interface CallStore {
  add(record: CallRecord): void
  /** May find a call that has ended by itself: see `stateOf`. */
  find(id: string): CallRecord | undefined
  /** Replaces a call that is there. */
  update(record: CallRecord): void
  end(id: string): void
}

interface StoreOptions {
  readonly path: string | undefined
  /** Whether a call has ended by itself. */
  isOver(record: CallRecord): boolean
  uuid(): string
}

/** Throws UsageError for a file that is no store. One process at a time sees all calls of a file: another one's later calls are not noticed. */
export function openStore(options: StoreOptions): CallStore {
  const { path, isOver } = options
  const calls = path === undefined ? new Map<string, CallRecord>() : loadCalls(path, options)
  const write = (line: object): void => {
    if (path !== undefined) appendText(path, formatLine(line), 0o600)
  }
  return {
    add(record) {
      write({ created: record })
      calls.set(record.id, record)
      // The oldest come first and end first: each call is dropped once, so that this costs nothing on the whole.
      for (const old of calls.values()) {
        if (!isOver(old)) break
        calls.delete(old.id)
      }
    },
    find: (id) => calls.get(id),
    update(record) {
      write({ updated: record })
      calls.set(record.id, record)
    },
    end(id) {
      write({ ended: id })
      calls.delete(id)
    },
  }
}

/** Reads what earlier processes left, and drops from the file what has ended. */
function loadCalls(path: string, { isOver, uuid }: StoreOptions): Map<string, CallRecord> {
  mkdirSync(dirname(path), { recursive: true })
  const text = readIfThere(path)
  if (!isCallStore(text)) refuseForeign(path, 'store')
  // A process that died while writing leaves half a line: the next line must not be glued to it.
  const ending = text === '' || text.endsWith('\n') ? '' : '\n'
  if (ending !== '') appendText(path, ending, 0o600)
  const calls = new Map<string, CallRecord>()
  const lines = text.split('\n').filter((line) => line !== '')
  for (const line of lines) applyLine(line, calls)
  for (const record of calls.values()) if (isOver(record)) calls.delete(record.id)
  if (calls.size < lines.length) {
    replaceFile(path, `${path}.${uuid()}`, Buffer.byteLength(text + ending), [...calls.values()])
  }
  return calls
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** A line that cannot be read is skipped: it was cut off, and its call was never answered for. */
function applyLine(line: string, calls: Map<string, CallRecord>): void {
  const entry = parseLine(line)
  if (!isJsonObject(entry)) return
  if (isCallRecord(entry['created'])) calls.set(entry['created'].id, entry['created'])
  else if (isCallRecord(entry['updated'])) calls.set(entry['updated'].id, entry['updated'])
  else if (typeof entry['ended'] === 'string') calls.delete(entry['ended'])
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isCallRecord(value: unknown): value is CallRecord {
  if (!isJsonObject(value)) return false
  return (
    typeof value['id'] === 'string' && typeof value['createdAt'] === 'number' && isJsonObject(value['call'])
  )
}

/** Leaves the file alone when another process has written to it meanwhile. */
function replaceFile(path: string, temporary: string, size: number, records: readonly CallRecord[]): void {
  writeFileSync(temporary, records.map((record) => formatLine({ created: record })).join(''), {
    mode: 0o600,
    flag: 'wx',
  })
  if (statSync(path).size === size) renameSync(temporary, path)
  else rmSync(temporary)
}

const formatLine = (line: object): string => `${JSON.stringify(line)}\n`
