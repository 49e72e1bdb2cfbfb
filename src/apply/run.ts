import { clampConcurrency } from '../model/concurrency.js'
import { createGate, type Gate } from '../model/gate.js'
import type { RunEvent } from '../model/run.js'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.js'
import { type ApplyPorts, type Bounds, defaultBounds } from './ports.js'
import { createSession, type Session } from './session.js'
import { createSlots, type Slots } from './slots.js'
import { createStop, type Stop } from './stop.js'
import { createTurns, type Turns } from './turns.js'

/** What the calls of one run share. */
export interface Run {
  readonly ports: ApplyPorts
  readonly bounds: Bounds
  readonly session: Session
  readonly gate: Gate
  readonly breaker: CircuitBreaker
  /** Requests in flight at most. */
  readonly concurrency: number
  readonly slots: Slots
  /** Claims that begin together make the disk slow for one another, and their requests go out together, too. */
  readonly claimInTurn: Turns
  readonly stop: Stop
  /** Whose the id is already; undefined where it is new, and from now on this address's. */
  takeCallId(callId: string, address: string): string | undefined
  report(event: RunEvent): void
  /** Never rejects, and ends early when the run stops. */
  wait(milliseconds: number): Promise<void>
  /** Waits and says so. */
  pause(milliseconds: number, address: string, reason: string): Promise<void>
  /** Closes the gate, at which every sender waits before its next request, and says so. */
  throttle(milliseconds: number, address: string): void
  /** ISO 8601, UTC. Never throws: an outcome waits to be written. */
  time(): string
}

export function startRun(ports: ApplyPorts): Run {
  const { concurrency: wanted, deadline, ...chosen } = ports.settings
  const concurrency = clampConcurrency(wanted)
  const bounds: Bounds = { ...defaultBounds, ...chosen }
  let lastTime = new Date(0).toISOString()
  const stop = createStop(ports.interrupted, (event) => ports.report(event))
  const report = (event: RunEvent): void => stop.guard(() => ports.report(event))

  const wait = (milliseconds: number): Promise<void> =>
    stop.pause((signal) => ports.wait(milliseconds, signal))

  const gate = createGate(wait, () => ports.random() * bounds.throttleJitter)
  if (deadline !== undefined) stopAt(deadline, stop, ports)
  return {
    ports,
    bounds,
    session: createSession(ports.calls),
    gate,
    breaker: createCircuitBreaker(bounds.uncertainInARow),
    concurrency,
    slots: createSlots(concurrency),
    claimInTurn: createTurns(),
    stop,
    takeCallId: holdCallIds(ports),
    report,
    wait,
    async pause(milliseconds, address, reason) {
      if (stop.reason() !== undefined) return
      report({ event: 'waiting', address, seconds: inTenths(milliseconds), reason })
      await wait(milliseconds)
    },
    throttle(milliseconds, address) {
      gate.close(milliseconds)
      const seconds = inTenths(milliseconds)
      report({ event: 'waiting', address, seconds, reason: 'Graph throttles this app' })
    },
    time() {
      stop.guard(() => {
        lastTime = new Date(ports.now()).toISOString()
      })
      return lastTime
    },
  }
}

const inTenths = (milliseconds: number): number => Math.round(milliseconds / 100) / 10

/** Two calls cannot have one id, in whatever letter case: the second answer is not its own. */
function holdCallIds({ holderOf }: ApplyPorts): Run['takeCallId'] {
  const held = new Map<string, string>()
  return (callId, address) => {
    const key = callId.toLowerCase()
    const holder = held.get(key) ?? holderOf?.(callId)
    if (holder === undefined) held.set(key, address)
    return holder
  }
}

/** Counts on `wait` and on no clock, which may be set back. The end of the run ends this pause too. */
function stopAt(deadline: number, stop: Stop, ports: ApplyPorts): void {
  void stop.pause(async (signal) => {
    await ports.wait(deadline, signal)
    if (!signal.aborted) stop.because('the deadline is over')
  })
}
