import { shapes } from '../../schema/shapes.generated.js'
import type { GraphTarget } from '../model/call.js'
import type { Definition } from '../model/definition.js'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import { isJsonObject, type JsonObject } from '../model/json.js'
import type { Origin, Payload } from '../model/payload.js'
import type { Settings } from '../model/settings.js'
import type { Range } from '../model/source.js'
import type { Values } from '../model/workspace.js'
import { type BoundTemplate, bindOptional } from './bind-template.js'
import { bindCallVariables } from './call-variables.js'
import { digestOf, formatCall, orderCall } from './canonical.js'
import type { FileScope } from './file-scope.js'
import { inspect } from './inspect.js'
import { mergeOver } from './merge.js'
import { LayerTrace, locate } from './origins.js'
import { maximumDepth } from './parse-text.js'
import { bindNode, type Render } from './render.js'
import type { Frame, RootNames } from './scope.js'
import { isWithin } from './size.js'
import { resolveTarget } from './target.js'
import { type SchemaProblem, schemaNameOf, validate } from './validate.js'
import type { VariableTable } from './variables.js'

const maximumPayload = 256 * 1024

/** What every call of a workspace shares. */
export interface CallContext {
  readonly settings: Settings
  readonly values: Values
  /** callctl.yaml's `tenantId` and `defaults`, bound once. */
  readonly lowest: readonly Render[]
  readonly applicationId?: Render
  readonly template: BoundTemplate | undefined
  readonly scope: FileScope
}

/** One definition to its payload; undefined when it has problems, which are reported. */
export function compileCall(name: string, definition: Definition, context: CallContext): Payload | undefined {
  const { scope, template } = context
  const before = scope.binder.countErrors()
  const table = bindCallVariables(definition, template, scope, context.values)
  const names: RootNames = {
    ...scope.names,
    variables: new Map([...scope.names.variables, ...(template?.shapes ?? [])]),
  }
  const own = definition.call === undefined ? [] : [bindNode(definition.call, names, scope.binder)]
  const layers = [...context.lowest, ...(template === undefined ? [] : [template.render]), ...own]
  const target = findTarget(definition, context, { root: table }, names)
  if (scope.binder.countErrors() > before || target === undefined) return undefined
  const merged = renderLayers(layers, { root: table })
  if (scope.binder.countErrors() > before) return undefined
  if (!isWithin(merged, maximumPayload, maximumDepth)) {
    scope.binder.report(tooLarge(name, definition.name.range))
    return undefined
  }
  const rendered: RenderedCall = {
    name,
    definition,
    layers,
    table,
    target,
    call: orderCall(merged, shapes[schemaNameOf(target)]),
  }
  const payload = createPayload(rendered, template)
  const problems = checkPayload(payload, rendered)
  for (const problem of problems) scope.binder.report(problem)
  return problems.some((problem) => problem.severity === 'error') ? undefined : payload
}

interface RenderedCall {
  readonly name: string
  readonly definition: Definition
  readonly layers: readonly Render[]
  readonly table: VariableTable
  readonly target: GraphTarget
  readonly call: JsonObject
}

function renderLayers(layers: readonly Render[], frame: Frame): JsonObject {
  return layers.reduce<JsonObject>((lower, render) => {
    const upper = render(frame)
    return isJsonObject(upper) ? mergeOver(lower, upper) : lower
  }, {})
}

function findTarget(
  definition: Definition,
  context: CallContext,
  frame: Frame,
  names: RootNames,
): GraphTarget | undefined {
  const { binder } = context.scope
  const before = binder.countErrors()
  const own = bindOptional(definition.target.applicationId, names, binder)
  const layers = [
    withId(context.settings.target, context.applicationId, frame),
    withId(context.template?.template.target ?? {}, context.template?.applicationId, frame),
    withId(definition.target, own, frame),
  ]
  if (binder.countErrors() > before) return undefined
  const found = resolveTarget(context.settings.cloud, layers, definition.name.range)
  if (!('code' in found)) return found
  binder.report(found)
  return undefined
}

function withId(settings: Settings['target'], render: Render | undefined, frame: Frame) {
  const { applicationId: _unrendered, ...rest } = settings
  const id = render?.(frame)
  return typeof id === 'string' ? { ...rest, applicationId: id } : rest
}

function createPayload(
  { name, definition, call, target }: RenderedCall,
  template: BoundTemplate | undefined,
): Payload {
  return {
    address: name,
    range: definition.name.range,
    ...(definition.description !== undefined && { description: definition.description }),
    ...(template !== undefined && { template: template.template.name }),
    target,
    call,
    text: formatCall(call),
    digest: digestOf(call),
    touches: inspect(call),
  }
}

function checkPayload(payload: Payload, rendered: RenderedCall): readonly Diagnostic[] {
  const { range } = payload
  if (Buffer.byteLength(payload.text) > maximumPayload) return [tooLarge(payload.address, range)]
  const problems = validate(payload.call, payload.target)
  if (problems.length === 0) return []
  const traces = traceLayers(rendered)
  return problems.map((problem) => placeProblem(problem, traces, rendered))
}

const tooLarge = (address: string, range: Range): Diagnostic =>
  createDiagnostic(
    'payload/too-large',
    'This call compiles to more than 256 KiB, or to more than 64 levels.',
    {
      range,
      address,
    },
  )

/** Renders once more, now noting where every value comes from: only what has a problem pays for that. */
function traceLayers({ layers, table }: RenderedCall): readonly LayerTrace[] {
  return layers.map((render) => {
    const trace = new LayerTrace()
    render({ root: table }, trace, '')
    return trace
  })
}

function placeProblem(
  problem: SchemaProblem,
  traces: readonly LayerTrace[],
  rendered: RenderedCall,
): Diagnostic {
  const { pointer } = problem
  const found = locate(pointer, traces, (name) => rendered.table.find(name)?.origin)
  const origin: Origin | undefined = found && { pointer, range: found.range, variables: found.variables }
  // What the whole object lacks is nobody's line but the definition's own.
  const isWhole = pointer === '' || found === undefined
  const place = isWhole ? rendered.definition.name.range : found.range
  const named = problem.isAboutName ? found?.nameRange : undefined
  const range = named ?? found?.source?.range ?? place
  const isElsewhere = found !== undefined && !isWhole && range !== found.range && named === undefined
  return createDiagnostic(problem.code, problem.message, {
    range,
    address: rendered.name,
    pointer,
    ...(origin !== undefined && !isWhole && { origin }),
    ...(isElsewhere && { related: [{ message: 'it is used here', range: found.range }] }),
    ...(problem.hint !== undefined && { hint: problem.hint }),
  })
}
