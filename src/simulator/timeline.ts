import type { CallRecord } from './store.js'

/** Milliseconds from a call's creation to each of its states. Group calls and single ones ring; meeting joins do not. */
export interface Timeline {
  readonly ringing: number
  readonly established: number
  /** From its creation or last keepAlive: it ends by itself as Graph's do after 45 minutes. */
  readonly terminated: number
  /** From a request to what it asked for: a prompt played, a step of a transfer; 500 when absent. */
  readonly operation?: number
}

export const defaultTimeline: Timeline = { ringing: 1_000, established: 3_000, terminated: 45 * 60_000 }

export const operationTime = ({ operation = 500 }: Timeline): number => operation

export type SimulatedState =
  | 'establishing'
  | 'ringing'
  | 'established'
  | 'transferring'
  | 'transferAccepted'
  | 'terminated'

/** A call's state follows from the clock alone: nothing has to run in between. */
export function stateOf(record: CallRecord, timeline: Timeline, now: number): SimulatedState {
  const age = now - record.createdAt
  if (now - (record.keptAliveAt ?? record.createdAt) >= timeline.terminated) return 'terminated'
  const moved = transferStateOf(record, timeline, now)
  if (moved !== undefined) return moved
  if (age >= timeline.established) return 'established'
  return age >= timeline.ringing && !joinsMeeting(record) ? 'ringing' : 'establishing'
}

/** Transferring, accepted, ended; or back where it was. */
function transferStateOf(
  { transfer }: CallRecord,
  timeline: Timeline,
  now: number,
): SimulatedState | undefined {
  if (transfer === undefined) return undefined
  const step = (now - transfer.at) / operationTime(timeline)
  if (step < 1) return 'transferring'
  if (transfer.fails) return undefined
  return step < 2 ? 'transferAccepted' : 'terminated'
}

/** Whether the call joins a meeting or an existing chat, where nobody's phone rings. */
export const joinsMeeting = ({ call }: CallRecord): boolean =>
  isPresent(call['meetingInfo']) || isPresent(call['chatInfo'])

const isPresent = (value: unknown): boolean => value !== null && value !== undefined
