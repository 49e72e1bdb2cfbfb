import { createDiagnostic } from '../model/diagnostic.js'
import type { MapNode, Node } from '../model/document.js'
import type { VariableLevel, VariableOrigin } from '../model/payload.js'
import type { Assignment, Values } from '../model/workspace.js'
import type { WorkspaceNames } from './bind-template.js'
import { type Binder, bindNode, complain, startOf } from './render.js'
import type { Frame, RootNames } from './scope.js'
import { type Shape, shapeOfNode } from './shape.js'
import {
  type Binding,
  failedBinding,
  fixedBinding,
  lazyBinding,
  readText,
  typesOfNode,
  VariableTable,
} from './variables.js'

export type CountingBinder = Binder & { readonly countErrors: () => number }

/** What expressions of a file of definitions can read: its own variables, and those of callctl.yaml. */
export interface FileScope {
  readonly names: RootNames
  readonly table: VariableTable
  readonly frame: Frame
  readonly binder: CountingBinder
}

export interface ScopeSources {
  readonly variables: MapNode | undefined
  readonly level: VariableLevel & ('callctl.yaml' | 'file')
  readonly values: Values
  readonly parent?: FileScope
}

/** A scope of variables over its parent's. Values are rendered when they are first read. */
export function openScope(
  sources: ScopeSources,
  environment: ReadonlySet<string>,
  binder: CountingBinder,
): FileScope {
  const entries = sources.variables?.entries ?? []
  const own = entries.map(({ key, value }) => [String(key.value), shapeOfNode(value)] as const)
  const variables: ReadonlyMap<string, Shape> = new Map([...(sources.parent?.names.variables ?? []), ...own])
  const names: RootNames = { kind: 'root', variables, environment, used: new Set() }
  const bindings = new Map<string, Binding>()
  const table = new VariableTable(bindings, sources.values.environment, sources.parent?.table)
  const frame: Frame = { root: table }
  const nesting = { depth: 0 }
  for (const { key, value } of entries) {
    const name = String(key.value)
    const origin: VariableOrigin = { name, level: sources.level, range: value.range }
    const assignment = sources.values.assignments.findLast((each) => each.name === name)
    const binding =
      assignment === undefined
        ? lazyBinding({
            origin,
            node: value,
            render: bindNode(value, names, binder),
            frame: () => frame,
            countProblems: binder.countErrors,
            report: (code, message) => complain(binder, code, message, startOf(value)),
            nesting,
          })
        : bindReplacement(assignment, value, binder)
    bindings.set(name, binding)
  }
  return { names, table, frame, binder }
}

/** A `--var` that replaces a value of a file is read by that value's type. */
function bindReplacement(assignment: Assignment, replaced: Node, binder: Binder): Binding {
  const { name, level, value } = assignment
  const origin: VariableOrigin = { name, level }
  if (level === '--var-file') return fixedBinding(origin, value)
  const types = typesOfNode(replaced)
  const read = readText(String(value), types)
  if (read !== undefined) return fixedBinding(origin, read)
  const message = `\`--var ${name}\` is not a value of the type ${types?.join(' or ')}, as the value that it replaces.`
  binder.report(createDiagnostic('variable/value', message, { range: replaced.range }))
  return failedBinding(origin)
}

export const workspaceNames = (scope: FileScope): WorkspaceNames => scope.names
