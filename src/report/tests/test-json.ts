import type { Sources } from '../../model/language/sources.js'
import type { TestFailure, TestReport } from '../../model/language/test-report.js'
import { describeRange, listDiagnostics } from '../diagnostics/diagnostics-json.js'
import { Positions } from '../text/positions.js'

/** The results of tests for machines. */
export function describeTests({ results, diagnostics }: TestReport, sources: Sources): object {
  const positions = new Positions(sources)
  return {
    passed: results.filter(({ failures }) => failures.length === 0).length,
    failed: results.filter(({ failures }) => failures.length > 0).length,
    tests: results.map(({ name, range, failures }) => ({
      name,
      place: describeRange(range, positions),
      isPassed: failures.length === 0,
      failures: failures.map((failure) => describeFailure(failure, positions)),
    })),
    diagnostics: listDiagnostics(diagnostics, positions),
  }
}

export function describeFailure(failure: TestFailure, positions: Positions): object {
  const { expectation, message, hint, range, address, pointer, expected, actual, diagnostics } = failure
  return {
    expectation,
    message,
    place: describeRange(range, positions),
    ...(address !== undefined && { address }),
    ...(pointer !== undefined && { pointer }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...(hint !== undefined && { hint }),
    ...(diagnostics !== undefined && { diagnostics: listDiagnostics(diagnostics, positions) }),
  }
}
