// Two revisions compared: what a change of files does to payloads and to people. This folder is pure: it reads nothing,
// runs nothing, and imports nothing but the model; what it needs of the compiler arrives as arguments.

import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import type { EnvironmentUse } from '../model/language/environment-use.js'
import type { Settings } from '../model/language/settings.js'
import type { Origin, UnwrittenPayload } from '../model/payload.js'
import type { Plan } from '../model/plan.js'
import type { Lockfile } from '../model/record/lockfile.js'
import type { Location, PersonalValue, ReviewedRevision } from '../model/review.js'

/** One of the two, compiled. */
export interface Revision {
  readonly name: string
  readonly commit?: string
  readonly payloads: readonly UnwrittenPayload[]
  /** Whatever is selected: what the lockfile says of calls is compared whole. */
  readonly allPayloads: readonly UnwrittenPayload[]
  /** Every address that it defines; undefined where some are not known. */
  readonly definedAddresses: ReadonlySet<string> | undefined
  /** Names of definitions with `oncePer` that make several calls, as `notify-*`. */
  readonly occasionPatterns?: readonly string[]
  readonly settings: Settings
  readonly diagnostics: readonly Diagnostic[]
  /** Where the environment has a say in its calls. */
  readonly environmentUses: readonly EnvironmentUse[]
  /** Its files by path, as far as they were read. */
  readonly sources: ReadonlyMap<string, string>
  /** Which of them are lists of data. */
  readonly dataFiles: ReadonlySet<string>
  /** Lists that git may ignore: the file by that of the definitions, `#` and the list's name. */
  readonly untracked?: ReadonlyMap<string, string>
  /** Files of such lists that it does not have: calls made of them are not known. */
  readonly unseen?: ReadonlySet<string>
  /** Where the values of a call came from; undefined for a call that was not compiled. Costs about a rendering. */
  trace(address: string): ((pointer: string) => Origin | undefined) | undefined
  personalOf(payload: UnwrittenPayload): readonly PersonalValue[]
}

export interface ReviewInput {
  readonly base: Revision
  readonly head: Revision
  /** What applying head would do; or why there is no plan. */
  readonly plan: Plan<UnwrittenPayload> | { readonly problem: string }
  /** Plans of base, each by another lockfile: what all of them ring is not new. */
  readonly basePlans: readonly Plan<UnwrittenPayload>[]
  readonly lockfiles?: ReviewedLockfiles
}

/** A lockfile as the revision has it, joined with nothing; or why it cannot be read. */
export type ReviewedLockfile = Lockfile | { readonly problem: string }

export interface ReviewedLockfiles {
  readonly base: ReviewedLockfile
  readonly head: ReviewedLockfile
  /** Where head's file tells of an address; without one, where its calls begin. */
  placeOf(address?: string): Location | undefined
}

export function describeRevision(revision: Revision): ReviewedRevision {
  const { name, commit, payloads, diagnostics, unseen } = revision
  return {
    name,
    ...(commit !== undefined && { commit }),
    calls: payloads.length,
    errors: diagnostics.filter(({ severity }) => severity === 'error').length,
    ...(unseen !== undefined && unseen.size > 0 && { unseen: [...unseen].sort() }),
  }
}
