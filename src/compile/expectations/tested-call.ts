import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Payload } from '../../model/payload.js'

/** A call that a test is about. */
export interface TestedCall {
  /** Absent for the definition that a test makes for itself. */
  readonly address?: string
  /** Absent when the call has errors. */
  readonly payload?: Payload
  readonly diagnostics: readonly Diagnostic[]
}
