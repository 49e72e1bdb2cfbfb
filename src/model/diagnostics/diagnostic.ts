// What stages have to complain about, as data.

import type { Range } from '../language/source.js'
import type { Origin } from '../payload.js'
import type { DiagnosticCode } from './diagnostic-codes.js'
import { diagnosticCodes } from './diagnostic-codes.js'
import type { Severity } from './severity.js'
import { quotedIn, textOf, type Words } from './wording.js'

/** A finding as data. Stages return them and never throw for a user's mistake. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly range?: Range
  /** The call that it is about. */
  readonly address?: string
  /** JSON Pointer into that call's payload. */
  readonly pointer?: string
  /** Where the value in question came from. */
  readonly origin?: Origin
  /** Other places that matter, such as the first of two duplicates. */
  readonly related?: readonly RelatedPlace[]
  readonly hint?: string
  /** Texts of the workspace that message and hint quote between backticks; absent where they quote none. */
  readonly quoted?: readonly string[]
}

export interface RelatedPlace {
  readonly message: string
  readonly range: Range
}

/** What a stage returns: a value, and everything that it has to complain about. */
export interface Checked<Value> {
  readonly value: Value
  readonly diagnostics: readonly Diagnostic[]
}

type Details = Omit<Diagnostic, 'code' | 'severity' | 'message' | 'hint' | 'quoted'> & {
  readonly hint?: Words | undefined
}

/** A diagnostic with its code's usual severity. */
export const createDiagnostic = (
  code: DiagnosticCode,
  message: Words,
  { hint, ...details }: Details = {},
): Diagnostic => {
  const quoted = [...quotedIn(message), ...quotedIn(hint)]
  return {
    code,
    severity: diagnosticCodes[code][0],
    message: textOf(message),
    ...details,
    ...(hint !== undefined && { hint: textOf(hint) }),
    ...(quoted.length > 0 && { quoted }),
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error')
