// The simulator: a local look-alike of Graph's call API, over real HTTP on 127.0.0.1. It knows nothing of callctl's
// stages, rings nobody, and contacts no host but loopback receivers of notifications. Faults are made on purpose only.
// Read on in routes.ts (what it answers), create-call.ts and live-call.ts (how), exchange.ts (over HTTP).

import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import * as callBeta from '../../schema/call-beta.generated.js'
import * as callSeed from '../../schema/call-seed.generated.js'
import * as callV1 from '../../schema/call-v1.0.generated.js'
import { UsageError } from '../model/errors.js'
import { createExchange } from './exchange.js'
import { createFaultDice } from './fault-dice.js'
import type { FaultSettings } from './faults.js'
import { refuseMalformed } from './malformed.js'
import { createNotifier } from './notifications.js'
import { participantsOf } from './operations/participants.js'
import { openRequestLog } from './request-log.js'
import { type CallRecord, openStore } from './store.js'
import { defaultTimeline, stateOf, type Timeline } from './timeline.js'
import { createTimers } from './timers.js'
import type { CallSchemas } from './world.js'

export { type FaultName, type FaultSettings, type PlannedFault, parseFaults } from './faults.js'
export type { RequestLogLine } from './request-log.js'
export type { Timeline } from './timeline.js'

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** Absolute path of an append-only NDJSON file by which calls outlive the process; absent: memory only. */
  readonly store?: string
  /** Absolute path of an NDJSON file that gets a RequestLogLine for every request, before it is answered. */
  readonly log?: string
  readonly faults?: FaultSettings
  readonly timeline?: Timeline
  readonly now?: () => number
  readonly random?: () => number
  readonly uuid?: () => string
  /** What checks bodies, and the properties of a call; the built ones unless a test brings its own. */
  readonly schemas?: CallSchemas
  /** Whether bodies may have properties that are in no schema; false when absent. */
  readonly takesUnknown?: boolean
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, to be used as Graph's root. */
  readonly url: string
  /** Ends every connection, timer and notification. Safe to repeat. */
  close(): Promise<void>
}

/** Throws UsageError when the port is taken, and whatever the file system says of an unusable store or log. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { now = Date.now, random = Math.random, uuid = randomUUID } = options
  const { timeline = defaultTimeline, faults = {} } = options
  const isOver = (record: CallRecord) => stateOf(record, timeline, now()) === 'terminated'
  const store = openStore({ path: options.store, isOver, uuid })
  const log = openRequestLog(options.log)
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 })
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`
  const timers = createTimers()
  const notifier = createNotifier({ timeline, timers, uuid, rosterOf: participantsOf })
  const exchange = createExchange({
    ...{ url, now, uuid, timeline, store, log, timers, notifier, faults },
    dice: createFaultDice(faults, random),
    takesUnknown: options.takesUnknown === true,
    schemas: options.schemas ?? { seed: callSeed, beta: callBeta, 'v1.0': callV1 },
  })
  // No request is lost: none can be read before this turn of the event loop is over.
  server.on('request', exchange)
  server.on('clientError', (error, socket) => refuseMalformed(error, socket as Socket, timers))
  return {
    url,
    close: async () => {
      timers.stop()
      notifier.close()
      await shut(server)
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Later ones, such as too many open files, concern one connection: the simulator goes on.
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? portProblem(port, error.code) : error)
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

const portProblem = (port: number, code: string): UsageError =>
  new UsageError(
    `The simulator cannot listen on port ${port}: ${code === 'EACCES' ? 'not allowed' : 'already in use'}.`,
    'Choose another port, or 0 for any free one.',
  )

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
