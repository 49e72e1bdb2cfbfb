import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { RecordError } from '../../model/errors.js'
import type { Sources } from '../../model/language/sources.js'
import type { Touches } from '../../model/payload.js'
import type { PlanReport } from '../../model/plan-report.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import type { RunEvent, RunResult } from '../../model/run.js'

/** What an apply or a hang-up tells, as it happens. */
export type ApplyEvent =
  | {
      readonly event: 'diagnostics'
      readonly diagnostics: readonly Diagnostic[]
      readonly sources: Sources
      readonly hasErrors: boolean
    }
  | {
      readonly event: 'plan'
      readonly report: PlanReport
      /** Which other environments have live calls; hanging up says so. */
      readonly elsewhere?: readonly LiveElsewhere[]
    }
  /** So many calls are about to be placed or hung up. */
  | { readonly event: 'begin'; readonly total: number }
  | RunEvent
  | {
      readonly event: 'summary'
      readonly result: RunResult
      /** Options by which another command has the same record. */
      readonly words: readonly string[]
      /** Whom the calls ring whose outcome is unknown, by address, as they were sent. */
      readonly unknown: ReadonlyMap<string, Touches>
      /** Whether those may be named in full. */
      readonly showsPeople: boolean
      /** Why the lockfile is behind the attempts. */
      readonly problem?: RecordError
    }
  /** Something broke after a call was claimed. */
  | { readonly event: 'broken'; readonly error: unknown }

export type ReportApply = (event: ApplyEvent) => void
