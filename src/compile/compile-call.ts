import { shapes } from '../../schema/shapes.generated.js'
import type { GraphTarget } from '../model/call.js'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import { isJsonObject, type JsonObject } from '../model/json.js'
import type { Origin, Payload } from '../model/payload.js'
import type { Settings } from '../model/settings.js'
import type { Range } from '../model/source.js'
import type { Values } from '../model/workspace.js'
import { frameOf } from './bind-definition.js'
import type { BoundTarget } from './bind-template.js'
import { bindCallVariables } from './call-variables.js'
import { digestOf, formatCall, orderCall } from './canonical.js'
import { inspect } from './inspect.js'
import { type Instance, renderMovedFrom } from './instances.js'
import { lintCall } from './lint.js'
import { mergeOver } from './merge.js'
import { LayerTrace, locate } from './origins.js'
import { maximumDepth } from './parse-text.js'
import type { Render } from './render.js'
import { collectSecrets } from './reveal.js'
import type { Frame } from './scope.js'
import { isWithin } from './size.js'
import { resolveTarget } from './target.js'
import { type SchemaProblem, schemaNameOf, validate } from './validate.js'
import type { Surroundings, VariableTable } from './variables.js'

const maximumPayload = 256 * 1024

/** What every call of a workspace shares. */
export interface CallContext {
  readonly settings: Settings
  readonly values: Values
  readonly surroundings: Surroundings
  /** callctl.yaml's `tenantId` and `defaults`, bound once. */
  readonly lowest: readonly Render[]
  readonly target: BoundTarget
}

/** A call before it is checked, with what is needed to say where its values come from. */
export interface RenderedCall {
  readonly instance: Instance
  readonly layers: readonly Render[]
  readonly table: VariableTable
  readonly surroundings: Surroundings
  readonly frame: Frame
  readonly target: GraphTarget
  readonly call: JsonObject
}

/** One call of a definition to its payload; undefined when it has problems, which are reported. */
export function compileCall(
  instance: Instance,
  context: CallContext,
): { payload: Payload; rendered: RenderedCall } | undefined {
  const { binder } = instance.bound.scope
  const before = binder.countErrors()
  const rendered = renderCall(instance, context)
  if (rendered === undefined) return undefined
  const payload = createPayload(rendered, context)
  for (const problem of checkPayload(payload, rendered)) binder.report(problem)
  return binder.countErrors() > before ? undefined : { payload, rendered }
}

function renderCall(instance: Instance, context: CallContext): RenderedCall | undefined {
  const { bound, item } = instance
  const { binder } = bound.scope
  const before = binder.countErrors()
  const { values, surroundings } = context
  const table = bindCallVariables({ bound, item, values, surroundings })
  const frame = frameOf(bound, table, item)
  const layers = [...context.lowest, ...(bound.template?.layers ?? [])]
  const target = findTarget(instance, context, frame)
  if (binder.countErrors() > before || target === undefined) return undefined
  // The layers below the definition's own know nothing of its items, so their frame is the one around.
  const outer: Frame = { root: table }
  const own = bound.call === undefined ? [] : [atFrame(bound.call, frame)]
  const all = [...layers.map((render) => atFrame(render, outer)), ...own]
  const merged = renderLayers(all, outer)
  if (binder.countErrors() > before) return undefined
  if (!isWithin(merged, maximumPayload, maximumDepth)) {
    binder.report(tooLarge(instance.address, bound.definition.name.range))
    return undefined
  }
  const call = orderCall(merged, shapes[schemaNameOf(target)])
  return { instance, layers: all, table, surroundings, frame, target, call }
}

const atFrame =
  (render: Render, frame: Frame): Render =>
  (_frame, trace, pointer) =>
    render(frame, trace, pointer)

function renderLayers(layers: readonly Render[], frame: Frame): JsonObject {
  let merged: JsonObject | undefined
  for (const render of layers) {
    const upper = render(frame)
    if (isJsonObject(upper)) merged = merged === undefined ? upper : mergeOver(merged, upper)
  }
  return merged ?? {}
}

