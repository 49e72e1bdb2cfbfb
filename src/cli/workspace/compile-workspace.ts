// The workspace that a command is about: found, read, compiled, with its record; parsed by threads where that is
// faster. Plans and sends nothing.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RenderedCall } from '../../compile/call/rendered-call.js'
import { type Compilation, compile, compileEach, type Summary } from '../../compile/compile.js'
import { readValueFile } from '../../compile/language/read-values.js'
import { keyOfAddress } from '../../model/address.js'
import { createMatcher } from '../../model/address-pattern.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Source } from '../../model/language/source.js'
import type { Assignment, Values, Workspace } from '../../model/language/workspace.js'
import { didYouMean } from '../../model/suggest.js'
import { readData, readNamedFile, readSource } from '../../read/read-source.js'
import { findWorkspaceRoot, readWorkspace, settingsName } from '../../read/read-workspace.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import type { Sources } from '../../report/text/sources.js'
import type { Arguments } from '../frame/arguments.js'
import type { EventStream } from '../frame/event-stream.js'
import { knowingIgnored } from './ignored-data.js'
import { withDocuments } from './open-documents.js'
import { readBudget } from './read-budget.js'
import { withCompilingLine } from './with-compiling-line.js'

export interface CompiledWorkspace<Result extends Summary = Compilation> {
  readonly workspace: Workspace
  readonly compilation: Result
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
  readonly hasErrors: boolean
}

/** The first half of nearly every command: read, parse, resolve, render, validate. */
export const compileWorkspace = (
  args: Arguments,
  host: Host,
  paths = args.positionals,
  compileWith: CompileWith<Compilation> = compile,
): CompiledWorkspace => readAndCompile(args, host, paths, compileWith)

/** The same, with each payload handed over and forgotten: before it is known whether there are errors. */
export const compileStream = (
  args: Arguments,
  host: Host,
  take: (rendered: RenderedCall) => void,
): CompiledWorkspace<Summary> =>
  readAndCompile(args, host, args.positionals, (workspace, values, count) =>
    compileEach(workspace, values, (rendered) => {
      count?.()
      take(rendered)
    }),
  )

type CompileWith<Result> = (workspace: Workspace, values: Values, count: (() => void) | undefined) => Result

function readAndCompile<Result extends Summary>(
  args: Arguments,
  host: Host,
  paths: readonly string[],
  compileWith: CompileWith<Result>,
): CompiledWorkspace<Result> {
  const workspace = knowingIgnored(readWorkspace(host.cwd, paths), host)
  const values = readValues(args, host)
  const compilation = withDocuments(workspace, args, host, (known) =>
    withCompilingLine(args, host, (count) => compileWith(known, values, count)),
  )
  refuseUnknownEnvironment(values, compilation)
  const diagnostics = [...values.diagnostics, ...compilation.diagnostics]
  const isBroken = hasErrors(diagnostics)
  if (!isBroken) refuseEmptyPaths(workspace, compilation)
  return {
    workspace,
    compilation,
    diagnostics,
    sources: sourcesOf(workspace, values.sources, compilation),
    hasErrors: isBroken,
  }
}

/**
 * For commands about calls that were placed: callctl.yaml alone, so that no definition that is broken or gone keeps
 * anybody from hanging up.
 */
export function compileSettings(args: Arguments, host: Host): CompiledWorkspace {
  const root = findWorkspaceRoot(host.cwd)
  const found = existsSync(join(root, settingsName)) ? readSource(root, settingsName) : undefined
  const settings = found !== undefined && 'text' in found ? found : undefined
  const workspace: Workspace = {
    root,
    templates: [],
    calls: [],
    selected: new Set(),
    paths: [],
    openFile: (path) => readData(root, path),
    diagnostics: found !== undefined && 'code' in found ? [found] : [],
    ...(settings !== undefined && { settings }),
  }
  const values = readValues(args, host)
  const compilation = compile(workspace, values)
  refuseUnknownEnvironment(values, compilation)
  // Without templates nothing declares what `--var` sets.
  const diagnostics = compilation.diagnostics.filter(({ code }) => code !== 'variable/undeclared')
  const sources = sourcesOf(workspace, values.sources, compilation)
  return { workspace, compilation, diagnostics, sources, hasErrors: hasErrors(diagnostics) }
}

