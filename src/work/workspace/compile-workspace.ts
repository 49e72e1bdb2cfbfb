// The workspace that a command is about: found, read, compiled, with its record; parsed by threads where that is
// faster. Plans and sends nothing.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RenderedCall } from '../../compile/call/rendered-call.js'
import { type Compilation, compile, compileEach, type Summary } from '../../compile/compile.js'
import { readValueFile } from '../../compile/language/read-values.js'
import { compileSettings, type SettingsSummary } from '../../compile/open-settings.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { UsageError } from '../../model/errors.js'
import type { Source } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import type { Assignment, Values, Workspace } from '../../model/language/workspace.js'
import { didYouMean } from '../../model/words/suggest.js'
import type { WatchedWorld, World } from '../../model/world.js'
import { readNamedFile, readSource } from '../../read/read-source.js'
import { findWorkspaceRoot, readWorkspace, settingsName } from '../../read/read-workspace.js'
import type { WorkspaceOptions } from '../options/options.js'
import { knowingIgnored } from './ignored-data.js'
import { withDocuments } from './open-documents.js'
import { readBudget } from './read-budget.js'

export interface CompiledWorkspace<Result extends Summary = Compilation> extends SettledWorkspace<Result> {
  readonly workspace: Workspace
}

/** As far as callctl.yaml tells. */
export interface SettledWorkspace<Result extends SettingsSummary = SettingsSummary> {
  readonly workspace: Pick<Workspace, 'root' | 'settings'>
  readonly compilation: Result
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
  readonly hasErrors: boolean
}

/** The first half of nearly every use case: read, parse, resolve, render, validate. */
export const compileWorkspace = (options: WorkspaceOptions, world: WatchedWorld): CompiledWorkspace =>
  readAndCompile(options, world, (workspace, values) => compile(workspace, values))

/** The same, with something else made of the workspace than its payloads alone. */
export const compileWith = (
  options: WorkspaceOptions,
  world: WatchedWorld,
  work: (workspace: Workspace, values: Values) => Compilation,
): CompiledWorkspace => readAndCompile(options, world, work)

/** As compileWorkspace, with each payload handed over and forgotten: before it is known whether there are errors. */
export const compileStream = (
  options: WorkspaceOptions,
  world: WatchedWorld,
  take: (rendered: RenderedCall) => void,
): CompiledWorkspace<Summary> =>
  readAndCompile(options, world, (workspace, values, count) =>
    compileEach(workspace, values, (rendered) => {
      count?.()
      take(rendered)
    }),
  )

type CompileWith<Result> = (workspace: Workspace, values: Values, count: (() => void) | undefined) => Result

function readAndCompile<Result extends Summary>(
  options: WorkspaceOptions,
  world: WatchedWorld,
  work: CompileWith<Result>,
): CompiledWorkspace<Result> {
  const workspace = knowingIgnored(readWorkspace(world.cwd, options.paths ?? []), world)
  const values = readValues(options, world)
  const { watchCompiling = (work) => work(undefined) } = world
  const compilation = withDocuments(workspace, options, world, (known) =>
    watchCompiling((count) => work(known, values, count)),
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
 * For use cases about calls that were placed: callctl.yaml alone, so that no definition that is broken or gone keeps
 * anybody from hanging up.
 */
export function readWorkspaceSettings(options: WorkspaceOptions, world: WatchedWorld): SettledWorkspace {
  const root = findWorkspaceRoot(world.cwd)
  const found = existsSync(join(root, settingsName)) ? readSource(root, settingsName) : undefined
  const settings = found !== undefined && 'text' in found ? found : undefined
  const workspace = { root, ...(settings !== undefined && { settings }) }
  const file = { ...workspace, diagnostics: found !== undefined && 'code' in found ? [found] : [] }
  const values = readValues(options, world)
  const compilation = compileSettings(file, values)
  refuseUnknownEnvironment(values, compilation)
  const diagnostics = [...values.diagnostics, ...compilation.diagnostics]
  const read = [...(settings === undefined ? [] : [settings]), ...values.sources]
  const sources = new Map(read.map(({ path, text }) => [path, text]))
  return { workspace, compilation, diagnostics, sources, hasErrors: hasErrors(diagnostics) }
}

/** A path that holds no definition is most likely a typing mistake, and must not pass as success. */
function refuseEmptyPaths(workspace: Workspace, compilation: Summary): void {
  for (const { text, sources } of workspace.paths) {
    const count = sources.reduce((sum, path) => sum + (compilation.definitionCounts.get(path) ?? 0), 0)
    if (count === 0) throw new UsageError(`${text} holds no call definition.`, hintOfUnread(workspace))
  }
}

/** Files that would hold some, had they another name. */
function hintOfUnread({ diagnostics }: Workspace): string | undefined {
  const [first] = diagnostics.filter(({ code }) => code === 'file/extension')
  return first && `${first.message} ${first.hint ?? ''}`.trim()
}

export interface ReadValues extends Values {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: readonly Source[]
}

export function readValues(options: WorkspaceOptions, world: World): ReadValues {
  const assignments: Assignment[] = []
  const diagnostics: Diagnostic[] = []
  const sources: Source[] = []
  for (const path of options.valueFiles ?? []) {
    const source = readNamedFile(resolve(world.cwd, path), path)
    if ('code' in source) throw new UsageError(source.message)
    sources.push(source)
    const checked = readValueFile(source)
    for (const each of checked.value) assignments.push(each)
    for (const each of checked.diagnostics) diagnostics.push(each)
  }
  for (const each of options.assignments ?? []) assignments.push(each)
  const { environmentName } = options
  return {
    environment: world.environment,
    assignments,
    isStrict: options.isStrict === true,
    budget: readBudget(world.environment),
    diagnostics,
    sources,
    ...(environmentName !== undefined && { environmentName }),
  }
}

/** The texts of all files that were read, by path. */
export function sourcesOf(
  workspace: Workspace,
  more: readonly Source[],
  { dataTexts }: Pick<Summary, 'dataTexts'>,
): Sources {
  const { settings, templates, calls } = workspace
  const all = [...(settings === undefined ? [] : [settings]), ...templates, ...calls, ...more]
  return new Map([...dataTexts, ...all.map((source) => [source.path, source.text] as const)])
}

/** A misspelt environment must not quietly be the usual one. */
export function refuseUnknownEnvironment({ environmentName }: Values, { settings }: SettingsSummary): void {
  const names = settings.environmentNames
  if (environmentName === undefined || names.includes(environmentName)) return
  const hint = didYouMean(environmentName, names) ?? 'Environments stand in callctl.yaml.'
  throw new UsageError(`There is no environment \`${environmentName}\`.`, hint)
}
