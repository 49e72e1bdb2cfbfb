import type { PlanOptions } from './options.js'

export interface ApplyOptions extends PlanOptions {
  /** A saved plan to be applied instead of the definitions, from the world's `cwd`; then nothing is selected. */
  readonly planFile?: string | undefined
  /** How old a saved plan may be, in milliseconds; absent: four hours. */
  readonly maximumAge?: number | undefined
  /** Requests in flight at once, 1 to 64; absent: as in callctl.yaml. */
  readonly concurrency?: number | undefined
  /** After so many milliseconds no new call is begun. */
  readonly deadline?: number | undefined
  /** Whether the code is 2 instead of 5 where `confirm` said no. */
  readonly hasDetailedCode?: boolean | undefined
}
