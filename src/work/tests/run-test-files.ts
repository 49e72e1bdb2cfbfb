// Files of tests: read, run against the definitions beside them, and brought up to date.

import { readTestFile } from '../../compile/expectations/read-test-file.js'
import { runTests } from '../../compile/expectations/run-tests.js'
import type { Budget } from '../../model/budget.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import type { DefinitionTest } from '../../model/language/definition-test.js'
import type { Sources } from '../../model/language/sources.js'
import type { TestReport } from '../../model/language/test-report.js'
import type { Workspace } from '../../model/language/workspace.js'
import type { TestSources } from '../../read/read-tests.js'

export interface TestedFiles {
  readonly report: TestReport
  /** The texts that the report's ranges point into. */
  readonly sources: Sources
  /** Whether a test failed, or could not be run. */
  readonly hasFailed: boolean
}

/** Parses the files of tests and runs those of the chosen names. */
export function runTestFiles(
  workspace: Workspace,
  files: TestSources,
  selects: (name: string) => boolean,
  budget: Budget,
): TestedFiles {
  const mistakes: Diagnostic[] = [...files.diagnostics]
  const tests: DefinitionTest[] = []
  for (const source of files.sources) {
    const { value, diagnostics } = readTestFile(source)
    for (const diagnostic of diagnostics) mistakes.push(diagnostic)
    if (hasErrors(diagnostics)) continue
    for (const test of value) if (selects(String(test.name.value))) tests.push(test)
  }
  const run = runTests(workspace, tests, files.sources, budget)
  const diagnostics = [...mistakes, ...run.diagnostics]
  const { settings, templates, calls } = workspace
  const all = [...(settings === undefined ? [] : [settings]), ...templates, ...calls, ...files.sources]
  return {
    report: { results: run.results, diagnostics },
    sources: new Map([...run.dataTexts, ...all.map(({ path, text }) => [path, text] as const)]),
    hasFailed: hasErrors(diagnostics) || run.results.some(({ failures }) => failures.length > 0),
  }
}
