import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { MapNode, ScalarNode } from '../../model/language/document.js'
import type { TargetSettings } from '../../model/language/settings.js'
import type { Template, VariableDeclaration } from '../../model/language/template.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import type { Names, RootNames } from '../expression/scope.js'
import { type Shape, shapeOfSchema } from '../expression/shape.js'
import { bindNode } from './render.js'
import type { BindTools, Render } from './tools.js'

/** A template and its parents, whose expressions are parsed and checked, once for all calls that use it. */
export interface BoundTemplate {
  readonly name: string
  /** Its own and inherited variables; its own declaration of a name replaces an inherited one. */
  readonly variables: readonly VariableDeclaration[]
  readonly shapes: ReadonlyMap<string, Shape>
  /** `call` of the topmost parent first. */
  readonly layers: readonly Render[]
  /** The same, as they stand. */
  readonly calls: readonly MapNode[]
  readonly targets: readonly BoundTarget[]
  /** Its own name and those of its parents. */
  readonly lineage: readonly string[]
  /** The variables that it or a parent reads. */
  readonly reads: ReadonlySet<string>
  /** Whether it or a parent has problems of its own, which its calls must not repeat. */
  readonly isBroken: boolean
}

export interface BoundTarget {
  readonly settings: TargetSettings
  readonly applicationId?: Render
}

/** A template sees the variables that it declares or inherits, and those of callctl.yaml. */
export function bindTemplate(
  template: Template,
  parent: BoundTemplate | undefined,
  workspace: RootNames,
  tools: BindTools,
): BoundTemplate {
  tools.spend((workspace.variables.size + (parent?.variables.length ?? 0)) * costs.name)
  const variables = inherit(parent?.variables ?? [], template.variables)
  const shapes = new Map(variables.map((each) => [each.name, shapeOfSchema(each.schema)]))
  const names: RootNames = {
    ...workspace,
    variables: new Map([...workspace.variables, ...shapes]),
    secrets: new Set([...workspace.secrets, ...secretNames(variables)]),
    used: new Set(parent?.reads),
  }
  const own = template.call === undefined ? [] : [bindNode(template.call, names, tools)]
  const target = bindTarget(template.target, names, tools)
  return {
    name: template.name,
    variables,
    shapes,
    layers: [...(parent?.layers ?? []), ...own],
    calls: [...(parent?.calls ?? []), ...(template.call === undefined ? [] : [template.call])],
    targets: [...(parent?.targets ?? []), target],
    lineage: [...(parent?.lineage ?? []), template.name],
    reads: names.used,
    isBroken: (parent?.isBroken ?? false) || tools.reporter.hasFailed,
  }
}

function inherit(
  inherited: readonly VariableDeclaration[],
  own: readonly VariableDeclaration[],
): readonly VariableDeclaration[] {
  const replaced = new Set(own.map((each) => each.name))
  return [...inherited.filter((each) => !replaced.has(each.name)), ...own]
}

export const secretNames = (variables: readonly VariableDeclaration[]): readonly string[] =>
  variables.filter((each) => each.isSecret).map((each) => each.name)

/** Once all templates are bound: a parent may declare what only its children read. */
export function reportUnused(
  templates: Iterable<Template>,
  bound: readonly BoundTemplate[],
  { report }: Pick<Reporter, 'report'>,
): void {
  const heirs = new Map<string, BoundTemplate[]>()
  for (const each of bound)
    for (const name of each.lineage) if (!heirs.get(name)?.push(each)) heirs.set(name, [each])
  for (const template of templates) {
    const own = heirs.get(template.name) ?? []
    for (const { name, range } of template.variables) {
      if (own.length === 0 || own.some((each) => each.reads.has(name))) continue
      const hint = 'Remove it, or use it in `call`.'
      const message = quote`Nothing reads the variable ${name}.`
      report(createDiagnostic('variable/unused', message, { range, hint }))
    }
  }
}

export function bindTarget(settings: TargetSettings, names: Names, tools: BindTools): BoundTarget {
  const applicationId = bindOptional(settings.applicationId, names, tools)
  return { settings, ...(applicationId !== undefined && { applicationId }) }
}

export const bindOptional = (
  node: ScalarNode | undefined,
  names: Names,
  tools: BindTools,
): Render | undefined => (node === undefined ? undefined : bindNode(node, names, tools))
