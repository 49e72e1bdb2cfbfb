// Tests that people write beside their definitions: read, run against what compiles, and updated on demand. These are
// no tests of callctl.

import type { Budget } from '../../model/budget.js'
import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DefinitionTest } from '../../model/language/definition-test.js'
import { literalValue } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import type { TestResult } from '../../model/language/test-report.js'
import type { Workspace } from '../../model/language/workspace.js'
import type { ParseFile } from '../language/program.js'
import { canonicalText } from '../payload/canonical.js'
import { chargeNodes, chargeText } from '../yaml/charge-document.js'
import { parse } from '../yaml/parse.js'
import { runGroup } from './run-group.js'

export interface TestRun {
  readonly results: readonly TestResult[]
  /** Mistakes that show only beside the settings of the workspace. */
  readonly diagnostics: readonly Diagnostic[]
  /** Files of data that definitions read, by path. */
  readonly dataTexts: ReadonlyMap<string, string>
}

/**
 * Compiles the calls that the tests are about, and compares. Tests under the same environment and values share one
 * compilation, and no file is parsed twice.
 */
export function runTests(
  workspace: Workspace,
  tests: readonly DefinitionTest[],
  sources: readonly Source[],
  budget: Budget,
): TestRun {
  const groups = new Map<string, DefinitionTest[]>()
  for (const test of tests) {
    const key = groupOf(test)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [test])
    else group.push(test)
  }
  const parseFile = parseOnce(budget)
  const found = new Map<DefinitionTest, TestResult>()
  const diagnostics: Diagnostic[] = []
  const dataTexts = new Map<string, string>()
  for (const group of groups.values()) {
    const run = runGroup({ workspace, tests: group, sources, parse: parseFile, budget })
    for (const [test, result] of run.results) found.set(test, result)
    for (const [path, text] of run.dataTexts) dataTexts.set(path, text)
    for (const diagnostic of run.diagnostics) diagnostics.push(diagnostic)
  }
  return { results: tests.flatMap((test) => found.get(test) ?? []), diagnostics, dataTexts }
}

const groupOf = ({ environmentName, environment, assignments }: DefinitionTest): string =>
  canonicalText([
    String(environmentName?.value ?? ''),
    environment === undefined ? {} : literalValue(environment),
    assignments.map(({ name, value }) => [name, value]),
  ])

function parseOnce(budget: Budget): ParseFile {
  const parsed = new Map<Source, ReturnType<ParseFile>>()
  return (source) => {
    const known = parsed.get(source)
    if (known !== undefined) return known
    chargeText(source, budget)
    const document = parse(source)
    if (document.value !== undefined) chargeNodes(document.value.root, budget)
    parsed.set(source, document)
    return document
  }
}
