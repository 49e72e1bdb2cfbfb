import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { Definition } from '../../model/language/definition.js'
import type { MapEntry } from '../../model/language/document.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import {
  type Frame,
  type InnerNames,
  innerFrame,
  type Loop,
  type Names,
  type RootNames,
} from '../expression/scope.js'
import type { BoundTemplate } from './bind-template.js'
import { bindOptional, secretNames } from './bind-template.js'
import { itemShape } from './directives.js'
import type { FileScope } from './file-scope.js'
import { bindNode } from './render.js'
import type { BindTools, Render } from './tools.js'
import type { VariableTable } from './variables.js'
import { waysIntoList } from './ways-of-node.js'

/** A definition whose expressions are parsed and checked, once for all calls that it makes. */
export interface BoundDefinition {
  readonly definition: Definition
  readonly scope: FileScope
  /** Speaks for the definition, not for one of its calls. */
  readonly reporter: Reporter
  readonly template: BoundTemplate | undefined
  readonly name: Render
  /** What its name and `with` see. */
  readonly names: Names
  readonly list?: Render
  readonly where?: Render
  readonly oncePer?: Render
  readonly movedFrom?: Render
  readonly given: readonly GivenValue[]
  readonly call?: Render
  readonly applicationId?: Render
  /** Whether it or its template cannot be used: that is reported, and only the calls' names are known. */
  readonly isNameOnly: boolean
}

/** An entry of `with`. */
export interface GivenValue {
  readonly name: string
  readonly entry: MapEntry
  readonly render: Render
  /** What its expressions see. */
  readonly names: Names
}

/** An item of `forEach`, as the expressions of one call see it. */
export interface Item {
  readonly value: JsonValue
  readonly loop: Loop
}

export function bindDefinition(
  definition: Definition,
  template: BoundTemplate | undefined,
  scope: FileScope,
  reporter: Reporter,
): BoundDefinition {
  const tools = { ...scope.tools, reporter }
  tools.spend((scope.names.variables.size + (template?.shapes.size ?? 0)) * costs.name)
  const list = bindOptional(definition.forEach?.list, scope.names, tools)
  const locals = localsOf(definition, scope, list)
  const names = within(scope.names, locals)
  const where = bindOptional(definition.forEach?.where, names, tools)
  const oncePer = bindOptional(definition.oncePer, names, tools)
  const movedFrom = bindOptional(definition.movedFrom, names, tools)
  const callNames = within(namesOfCall(template, scope), locals)
  const call = definition.call && bindNode(definition.call, callNames, tools)
  const applicationId = bindOptional(definition.target.applicationId, callNames, tools)
  const hasNothing = definition.uses === undefined ? definition.call === undefined : template === undefined
  const given = bindGiven(definition, template, names, tools)
  const isBroken = reporter.hasFailed
  return {
    definition,
    scope,
    reporter,
    template,
    name: bindNode(definition.name, names, tools),
    names,
    given,
    isNameOnly: hasNothing || isBroken,
    ...(list !== undefined && { list }),
    ...(where !== undefined && { where }),
    ...(oncePer !== undefined && { oncePer }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(call !== undefined && { call }),
    ...(applicationId !== undefined && { applicationId }),
  }
}

/** `call` sees the template's variables too. */
const namesOfCall = (template: BoundTemplate | undefined, scope: FileScope): RootNames => ({
  ...scope.names,
  variables: new Map([...scope.names.variables, ...(template?.shapes ?? [])]),
  secrets: new Set([...scope.names.secrets, ...secretNames(template?.variables ?? [])]),
})

type Locals = Pick<InnerNames, 'locals' | 'waysInto'>

/** The name of an item of `forEach`, whose list knows nothing of the call's variables. */
function localsOf({ forEach }: Definition, scope: FileScope, render: Render | undefined): Locals | undefined {
  if (forEach === undefined || render === undefined) return undefined
  const { names, frame } = scope
  const name = String(forEach.as.value)
  const list = { node: forEach.list, render, names }
  return {
    locals: new Map([[name, { shape: itemShape(forEach.list, names), slot: 0 }]]),
    waysInto: (path, _outer, steps) => waysIntoList(name, list, path, { names, frame }, steps),
  }
}

const within = (parent: Names, locals: Locals | undefined): Names =>
  locals === undefined ? parent : { kind: 'inner', parent, isLoop: true, ...locals }

/** The frame in which the expressions of one call are rendered. */
export function frameOf(table: VariableTable, item: Item | undefined): Frame {
  const frame: Frame = { root: table }
  return item === undefined ? frame : innerFrame(frame, [item.value], item.loop)
}

function bindGiven(
  definition: Definition,
  template: BoundTemplate | undefined,
  names: Names,
  tools: BindTools,
): readonly GivenValue[] {
  return (definition.with?.entries ?? []).map((entry) => {
    const name = String(entry.key.value)
    // Of a template that cannot be used, nothing is known of what it declares.
    const { uses, call } = definition
    const isUnknown = template === undefined && (uses !== undefined || call === undefined)
    if (!isUnknown && !template?.shapes.has(name)) {
      const message =
        template === undefined
          ? quote`There is no template here to declare ${name}.`
          : quote`The template ${template.name} declares no variable ${name}.`
      const hint = suggestionFor(name, template?.shapes.keys() ?? [])
      const details = { range: entry.key.range, ...(hint !== undefined && { hint }) }
      tools.reporter.report(createDiagnostic('variable/undeclared', message, details))
    }
    return { name, entry, names, render: bindNode(entry.value, names, tools) }
  })
}
