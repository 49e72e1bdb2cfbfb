export interface SuiteReport {
  readonly suite: string
  /** For people, a line each. */
  readonly figures: readonly string[]
  readonly violations: readonly string[]
  /** Why nothing was tested. */
  readonly skipped?: string
}

export const skipped = (suite: string, reason: string): SuiteReport => ({
  suite,
  figures: [],
  violations: [],
  skipped: reason,
})

const mostShown = 20

export function formatReport({ suite, figures, violations, skipped: reason }: SuiteReport): string {
  if (reason !== undefined) return `${suite}: SKIPPED, nothing was tested: ${reason}\n`
  const shown = violations.slice(0, mostShown).map((each) => `  violation: ${each}`)
  const more = violations.length > mostShown ? [`  and ${violations.length - mostShown} more`] : []
  const verdict = `${suite}: ${violations.length === 0 ? 'passed' : `${violations.length} VIOLATIONS`}`
  return `${[verdict, ...figures.map((each) => `  ${each}`), ...shown, ...more].join('\n')}\n`
}
