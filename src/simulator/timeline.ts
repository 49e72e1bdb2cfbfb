import type { CallRecord } from './store.js'

/** Milliseconds from a call's creation to each of its states. Group calls and single ones ring; meeting joins do not. */
export interface Timeline {
  readonly ringing: number
  readonly established: number
  /** Nobody keeps a simulated call alive, so that it ends by itself as Graph's do after 45 minutes. */
  readonly terminated: number
}

export const defaultTimeline: Timeline = { ringing: 1_000, established: 3_000, terminated: 45 * 60_000 }

export type SimulatedState = 'establishing' | 'ringing' | 'established' | 'terminated'

/** A call's state follows from the clock alone: nothing has to run in between. */
export function stateOf(record: CallRecord, timeline: Timeline, now: number): SimulatedState {
  const age = now - record.createdAt
  if (age >= timeline.terminated) return 'terminated'
  if (age >= timeline.established) return 'established'
  return age >= timeline.ringing && !joinsMeeting(record) ? 'ringing' : 'establishing'
}

/** Whether the call joins a meeting or an existing chat, where nobody's phone rings. */
const joinsMeeting = ({ call }: CallRecord): boolean =>
  isPresent(call['meetingInfo']) || isPresent(call['chatInfo'])

const isPresent = (value: unknown): boolean => value !== null && value !== undefined