function findTarget({ bound }: Instance, context: CallContext, frame: Frame): GraphTarget | undefined {
  const { binder } = bound.scope
  const before = binder.countErrors()
  const { definition, applicationId } = bound
  const own: BoundTarget = {
    settings: definition.target,
    ...(applicationId !== undefined && { applicationId }),
  }
  const layers = [context.target, ...(bound.template?.targets ?? []), own].map((target) =>
    withId(target, frame),
  )
  if (binder.countErrors() > before) return undefined
  const found = resolveTarget(context.settings.cloud, layers, definition.name.range)
  if (!('code' in found)) return found
  binder.report(found)
  return undefined
}

function withId({ settings, applicationId: render }: BoundTarget, frame: Frame) {
  const { applicationId: _unrendered, ...rest } = settings
  const id = render?.(frame)
  return typeof id === 'string' ? { ...rest, applicationId: id } : rest
}

function createPayload(
  { instance, call, target, table }: RenderedCall,
  { surroundings }: CallContext,
): Payload {
  const { bound, address } = instance
  const { definition, template } = bound
  const text = formatCall(call)
  const movedFrom = renderMovedFrom(instance)
  const revealSecrets = collectSecrets(text, bound, table, surroundings)
  let digest: string | undefined
  return {
    address,
    range: definition.name.range,
    ...(definition.description !== undefined && { description: definition.description }),
    ...(template !== undefined && { template: template.name }),
    target,
    call,
    text,
    // Computed when first asked for: whoever only validates never does.
    get digest() {
      digest ??= digestOf(call)
      return digest
    },
    touches: inspect(call),
    ...(definition.onChange !== undefined && { onChange: definition.onChange }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(revealSecrets !== undefined && { revealSecrets }),
  }
}

function checkPayload(payload: Payload, rendered: RenderedCall): readonly Diagnostic[] {
  const { range } = payload
  if (Buffer.byteLength(payload.text) > maximumPayload) return [tooLarge(payload.address, range)]
  const problems = validate(payload.call, payload.target)
  const all = problems.length > 0 ? problems : lintCall(payload.call, payload.target)
  if (all.length === 0) return []
  const traces = traceLayers(rendered)
  return all.map((problem) => placeProblem(problem, traces, rendered))
}

function tooLarge(address: string, range: Range): Diagnostic {
  const message = 'This call compiles to more than 256 KiB, or to more than 64 levels.'
  return createDiagnostic('payload/too-large', message, { range, address })
}

/** Renders once more, now noting where every value comes from: only what has a problem pays for that. */
export function traceLayers({ layers, frame }: RenderedCall): readonly LayerTrace[] {
  return layers.map((render) => {
    const trace = new LayerTrace()
    render(frame, trace, '')
    return trace
  })
}

function placeProblem(
  problem: SchemaProblem,
  traces: readonly LayerTrace[],
  rendered: RenderedCall,
): Diagnostic {
  const { pointer } = problem
  const found = locate(pointer, traces, rendered)
  const { bound, address } = rendered.instance
  // What the whole object lacks is nobody's line but the definition's own.
  const isWhole = pointer === '' || found === undefined
  const place = isWhole ? bound.definition.name.range : found.range
  const named = problem.isAboutName ? found?.nameRange : undefined
  const range = named ?? found?.source?.range ?? place
  const isElsewhere = found !== undefined && !isWhole && range !== found.range && named === undefined
  const origin: Origin | undefined = found && { pointer, range: found.range, variables: found.variables }
  return createDiagnostic(problem.code, problem.message, {
    range,
    address,
    pointer,
    ...(origin !== undefined && !isWhole && { origin }),
    ...(isElsewhere && { related: [{ message: 'it is used here', range: found.range }] }),
    ...(problem.hint !== undefined && { hint: problem.hint }),
  })
}