/** A path that holds no definition is most likely a typing mistake, and must not pass as success. */
function refuseEmptyPaths(workspace: Workspace, compilation: Summary): void {
  for (const { text, sources } of workspace.paths) {
    const count = sources.reduce((sum, path) => sum + (compilation.definitionCounts.get(path) ?? 0), 0)
    if (count === 0) throw new UsageError(`${text} holds no call definition.`)
  }
}

export interface ReadValues extends Values {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: readonly Source[]
}

export function readValues(args: Arguments, host: Host): ReadValues {
  const assignments: Assignment[] = []
  const diagnostics: Diagnostic[] = []
  const sources: Source[] = []
  for (const path of args.texts('var-file')) {
    const source = readNamedFile(resolve(host.cwd, path), path)
    if ('code' in source) throw new UsageError(source.message)
    sources.push(source)
    const checked = readValueFile(source)
    for (const each of checked.value) assignments.push(each)
    for (const each of checked.diagnostics) diagnostics.push(each)
  }
  for (const text of args.texts('var')) assignments.push(readAssignment(text))
  const environmentName = args.text('env')
  return {
    environment: host.environment,
    assignments,
    isStrict: args.has('strict'),
    budget: readBudget(host.environment),
    diagnostics,
    sources,
    ...(environmentName !== undefined && { environmentName }),
  }
}

function readAssignment(text: string): Assignment {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`\`--var ${text}\` is not NAME=VALUE.`)
  return { name: text.slice(0, at), level: '--var', value: text.slice(at + 1) }
}

/** The texts of all files that were read, by path. */
export function sourcesOf(workspace: Workspace, more: readonly Source[], { dataTexts }: Summary): Sources {
  const { settings, templates, calls } = workspace
  const all = [...(settings === undefined ? [] : [settings]), ...templates, ...calls, ...more]
  return new Map([...dataTexts, ...all.map((source) => [source.path, source.text] as const)])
}

/** A misspelt environment must not quietly be the usual one. */
export function refuseUnknownEnvironment({ environmentName }: Values, { settings }: Summary): void {
  const names = settings.environmentNames
  if (environmentName === undefined || names.includes(environmentName)) return
  const hint = didYouMean(environmentName, names) ?? 'Environments stand in callctl.yaml.'
  throw new UsageError(`There is no environment \`${environmentName}\`.`, hint)
}

/** For commands with an event stream: text for people on stderr, an event for programs. True when there are errors. */
export function showProblems(
  { diagnostics, sources, hasErrors: isBroken }: CompiledWorkspace<Summary>,
  host: Host,
  stream: Pick<EventStream, 'emit'>,
): boolean {
  host.stderr.write(formatProblems(diagnostics, sources, isBroken, host))
  if (diagnostics.length > 0)
    stream.emit('diagnostics', { diagnostics: describeDiagnostics(diagnostics, sources) })
  return isBroken
}

/** Shows errors and warnings to people, on stderr; with `--json`, errors also end the document on stdout. */
export function showDiagnostics(compiled: CompiledWorkspace<Summary>, args: Arguments, host: Host): ExitCode {
  const { diagnostics, sources } = compiled
  host.stderr.write(formatProblems(diagnostics, sources, compiled.hasErrors, host))
  if (!compiled.hasErrors) return exitCodes.done
  if (args.has('json'))
    host.stdout.write(formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }))
  return exitCodes.definitions
}

/** Warnings stand apart from what follows them. */
function formatProblems(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  isBroken: boolean,
  host: Host,
): string {
  const text = formatDiagnostics(diagnostics, sources, host.terminal.stderr)
  return isBroken || text === '' ? text : `${text}\n`
}

/** `--only PATTERN`: which addresses are meant, and which are named in full. */
export function readSelection(args: Arguments): {
  selects(address: string): boolean
  onlyNames: ReadonlySet<string>
} {
  const patterns = args.texts('only')
  const matchers = patterns.map((pattern) => createMatcher(keyOfAddress(pattern)))
  const onlyNames = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  return {
    selects: (address) => matchers.length === 0 || matchers.some((matches) => matches(keyOfAddress(address))),
    onlyNames,
  }
}
