import type { DiagnosticCode } from '../model/diagnostic-codes.js'
import { helpOfExpressions } from './help-of-expressions.js'
import { helpOfFiles } from './help-of-files.js'
import { helpOfLanguage } from './help-of-language.js'
import { helpOfLints } from './help-of-lints.js'
import { helpOfPayloads } from './help-of-payloads.js'

export interface DiagnosticHelp {
  /** Files by path that provoke the code, and nothing else; or in words, where files would be too long. */
  readonly example: Readonly<Record<string, string>> | string
  /** What to do about it. */
  readonly fix: string
}

/** Help for every diagnostic code; a code without help does not compile. */
export const diagnosticHelp: Readonly<Record<DiagnosticCode, DiagnosticHelp>> = {
  ...helpOfFiles,
  ...helpOfLanguage,
  ...helpOfExpressions,
  ...helpOfLints,
  ...helpOfPayloads,
}
