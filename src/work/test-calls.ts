import { UsageError } from '../model/errors.js'
import type { World } from '../model/world.js'
import { readTests } from '../read/read-tests.js'
import { readWorkingTree } from '../read/read-workspace.js'
import { type Checks, flag, requireOptions, texts } from './options/check-options.js'
import { selectionChecks } from './options/checks.js'
import type { SelectionOptions } from './options/options.js'
import { runTestFiles, type TestedFiles } from './tests/run-test-files.js'
import { updateTestFiles } from './tests/update-test-files.js'
import { knowingIgnored } from './workspace/ignored-data.js'
import { readBudget } from './workspace/read-budget.js'
import { createSelection } from './workspace/selection.js'

export interface TestOptions extends SelectionOptions {
  /** Files and folders of tests, from the world's `cwd`; absent or empty: all. */
  readonly paths?: readonly string[] | undefined
  /** Whether what was expected is replaced by what is so. */
  readonly updates?: boolean | undefined
}

const checks: Checks<TestOptions> = { ...selectionChecks, paths: texts, updates: flag }

export interface TestedCalls extends TestedFiles {
  /** Files of tests that were rewritten. */
  readonly updated: readonly string[]
}

const tests = { noun: 'test', keyOf: (name: string) => name }

/** Compiles what the files of tests are about, and says what is not as they expect. Throws UsageError, LimitError. */
export function testCalls(asked: TestOptions, world: World): TestedCalls {
  const { paths = [], updates = false, ...selected } = requireOptions(asked, checks)
  const files = readTests(world.cwd, paths)
  for (const { text, sources } of files.paths) {
    if (sources.length === 0 && paths.length > 0) throw new UsageError(`${text} holds no tests.`)
  }
  const workspace = knowingIgnored(readWorkingTree(world.cwd).workspace, world)
  const { selects, requireFound } = createSelection(selected, tests)
  const budget = readBudget(world.environment)
  const tested = runTestFiles(workspace, files, selects, budget)
  const { results, diagnostics } = tested.report
  if (results.length === 0 && diagnostics.length === 0) {
    const hint = 'Tests stand in files such as calls/oncall.test.yaml.'
    requireFound(hint)
    throw new UsageError('There are no tests here.', hint)
  }
  if (diagnostics.length === 0) requireFound()
  const updated = updates ? updateTestFiles(workspace.root, files, tested.report) : []
  return updated.length === 0
    ? { ...tested, updated }
    : { ...runTestFiles(workspace, readTests(world.cwd, paths), selects, budget), updated }
}
