import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { type NamedOutput, writeOutput } from '../../record/disk/named-output.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeTests } from '../../report/tests/test-json.js'
import { formatTests } from '../../report/tests/test-text.js'
import { isTestReport } from '../../report/text/own-output.js'
import { type Look, showText } from '../../report/text/paint.js'
import { testCalls } from '../../work/test-calls.js'
import type { TestedFiles } from '../../work/tests/run-test-files.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readOutput } from '../frame/named-output.js'
import { readSelectionOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

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
  const options = {
    ...readSelectionOptions(args),
    paths: args.positionals,
    updates: args.has('update'),
  }
  const tested = testCalls(options, worldOf(args, host))
  for (const path of tested.updated) host.stderr.write(`updated ${showText(path)}\n`)
  await show(tested, { format, out }, host)
  return tested.hasFailed ? exitCodes.definitions : exitCodes.done
}

function readFormat(args: Arguments): Format {
  const name = args.has('json') ? 'json' : (args.text('format') ?? 'text')
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format !== undefined) return format
  throw new UsageError(`There is no format \`${name}\`.`, `It is one of ${Object.keys(formats).join(', ')}.`)
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
