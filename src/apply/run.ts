import { clampConcurrency } from '../model/concurrency.js'
import type { RunEvent } from '../model/run.js'
import { createGate, type Gate } from '../send/gate.js'
import type { Sender } from '../send/send.js'
import { createSession } from '../send/session.js'
import { createSlots } from '../send/slots.js'
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.js'
import { type Bounds, defaultBounds, type RunPorts, type Throttles } from './ports.js'
import { createStop, type Stop } from './stop.js'
import { createTurns, type Turns } from './turns.js'

/** What the calls of one run share. */
export interface Run<Ports extends RunPorts = RunPorts> extends Sender {
  readonly ports: Ports
  readonly bounds: Bounds
  readonly breaker: CircuitBreaker
  /** Requests in flight at most. */
  readonly concurrency: number
  takeTurn(): Promise<() => void>
  /** Claims that begin together make the disk slow for one another, and their requests go out together, too. */
  readonly claimInTurn: Turns
  readonly stop: Stop
  /** Whose the id is already; undefined where it is new, and from now on this address's. */
  takeId(id: string, address: string): string | undefined
  report(event: RunEvent): void
  /** Says that this call waits before its next request. */
  tellPause(milliseconds: number, address: string, reason: string): void
  /** Says that all do, since Graph throttles. */
  tellThrottle(milliseconds: number, address?: string): void
  /** The run is over: what other runners tell is none of its business any more. */
  hush(): void
  /** ISO 8601, UTC. Never throws: an outcome waits to be written. */
  time(): string
}

export function startRun<Ports extends RunPorts>(ports: Ports): Run<Ports> {
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
    ...shareThrottle(gate, ports.throttles, report),
    breaker: createCircuitBreaker(bounds.uncertainInARow),
    concurrency,
    takeTurn: createSlots(concurrency).take,
    claimInTurn: createTurns(),
    stop,
    random: () => ports.random(),
    stopped: stop.reason,
    takeId: holdIds(ports),
    report,
    wait,
    tellPause(milliseconds, address, reason) {
      report({ event: 'waiting', address, seconds: inTenths(milliseconds), reason })
    },
    time() {
      stop.guard(() => {
        lastTime = new Date(ports.now()).toISOString()
      })
      return lastTime
    },
  }
}

/** What closes the gate here, closes it for all runners, and what closes theirs closes this one. */
function shareThrottle(
  gate: Gate,
  throttles: Throttles | undefined,
  report: Run['report'],
): Pick<Run, 'gate' | 'tellThrottle' | 'hush'> {
  const tellThrottle: Run['tellThrottle'] = (milliseconds, address) =>
    report({
      event: 'waiting',
      ...(address !== undefined && { address }),
      seconds: inTenths(milliseconds),
      reason: 'Graph throttles this app',
    })
  const hush = throttles?.hear((milliseconds) => {
    gate.close(milliseconds)
    tellThrottle(milliseconds)
  })
  const close = (milliseconds: number): void => {
    gate.close(milliseconds)
    throttles?.tell(milliseconds)
  }
  return { gate: { ...gate, close }, tellThrottle, hush: () => hush?.() }
}

const inTenths = (milliseconds: number): number => Math.round(milliseconds / 100) / 10

/** Two requests cannot be answered with one id, in whatever letter case: the second answer is not its own. */
function holdIds({ holderOf }: RunPorts): Run['takeId'] {
  const held = new Map<string, string>()
  return (id, address) => {
    const key = id.toLowerCase()
    const holder = held.get(key) ?? holderOf?.(id)
    if (holder === undefined) held.set(key, address)
    return holder
  }
}

/** Counts on `wait` and on no clock, which may be set back. The end of the run ends this pause too. */
function stopAt(deadline: number, stop: Stop, ports: RunPorts): void {
  void stop.pause(async (signal) => {
    await ports.wait(deadline, signal)
    if (!signal.aborted) stop.because('the deadline is over')
  })
}
