import type { CallShapes } from '../../schema/shapes.js'
import type { Validate } from '../../schema/validators.js'
import type { FaultDice } from './fault-dice.js'
import type { FaultSettings } from './faults.js'
import type { Notifier } from './notifications.js'
import type { RequestLog } from './request-log.js'
import type { CallStore } from './store.js'
import type { Timeline } from './timeline.js'
import type { Timers } from './timers.js'

/** Which generation of the call resource a body belongs to. */
export type Era = 'seed' | 'beta' | 'v1.0'
export type CallSchemas = Readonly<
  Record<Era, { readonly validateCall: Validate; readonly shapes: CallShapes }>
>

/** Everything that one running simulator consists of; operations get it as an argument. */
export interface World {
  /** The simulator's own root, without a slash at the end. */
  readonly url: string
  now(): number
  uuid(): string
  readonly timeline: Timeline
  readonly store: CallStore
  readonly log: RequestLog
  readonly timers: Timers
  readonly notifier: Notifier
  readonly faults: FaultSettings
  readonly dice: FaultDice
  readonly schemas: CallSchemas
  /** Whether it takes properties that the schema does not know, as a workspace lets them out by its setting. */
  readonly takesUnknown: boolean
}
