import { createDiagnostic } from '../model/diagnostic.js'
import type { ScalarNode } from '../model/document.js'
import type { Template } from '../model/template.js'
import { type Binder, bindNode, type Render } from './render.js'
import type { RootNames } from './scope.js'
import { type Shape, shapeOfSchema } from './shape.js'

/** A template whose expressions are parsed and checked, once for all calls that use it. */
export interface BoundTemplate {
  readonly template: Template
  readonly shapes: ReadonlyMap<string, Shape>
  readonly render: Render
  readonly applicationId?: Render
  /** Whether it has problems of its own, which its calls must not repeat. */
  readonly isBroken: boolean
}

export interface WorkspaceNames {
  readonly variables: ReadonlyMap<string, Shape>
  readonly environment: ReadonlySet<string>
  /** Told of every workspace variable that anything reads. */
  readonly used: Set<string>
}

/** A template sees the variables that it declares and those of callctl.yaml. */
export function bindTemplate(
  template: Template,
  workspace: WorkspaceNames,
  binder: Binder & { readonly countErrors: () => number },
): BoundTemplate {
  const before = binder.countErrors()
  const declared = new Map(template.variables.map((each) => [each.name, shapeOfSchema(each.schema)]))
  const names: RootNames = {
    kind: 'root',
    variables: new Map([...workspace.variables, ...declared]),
    environment: workspace.environment,
    used: new Set(),
  }
  const render = bindNode(template.call, names, binder)
  const applicationId = bindOptional(template.target.applicationId, names, binder)
  for (const { name, range } of template.variables) {
    if (names.used.has(name)) continue
    const hint = 'Remove it, or use it in `call`.'
    binder.report(
      createDiagnostic('variable/unused', `Nothing reads the variable \`${name}\`.`, { range, hint }),
    )
  }
  for (const name of names.used) if (!declared.has(name)) workspace.used.add(name)
  const isBroken = binder.countErrors() > before
  return {
    template,
    shapes: declared,
    render,
    isBroken,
    ...(applicationId !== undefined && { applicationId }),
  }
}

export const bindOptional = (
  node: ScalarNode | undefined,
  names: RootNames,
  binder: Binder,
): Render | undefined => (node === undefined ? undefined : bindNode(node, names, binder))
