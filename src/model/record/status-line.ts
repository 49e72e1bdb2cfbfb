import type { Touches } from '../payload.js'
import type { Observation } from '../plan.js'
import type { Entry } from './lockfile.js'

/** One address of the lockfile, with what Graph said of its call just now. */
export interface StatusLine {
  readonly address: string
  readonly entry: Entry
  readonly observation?: Observation
  /** Its outcome is not there yet: another runner of a shared record, which is alive, has the call in flight. */
  readonly isInFlight?: true
  /** Of a call whose outcome is unknown, where its definition still tells. */
  readonly whom?: Whom
}

/** Whom a call rings by its definition. */
export interface Whom {
  readonly touches: Touches
  /** Whether the definition still is what was sent. */
  readonly isAsSent: boolean
}

/** What `status` can be asked for: states of the record, `live` by what Graph says, and `unknown`. */
export const statusStates = ['live', 'unknown', 'placed', 'ended', 'failed'] as const

export type StatusState = (typeof statusStates)[number]
