import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'

/** Where work for one call, one definition or one file says what is wrong, and whether it has failed. */
export interface Reporter {
  /** Whether an error was reported through it, or something failed over one that others were told. */
  readonly hasFailed: boolean
  report(diagnostic: Diagnostic): void
  /** Says that something failed over an error that is reported already. */
  fail(): void
}

/** Hears nothing: for rendering once more what has been complained of already. */
export const deaf: Reporter = { hasFailed: false, report: () => {}, fail: () => {} }
