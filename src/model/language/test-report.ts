import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { JsonValue } from '../json.js'
import type { Expectation } from './definition-test.js'
import type { Range } from './source.js'

/** What became of the tests of definitions. */
export interface TestReport {
  /** In the order of their files. */
  readonly results: readonly TestResult[]
  /** Mistakes of the files of tests. None of the tests of a file that has errors is run. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface TestResult {
  readonly name: string
  /** Where the name stands. */
  readonly range: Range
  /** Empty when the test passes. */
  readonly failures: readonly TestFailure[]
}

export interface TestFailure {
  /** What does not hold; `address` when the workspace has no such call. */
  readonly expectation: Expectation | 'address'
  /** One sentence. */
  readonly message: string
  readonly hint?: string
  /** Where the expectation stands. */
  readonly range: Range
  /** The call, where the workspace has it. */
  readonly address?: string
  /** JSON Pointer into the payload. */
  readonly pointer?: string
  /** Absent when nothing should be there, or when the two are not values. */
  readonly expected?: JsonValue
  readonly actual?: JsonValue
  /** What the call is complained of, where the test did not expect it. */
  readonly diagnostics?: readonly Diagnostic[]
  /** What `--update` would do; empty when only a person can say. */
  readonly edits: readonly TestEdit[]
}

/** A change to the values of a file, by the keys and indices that lead there from its top. */
export type TestEdit =
  | { readonly kind: 'set'; readonly path: TestPath; readonly value: JsonValue }
  | { readonly kind: 'append'; readonly path: TestPath; readonly value: JsonValue }
  | { readonly kind: 'remove'; readonly path: TestPath }

export type TestPath = readonly (string | number)[]
