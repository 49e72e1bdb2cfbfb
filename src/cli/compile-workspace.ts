import { resolve } from 'node:path'
import { type Compilation, compile } from '../compile/compile.js'
import { readValueFile } from '../compile/read-values.js'
import { type Diagnostic, hasErrors } from '../model/diagnostic.js'
import { UsageError } from '../model/errors.js'
import { type ExitCode, exitCodes } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import type { Source } from '../model/source.js'
import type { Assignment, Values, Workspace } from '../model/workspace.js'
import { readNamedFile } from '../read/read-source.js'
import { readWorkspace } from '../read/read-workspace.js'
import { describeDiagnostics, formatJson } from '../report/diagnostics-json.js'
import { formatDiagnostics, type Sources } from '../report/diagnostics-text.js'
import type { Arguments } from './arguments.js'

export interface CompiledWorkspace {
  readonly workspace: Workspace
  readonly compilation: Compilation
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
  readonly hasErrors: boolean
}

/** The first half of nearly every command: read, parse, resolve, render, validate. */
export function compileWorkspace(args: Arguments, host: Host, paths = args.positionals): CompiledWorkspace {
  const workspace = readWorkspace(host.cwd, paths)
  const values = readValues(args, host)
  const compilation = compile(workspace, values)
  const diagnostics = [...values.diagnostics, ...compilation.diagnostics]
  const isBroken = hasErrors(diagnostics)
  if (!isBroken) refuseEmptyPaths(workspace, compilation)
  return {
    workspace,
    compilation,
    diagnostics,
    sources: sourcesOf(workspace, values.sources),
    hasErrors: isBroken,
  }
}

/** A path that holds no definition is most likely a typing mistake, and must not pass as success. */
function refuseEmptyPaths(workspace: Workspace, compilation: Compilation): void {
  for (const { text, sources } of workspace.paths) {
    const count = sources.reduce((sum, path) => sum + (compilation.definitionCounts.get(path) ?? 0), 0)
    if (count === 0) throw new UsageError(`${text} holds no call definition.`)
  }
}

interface ReadValues extends Values {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: readonly Source[]
}

function readValues(args: Arguments, host: Host): ReadValues {
  const assignments: Assignment[] = []
  const diagnostics: Diagnostic[] = []
  const sources: Source[] = []
  for (const path of args.texts('var-file')) {
    const source = readNamedFile(resolve(host.cwd, path), path)
    if ('code' in source) throw new UsageError(source.message)
    sources.push(source)
    const checked = readValueFile(source)
    assignments.push(...checked.value)
    diagnostics.push(...checked.diagnostics)
  }
  for (const text of args.texts('var')) assignments.push(readAssignment(text))
  return { environment: host.environment, assignments, diagnostics, sources }
}

function readAssignment(text: string): Assignment {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`\`--var ${text}\` is not NAME=VALUE.`)
  return { name: text.slice(0, at), level: '--var', value: text.slice(at + 1) }
}

const sourcesOf = (workspace: Workspace, more: readonly Source[]): Sources => {
  const { settings, templates, calls } = workspace
  const all = [...(settings === undefined ? [] : [settings]), ...templates, ...calls, ...more]
  return new Map(all.map((source) => [source.path, source.text]))
}

/** Shows errors and warnings to people, on stderr; with `--json`, errors also end the document on stdout. */
export function showDiagnostics(compiled: CompiledWorkspace, args: Arguments, host: Host): ExitCode {
  const { diagnostics, sources } = compiled
  const { stderr } = host.terminal
  const separator = diagnostics.length > 0 ? '\n' : ''
  const text = formatDiagnostics(diagnostics, sources, stderr)
  host.stderr.write(compiled.hasErrors ? text : text + separator)
  if (!compiled.hasErrors) return exitCodes.done
  if (args.has('json'))
    host.stdout.write(formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }))
  return exitCodes.definitions
}

/** `--only PATTERN`: which addresses are meant, and which are named in full. */
export function readSelection(args: Arguments): {
  selects(address: string): boolean
  onlyNames: ReadonlySet<string>
} {
  const patterns = args.texts('only')
  const tests = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    return new RegExp(`^${parts.join('[^]*')}$`)
  })
  const onlyNames = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  return { selects: (address) => tests.length === 0 || tests.some((test) => test.test(address)), onlyNames }
}
