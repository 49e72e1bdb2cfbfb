import { chargeText } from '../../compile/yaml/charge-document.js'
import { formatDocument } from '../../compile/yaml/format-document.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { isTestFile, type Source } from '../../model/language/source.js'
import type { Workspace } from '../../model/language/workspace.js'
import { readTests } from '../../read/read-tests.js'
import { findWorkspaceRoot, readWorkspace } from '../../read/read-workspace.js'
import { joinReal } from '../../record/disk/real-path.js'
import { replaceFile } from '../../record/disk/replace-file.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import { showText } from '../../report/text/paint.js'
import { readBudget } from '../../work/workspace/read-budget.js'
import type { Arguments } from '../frame/arguments.js'

/** A file is parsed, laid out until nothing changes, and parsed again. */
const passes = 3

/** Lists on stdout the files that it rewrote or, with `--check`, would rewrite. */
export async function fmt(args: Arguments, host: Host): Promise<ExitCode> {
  const tests = readTests(host.cwd, args.positionals)
  const named = args.positionals.filter((path) => !isTestFile(path))
  const isOfTests = args.positionals.length > 0 && named.length === 0
  const workspace = isOfTests ? undefined : readWorkspace(host.cwd, named)
  const root = workspace?.root ?? findWorkspaceRoot(host.cwd)
  const diagnostics: Diagnostic[] = [...(workspace?.diagnostics ?? []), ...tests.diagnostics]
  const sources = [...(workspace === undefined ? [] : chooseSources(workspace, args)), ...tests.sources]
  const budget = readBudget(host.environment)
  const changed = sources.flatMap((source) => {
    budget.addCall()
    budget.charge({ range: { source: source.path, start: 0, end: 0 } })
    for (let pass = 0; pass < passes; pass += 1) chargeText(source, budget)
    const { value: text, diagnostics: found } = formatDocument(source)
    for (const diagnostic of found) diagnostics.push(diagnostic)
    return text === source.text ? [] : [{ path: source.path, text }]
  })
  if (!args.has('check')) rewrite(root, changed)
  for (const { path } of changed) host.stdout.write(`${showText(path)}\n`)
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  host.stderr.write(formatDiagnostics(diagnostics, texts, host.terminal.stderr))
  const isBehind = args.has('check') && changed.length > 0
  return hasErrors(diagnostics) || isBehind ? exitCodes.definitions : exitCodes.done
}

/** All of them or, where one lies behind a link, none. */
function rewrite(root: string, changed: readonly Source[]): void {
  const real = changed.map(({ path, text }) => ({ path: joinReal(root, path.split('/'), 'usage'), text }))
  for (const { path, text } of real) replaceFile(path, text)
}

/** Every file of the language, or those that were named. */
function chooseSources(
  { settings, templates, calls, selected }: Workspace,
  args: Arguments,
): readonly Source[] {
  if (args.positionals.length > 0) return calls.filter(({ path }) => selected.has(path))
  return [...(settings === undefined ? [] : [settings]), ...templates, ...calls]
}
