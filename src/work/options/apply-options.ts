import type { PlanOptions } from './options.js'

export interface ApplyOptions extends PlanOptions {
  /** A saved plan to be applied instead of the definitions, from the world's `cwd`; then nothing is selected. */
  readonly planFile?: string | undefined
  /** Whether other runners apply the same saved plan: each call is placed by one of them, which needs a shared record. */
  readonly share?: boolean | undefined
  /** Where in the plan this runner begins, at least 0 and less than 1; absent: anywhere. */
  readonly part?: number | undefined
  /** How old a saved plan may be, in milliseconds; absent: four hours. */
  readonly maximumAge?: number | undefined
  /** Requests in flight at once, 1 to 64; absent: as in callctl.yaml. */
  readonly concurrency?: number | undefined
  /** After so many milliseconds no new call is begun. */
  readonly deadline?: number | undefined
  /** Whether the code is 2 instead of 5 where `confirm` said no. */
  readonly hasDetailedCode?: boolean | undefined
}
