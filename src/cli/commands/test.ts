import { createMatcher } from '../../model/address-pattern.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { readTests } from '../../read/read-tests.js'
import { readWorkingTree } from '../../read/read-workspace.js'
import { type NamedOutput, writeOutput } from '../../record/disk/named-output.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeTests } from '../../report/tests/test-json.js'
import { formatTests } from '../../report/tests/test-text.js'
import { isTestReport } from '../../report/text/own-output.js'
import { type Look, showText } from '../../report/text/paint.js'
import { runTestFiles, type TestedFiles } from '../files/run-test-files.js'
import { updateTestFiles } from '../files/update-test-files.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readOutput } from '../frame/named-output.js'
import { knowingIgnored } from '../workspace/ignored-data.js'
import { readBudget } from '../workspace/read-budget.js'

type Format = (tested: TestedFiles, look: Look) => Promise<string>

const formats: Readonly<Record<string, Format>> = {
  text: async ({ report, sources }, look) => formatTests(report, sources, look),
  tap: async ({ report, sources }) =>
    (await import('../../report/tests/test-tap.js')).formatTap(report, sources),
  junit: async ({ report, sources }) =>
    (await import('../../report/tests/test-junit.js')).formatJunit(report, sources),
  json: async ({ report, sources }) => formatJson(describeTests(report, sources)),
}

/** Compiles what the files of tests are about, and says what is not as they expect. */
export const test = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => runTests(args, host))

async function runTests(args: Arguments, host: Host): Promise<ExitCode> {
  const format = readFormat(args)
  const out = readOutput(args, host, isTestReport)
  const files = readTests(host.cwd, args.positionals)
  for (const { text, sources } of files.paths) {
    if (sources.length === 0 && args.positionals.length > 0) throw new UsageError(`${text} holds no tests.`)
  }
  const workspace = knowingIgnored(readWorkingTree(host.cwd).workspace, host)
  const selects = readNames(args)
  const budget = readBudget(host.environment)
  let tested = runTestFiles(workspace, files, selects, budget)
  const { results, diagnostics } = tested.report
  if (results.length === 0 && diagnostics.length === 0) {
    const hint = 'Tests stand in files such as calls/oncall.test.yaml.'
    throw new UsageError(args.has('only') ? 'No test matches `--only`.' : 'There are no tests here.', hint)
  }
  if (args.has('update')) {
    const updated = updateTestFiles(workspace.root, files, tested.report)
    for (const path of updated) host.stderr.write(`updated ${showText(path)}\n`)
    if (updated.length > 0)
      tested = runTestFiles(workspace, readTests(host.cwd, args.positionals), selects, budget)
  }
  await show(tested, { format, out }, host)
  return tested.hasFailed ? exitCodes.definitions : exitCodes.done
}

function readFormat(args: Arguments): Format {
  const name = args.has('json') ? 'json' : (args.text('format') ?? 'text')
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format !== undefined) return format
  throw new UsageError(`There is no format \`${name}\`.`, `It is one of ${Object.keys(formats).join(', ')}.`)
}

function readNames(args: Arguments): (name: string) => boolean {
  const matchers = args.texts('only').map(createMatcher)
  return (name) => matchers.length === 0 || matchers.some((matches) => matches(name))
}

const plain: Look = { hasColor: false, columns: 80 }

/** With `--out`, the file has the format, and stdout the text for people. */
async function show(
  tested: TestedFiles,
  { format, out }: { format: Format; out: NamedOutput | undefined },
  host: Host,
): Promise<void> {
  const look = host.terminal.stdout
  if (out !== undefined) writeOutput(out, await format(tested, plain))
  host.stdout.write(await (out === undefined ? format : formats['text']!)(tested, look))
}
