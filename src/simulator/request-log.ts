import { createHash } from 'node:crypto'
import type { Reply } from './answers.js'
import type { FaultName } from './faults.js'
import type { Incoming } from './incoming.js'
import { appendText, makeRoom } from './own-file.js'

/** One request and its fate. Holds no personal data: the body is there as a hash only. */
export interface RequestLogLine {
  /** From 1, anew for each simulator that writes to the file. */
  readonly sequence: number
  /** ISO 8601, UTC. */
  readonly time: string
  readonly method: string
  readonly path: string
  /** `cut`: the client gets no complete answer. */
  readonly status: number | 'cut'
  readonly clientRequestId?: string
  readonly scenarioId?: string
  readonly callId?: string
  /** Whether this request created the call `callId`, whatever the client learned of it. */
  readonly created: boolean
  /** How many people an invitation or transfer rang, whatever the client learned of it. */
  readonly rang?: number
  /** SHA-256 (hex) of the body's bytes; absent without a body. */
  readonly bodySha256?: string
  readonly fault?: FaultName
}

export interface RequestLog {
  /** Writes before it returns, so that the log is true even when a client is killed the moment it has its answer. */
  append(incoming: Incoming, reply: Reply): void
}

export function openRequestLog(path: string | undefined): RequestLog {
  if (path === undefined) return { append() {} }
  makeRoom(path)
  let sequence = 0
  return {
    append(incoming, reply) {
      sequence += 1
      appendText(path, `${JSON.stringify(createLine(sequence, incoming, reply))}\n`, 0o666)
    },
  }
}

function createLine(sequence: number, incoming: Incoming, reply: Reply): RequestLogLine {
  const { body, clientRequestId, scenarioId } = incoming
  const { callId, rang, fault, delivery = 'whole' } = reply
  return {
    sequence,
    time: new Date(incoming.at).toISOString(),
    method: incoming.method,
    path: incoming.path.slice(0, 500),
    status: delivery === 'whole' ? reply.status : 'cut',
    ...(clientRequestId !== undefined && { clientRequestId }),
    ...(scenarioId !== undefined && { scenarioId }),
    ...(callId !== undefined && { callId }),
    created: reply.created ?? false,
    ...(rang !== undefined && { rang }),
    ...(body.length > 0 && { bodySha256: createHash('sha256').update(body).digest('hex') }),
    ...(fault !== undefined && { fault }),
  }
}
