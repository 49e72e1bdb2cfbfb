import type { Definition } from '../model/definition.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { createDiagnostic } from '../model/diagnostic.js'
import type { MapNode, ScalarNode } from '../model/document.js'
import type { Payload } from '../model/payload.js'
import type { Settings } from '../model/settings.js'
import type { Values, Workspace } from '../model/workspace.js'
import { type BoundTemplate, bindOptional, bindTemplate } from './bind-template.js'
import { compileCall } from './compile-call.js'
import { type CountingBinder, type FileScope, openScope, workspaceNames } from './file-scope.js'
import { textOf } from './helpers.js'
import { duplicateName, type Program, readProgram } from './program.js'
import { bindNode, type Render } from './render.js'
import { didYouMean } from './suggest.js'

export interface Compilation {
  /** The selected files' calls that have no error, in the order of their files. */
  readonly payloads: readonly Payload[]
  readonly diagnostics: readonly Diagnostic[]
  readonly settings: Settings
  /** Every name that the workspace defines; undefined when a file could not be read, so that some are not known. */
  readonly definedAddresses: ReadonlySet<string> | undefined
  /** How many definitions each file holds. */
  readonly definitionCounts: ReadonlyMap<string, number>
  /** callctl.yaml's `tenantId`, rendered: the tenant to sign in to. */
  readonly tenantId?: string
}

/** Text to payloads, with all complaints. Pure: it reads nothing but its arguments. */
export function compile(workspace: Workspace, values: Values): Compilation {
  return new Compiler(workspace, values).run()
}

class Compiler implements CountingBinder {
  readonly #diagnostics: Diagnostic[] = []
  readonly #seen = new Set<string>()
  readonly #texts: ReadonlyMap<string, string>
  readonly #scopes = new Map<MapNode | undefined, FileScope>()
  readonly #templates = new Map<string, BoundTemplate>()
  #errors = 0

  constructor(
    private readonly workspace: Workspace,
    private readonly values: Values,
  ) {
    const sources = [
      ...workspace.templates,
      ...workspace.calls,
      ...(workspace.settings ? [workspace.settings] : []),
    ]
    this.#texts = new Map(sources.map((source) => [source.path, source.text]))
  }

  readonly sourceText = (path: string): string => this.#texts.get(path) ?? ''

  readonly countErrors = (): number => this.#errors

  readonly fail = (): void => {
    this.#errors += 1
  }

