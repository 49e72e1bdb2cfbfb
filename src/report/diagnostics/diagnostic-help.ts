import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import type { DiagnosticHelp } from './help-entry.js'
import { helpOfExpressions } from './help-of-expressions.js'
import { helpOfFiles } from './help-of-files.js'
import { helpOfLanguage } from './help-of-language.js'
import { helpOfLints } from './help-of-lints.js'
import { helpOfPayloads } from './help-of-payloads.js'

/** Help for every diagnostic code; a code without help does not compile. */
export const diagnosticHelp: Readonly<Record<DiagnosticCode, DiagnosticHelp>> = {
  ...helpOfFiles,
  ...helpOfLanguage,
  ...helpOfExpressions,
  ...helpOfLints,
  ...helpOfPayloads,
}
