import type { Observation } from '../plan.js'
import type { Entry } from './lockfile.js'

/** One address of the lockfile, with what Graph said of its call just now. */
export interface StatusLine {
  readonly address: string
  readonly entry: Entry
  readonly observation?: Observation
}