  /** The same complaint about the same place, by call after call, is made once. */
  readonly report = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === 'error') this.#errors += 1
    const { code, message, range, pointer } = diagnostic
    const identity = JSON.stringify([code, message, range, range === undefined ? pointer : ''])
    if (this.#seen.has(identity)) return
    this.#seen.add(identity)
    if (this.#isSelected(diagnostic)) this.#diagnostics.push(diagnostic)
  }

  /** Problems of definitions' files that the command is not about are none of its business. */
  #isSelected({ range }: Diagnostic): boolean {
    if (range === undefined || this.workspace.selected.has(range.source)) return true
    return !this.workspace.calls.some((source) => source.path === range.source)
  }

  run(): Compilation {
    for (const diagnostic of this.workspace.diagnostics) this.report(diagnostic)
    const program = readProgram(this.workspace, this.report)
    const root = this.#openWorkspaceScope(program.settings)
    const shared = this.#bindShared(program.settings, root)
    const names = workspaceNames(root)
    for (const template of program.templates.values()) {
      this.#templates.set(template.name, bindTemplate(template, names, this))
    }
    this.#checkAssignments(program)
    const named = this.#nameCalls(program, root)
    const isWhole = program.isWhole && named.length === program.definitions.length
    const tenantId = this.#renderTenant(shared.tenantId, root)
    const selected = named.filter(({ definition }) => this.workspace.selected.has(definition.source))
    const payloads = selected.flatMap((call) => this.#compile(call, program, shared, root) ?? [])
    return {
      payloads,
      diagnostics: this.#diagnostics,
      settings: program.settings,
      definedAddresses: isWhole ? new Set(named.map(({ name }) => name)) : undefined,
      definitionCounts: countBySource(program.definitions),
      ...(tenantId !== undefined && { tenantId }),
    }
  }

  #openWorkspaceScope(settings: Settings): FileScope {
    const environment = new Set(settings.environment.keys())
    return openScope(
      { variables: settings.variables, level: 'callctl.yaml', values: this.values },
      environment,
      this,
    )
  }

  #bindShared(settings: Settings, root: FileScope): SharedRenders {
    const applicationId = bindOptional(settings.target.applicationId, root.names, this)
    const tenantId = bindOptional(settings.tenantId, root.names, this)
    const tenantLayer = settings.tenantId && bindNode(mapOf('tenantId', settings.tenantId), root.names, this)
    const defaults = settings.defaults && bindNode(settings.defaults, root.names, this)
    return {
      lowest: [tenantLayer, defaults].filter((render) => render !== undefined),
      ...(applicationId !== undefined && { applicationId }),
      ...(tenantId !== undefined && { tenantId }),
    }
  }

  /** Unset variables of the environment are complained about by the calls, which are why it is needed. */
  #renderTenant(render: Render | undefined, root: FileScope): string | undefined {
    const tenantId = render?.(root.frame)
    return typeof tenantId === 'string' ? tenantId : undefined
  }

  #scopeOf(definition: Definition, root: FileScope): FileScope {
    const known = this.#scopes.get(definition.fileVariables)
    if (known !== undefined) return known
    const sources = {
      variables: definition.fileVariables,
      level: 'file',
      values: this.values,
      parent: root,
    } as const
    const scope = openScope(sources, root.names.environment, this)
    this.#scopes.set(definition.fileVariables, scope)
    return scope
  }

  #nameCalls(program: Program, root: FileScope): NamedCall[] {
    const taken = new Map<string, Definition>()
    const named: NamedCall[] = []
    for (const definition of program.definitions) {
      const name = this.#renderName(definition, root)
      if (name === undefined) continue
      const first = taken.get(name.toLowerCase())
      if (first === undefined) {
        taken.set(name.toLowerCase(), definition)
        named.push({ name, definition })
      } else this.report(duplicateName(name, definition, first))
    }
    return named
  }

  #renderName(definition: Definition, root: FileScope): string | undefined {
    const scope = this.#scopeOf(definition, root)
    const name = bindNode(definition.name, scope.names, this)({ root: scope.table.fork() })
    if (typeof name === 'symbol') return undefined
    const text = textOf(name)
    if (text !== undefined && addressForm.test(text)) return text
    const message =
      'A call name is letters, digits, `.`, `_` and `-`, at most 128, and begins with a letter or digit.'
    this.report(createDiagnostic('definition/name', message, { range: definition.name.range }))
    return undefined
  }

  #compile(call: NamedCall, program: Program, shared: SharedRenders, root: FileScope): Payload | undefined {
    const { definition, name } = call
    const scope = this.#scopeOf(definition, root)
    const uses = definition.uses === undefined ? undefined : String(definition.uses.value)
    const template = uses === undefined ? undefined : this.#templates.get(uses)
    if (uses !== undefined && template === undefined) {
      if (!program.brokenTemplates.has(uses)) this.#reportUnknownTemplate(definition.uses!, program)
      return undefined
    }
    if (template?.isBroken || (uses === undefined && definition.call === undefined)) return undefined
    const { settings } = program
    return compileCall(name, definition, { ...shared, settings, values: this.values, template, scope })
  }

  #reportUnknownTemplate(uses: ScalarNode, program: Program): void {
    const names = [...program.templates.keys(), ...program.brokenTemplates]
    const hint = didYouMean(String(uses.value), names) ?? 'Templates are the files of `templates/`.'
    const message = `There is no template \`${uses.value}\`.`
    this.report(createDiagnostic('template/unknown', message, { range: uses.range, hint }))
  }

  /** A `--var` that nothing declares is most likely misspelt. */
  #checkAssignments(program: Program): void {
    const known = new Set(program.settings.variables?.entries.map((entry) => String(entry.key.value)))
    for (const template of program.templates.values())
      for (const { name } of template.variables) known.add(name)
    for (const { fileVariables } of program.definitions) {
      for (const { key } of fileVariables?.entries ?? []) known.add(String(key.value))
    }
    for (const { name, level } of this.values.assignments) {
      if (known.has(name)) continue
      const hint = didYouMean(name, known)
      const message = `\`${level}\` sets \`${name}\`, which nothing declares.`
      this.report(createDiagnostic('variable/undeclared', message, hint === undefined ? {} : { hint }))
    }
  }
}

const addressForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

interface SharedRenders {
  readonly lowest: readonly Render[]
  readonly applicationId?: Render
  readonly tenantId?: Render
}

interface NamedCall {
  readonly name: string
  readonly definition: Definition
}

function countBySource(definitions: readonly Definition[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { source } of definitions) counts.set(source, (counts.get(source) ?? 0) + 1)
  return counts
}

const mapOf = (name: string, value: ScalarNode): MapNode => ({
  kind: 'map',
  range: value.range,
  entries: [{ key: { kind: 'scalar', value: name, style: 'plain', range: value.range }, value }],
})
