// Fakes of apply's ports, built by verbs. They share one log, so that a test can assert the order of things.

import type { ApplyPorts, ApplySettings } from '../../src/apply/ports.js'
import type { Payload } from '../../src/model/payload.js'
import type { Change, Plan } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import type { RunEvent } from '../../src/model/run.js'
import { type FakeAttempts, fakeAttempts } from './fake-attempts.js'
import { type FakeCalls, fakeCalls, type Log } from './fake-calls.js'

export { type FakeAttempts, fakeAttempts } from './fake-attempts.js'
export { type FakeCalls, fakeCalls, placedAnswer } from './fake-calls.js'

export interface FakePorts extends ApplyPorts {
  readonly log: Log
  readonly events: RunEvent[]
  readonly waits: number[]
  readonly attempts: FakeAttempts
  readonly calls: FakeCalls
  interrupt(): void
}

export interface PortsChoice {
  readonly calls?: FakeCalls
  readonly attempts?: FakeAttempts
  readonly settings?: Partial<ApplySettings>
  readonly onWait?: (milliseconds: number, signal?: AbortSignal) => void
  readonly onEnded?: () => void
  readonly onEvent?: (event: RunEvent) => void
}

/** Ports with a clock that only `wait` moves, and no timers. */
export function fakePorts(choice: PortsChoice = {}): FakePorts {
  const log = choice.calls?.log ?? []
  const { calls = fakeCalls(log), attempts = fakeAttempts(log), settings = {} } = choice
  const controller = new AbortController()
  const events: RunEvent[] = []
  const waits: number[] = []
  let time = Date.UTC(2025, 0, 1)
  let ids = 0
  return {
    calls,
    attempts,
    log,
    events,
    waits,
    settings: { concurrency: 1, ...settings },
    nextNumber: () => 1,
    recordEnded(address, { callId }) {
      log.push(`ended ${address} ${callId}`)
      choice.onEnded?.()
    },
    now: () => time,
    uuid: () => `uuid-${++ids}`,
    random: () => 0.5,
    async wait(milliseconds, signal) {
      waits.push(milliseconds)
      choice.onWait?.(milliseconds, signal)
      // What does not wait goes on meanwhile.
      await new Promise((resolve) => setImmediate(resolve))
      if (!signal?.aborted) time += milliseconds
    },
    report(event) {
      events.push(event)
      log.push(
        event.event === 'result'
          ? `report ${event.result.address} ${event.result.kind}`
          : `report ${event.event}`,
      )
      choice.onEvent?.(event)
    },
    interrupted: controller.signal,
    interrupt: () => controller.abort(),
    operator: 'ada',
  }
}

/** A payload whose text holds its address, so that a fake can tell who is called. */
export function payloadOf(address: string, more: Partial<Payload> = {}): Payload {
  return {
    address,
    range: { source: 'calls/a.yaml', start: 0, end: 1 },
    target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
    call: { subject: address, tenantId: 'tenant-1' },
    tenantId: 'tenant-1',
    text: JSON.stringify({ subject: address }),
    digest: `digest of ${address}`,
    touches: { kind: 'group', people: [{ id: 'p1' }], numbers: [], permissions: ['Calls.Initiate.All'] },
    ...more,
  }
}

export function entryOf(more: Partial<Entry> = {}): Entry {
  return {
    state: 'placed',
    callId: 'call-9',
    digest: 'digest',
    attempt: 'uuid-9',
    endpoint: '/v1.0/communications/calls',
    placedAt: '2025-01-01T00:00:00.000Z',
    ...more,
  }
}

export const planOf = (...changes: readonly Change[]): Plan => ({ changes })

export const placing = (...addresses: readonly string[]): Plan =>
  planOf(
    ...addresses.map(
      (address): Change => ({
        address,
        action: 'place',
        reason: 'not placed before',
        payload: payloadOf(address),
      }),
    ),
  )

/** Each has a live call, which has to end first. */
export const redialing = (...addresses: readonly string[]): Plan =>
  planOf(
    ...addresses.map(
      (address): Change => ({
        address,
        action: 'redial',
        reason: '',
        payload: payloadOf(address),
        entry: entryOf({ callId: `live-${address}` }),
      }),
    ),
  )

export const hangingUp = (...addresses: readonly string[]): Plan =>
  planOf(
    ...addresses.map(
      (address): Change => ({
        address,
        action: 'hang-up',
        reason: 'placed',
        entry: entryOf({ callId: `call-${address}` }),
      }),
    ),
  )

/** `a`, `b`, … as many as asked. */
export const addresses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `call-${String(index).padStart(4, '0')}`)
