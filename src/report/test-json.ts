import type { TestFailure, TestReport } from '../model/test-report.js'
import { describeDiagnostics, describeRange } from './diagnostics-json.js'
import type { Sources } from './diagnostics-text.js'

/** The results of tests for machines. */
export const describeTests = ({ results, diagnostics }: TestReport, sources: Sources): object => ({
  passed: results.filter(({ failures }) => failures.length === 0).length,
  failed: results.filter(({ failures }) => failures.length > 0).length,
  tests: results.map(({ name, range, failures }) => ({
    name,
    place: describeRange(range, sources),
    isPassed: failures.length === 0,
    failures: failures.map((failure) => describeFailure(failure, sources)),
  })),
  diagnostics: describeDiagnostics(diagnostics, sources),
})

export function describeFailure(failure: TestFailure, sources: Sources): object {
  const { expectation, message, hint, range, address, pointer, expected, actual, diagnostics } = failure
  return {
    expectation,
    message,
    place: describeRange(range, sources),
    ...(address !== undefined && { address }),
    ...(pointer !== undefined && { pointer }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...(hint !== undefined && { hint }),
    ...(diagnostics !== undefined && { diagnostics: describeDiagnostics(diagnostics, sources) }),
  }
}
