import type { Limits } from '../model/language/settings.js'
import type { PayloadHead, PlannedPayload } from '../model/payload.js'
import type { Observation } from '../model/plan.js'
import type { Lockfile } from '../model/record/lockfile.js'

/** All that a plan depends on. */
export interface PlanInput<Held extends PayloadHead = PlannedPayload> {
  /** The selected calls, each address once. */
  readonly payloads: readonly Held[]
  /** Every address that the workspace defines; undefined when it could not be compiled wholly. */
  readonly definedAddresses: ReadonlySet<string> | undefined
  /** Names of definitions with `oncePer` and `forEach`, as `notify-*`: their occasions are no retired calls. */
  readonly occasionPatterns?: readonly string[]
  /** Joined with the attempts: an address whose outcome is unknown is `uncertain` here. */
  readonly lockfile: Lockfile
  readonly observations: readonly Observation[]
  /** Ids of attempts that another runner of a shared record has in flight. */
  readonly inFlight?: ReadonlySet<string>
  readonly limits: Limits
  /**
   * Milliseconds since 1970, for `limits.callsPerMonth`. Whoever only shows what a change of files does leaves it out:
   * that must not differ from day to day.
   */
  readonly now?: number
  /** `--only`: leaves out every other address. */
  readonly selects?: (address: string) => boolean
  /** Addresses that the user named exactly: in whatever spelling: leave to ring one that looks like a rename. */
  readonly onlyNames?: ReadonlySet<string>
  /** `--redial`: leave to place these addresses again, in whatever spelling. */
  readonly redialNames?: ReadonlySet<string>
  /** Whether a call is as before the change that is reviewed, where what it sends is not known here. */
  readonly isUnchanged?: (payload: PayloadHead) => boolean
  /** Addresses that sent just this before the change that is reviewed, where what it sends is not known here. */
  readonly formersOf?: (payload: PayloadHead) => readonly string[]
  /** `--prune`: retired calls that may be live are hung up. */
  readonly prunes?: boolean
}
