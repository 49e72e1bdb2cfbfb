// One call: rendered from its layers, checked, and made a payload, with where each value came from. Knows neither the
// other calls nor what becomes of this one.

import type { GraphTarget } from '../../model/call.js'
import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import type { Definition } from '../../model/language/definition.js'
import type { Settings } from '../../model/language/settings.js'
import type { Values } from '../../model/language/workspace.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import { frameOf } from '../bind/bind-definition.js'
import type { BoundTarget } from '../bind/bind-template.js'
import { bindCallVariables } from '../bind/call-variables.js'
import { type Instance, renderMovedFrom } from '../bind/instances.js'
import { mergeOver } from '../bind/merge.js'
import { resolveTarget, type TargetLayer } from '../bind/target.js'
import { failed, omitted, type Render } from '../bind/tools.js'
import type { Surroundings } from '../bind/variables.js'
import type { EnvironmentSites } from '../environment/definition-sites.js'
import type { Frame } from '../expression/scope.js'
import { Arranger } from '../payload/arrange.js'
import { type SchemaName, schemaNameOf, shapesOf } from '../payload/call-schemas.js'
import { checkCall, maximumPayload, tooLarge } from './check-call.js'
import type { Layer, RenderedCall } from './rendered-call.js'
import { collectSecrets } from './reveal.js'

/** What every call of a workspace shares. */
export interface CallContext {
  readonly settings: Settings
  readonly values: Values
  readonly surroundings: Surroundings
  /** What the environment has a say in. */
  readonly environment: EnvironmentSites
  /** callctl.yaml's `tenantId` and `defaults`, bound once. */
  readonly lowest: readonly Render[]
  readonly target: BoundTarget
  /** One for each schema, made when a call needs it. */
  readonly arrangers: Map<SchemaName, Arranger>
  /** What layers hold without expressions, so that it is the same in every call. */
  readonly constants: ReadonlySet<JsonValue>
}

/** One call of a definition, checked; undefined when it has problems, which are reported. */
export function compileCall(
  instance: Instance,
  context: CallContext,
  reporter: Reporter,
): RenderedCall | undefined {
  const call = renderCall(instance, context, reporter)
  if (call === undefined) return undefined
  const movedFrom = renderMovedFrom(instance, reporter)
  const revealSecrets = call.arranged.mayHoldPlaceholder ? collectSecrets(call) : undefined
  const rendered: RenderedCall = {
    ...call,
    ...(movedFrom !== undefined && { movedFrom }),
    ...(revealSecrets !== undefined && { revealSecrets }),
  }
  for (const problem of checkCall(rendered)) reporter.report(problem)
  return reporter.hasFailed ? undefined : rendered
}

function renderCall(instance: Instance, context: CallContext, reporter: Reporter): RenderedCall | undefined {
  const { bound, item } = instance
  const { values, surroundings } = context
  const { spend } = bound.scope.tools
  const table = bindCallVariables({ bound, item, values, surroundings, reporter })
  const frame = frameOf(table, item)
  const target = findTarget(instance, context, frame)
  if (reporter.hasFailed || target === undefined) return undefined
  const layers = layersOf(instance, context, frame)
  const merged = renderLayers(layers, context.lowest.length, spend)
  if (reporter.hasFailed) return undefined
  if (merged === undefined) {
    reporter.report(leftOut(bound.definition))
    return undefined
  }
  const arranger = arrangerOf(target, context)
  const arranged = arranger.arrange(merged)
  spend((arranged?.size ?? maximumPayload) * costs.payloadCharacter)
  if (arranged !== undefined)
    return {
      instance,
      settings: context.settings,
      layers,
      table,
      surroundings,
      frame,
      target,
      arranger,
      arranged,
      sites: context.environment.of(bound),
    }
  reporter.report(tooLarge(instance))
  return undefined
}

function layersOf({ bound }: Instance, { lowest }: CallContext, frame: Frame): readonly Layer[] {
  // The layers below the definition's own know nothing of its items, so their frame is the one around.
  const outer: Frame = { root: frame.root }
  const layers = lowest.map((render) => ({ render, frame: outer }))
  for (const render of bound.template?.layers ?? []) layers.push({ render, frame: outer })
  if (bound.call !== undefined) layers.push({ render: bound.call, frame })
  return layers
}

function arrangerOf(target: GraphTarget, { arrangers, constants }: CallContext): Arranger {
  const name = schemaNameOf(target)
  const known = arrangers.get(name)
  if (known !== undefined) return known
  const arranger = new Arranger(shapesOf(target), maximumPayload, constants)
  arrangers.set(name, arranger)
  return arranger
}

/** Undefined where the definition and its template leave out all that is their own: a `$if` around the whole call. */
function renderLayers(
  layers: readonly Layer[],
  lowest: number,
  spend: (steps: number) => void,
): JsonObject | undefined {
  let merged: JsonObject | undefined
  let isLeftOut = layers.length > lowest
  for (const [index, { render, frame }] of layers.entries()) {
    const upper = render(frame)
    if (index >= lowest && upper !== omitted) isLeftOut = false
    if (isJsonObject(upper)) merged = merged === undefined ? upper : mergeOver(merged, upper, spend)
  }
  return isLeftOut ? undefined : (merged ?? {})
}

const leftOut = ({ name }: Definition) =>
  createDiagnostic(
    'definition/left-out',
    'A `$if` leaves a whole call of this definition out: it is not placed.',
    {
      range: name.range,
      hint: 'Of a list, `where` beside `forEach` says which items get a call, without this warning.',
    },
  )

function findTarget({ bound }: Instance, context: CallContext, frame: Frame): GraphTarget | undefined {
  const { definition, applicationId } = bound
  const own: BoundTarget = {
    settings: definition.target,
    ...(applicationId !== undefined && { applicationId }),
  }
  const layers = [context.target, ...(bound.template?.targets ?? []), own].map((target) =>
    withId(target, frame),
  )
  if (!layers.every((layer) => layer !== undefined)) return undefined
  const mayStandIn = context.surroundings.unset !== undefined
  const found = resolveTarget(context.settings.cloud, layers, definition.name.range, mayStandIn)
  if (!('code' in found)) return found
  frame.root.reporter.report(found)
  return undefined
}

/** Undefined when the id could not be made. */
function withId({ settings, applicationId: render }: BoundTarget, frame: Frame): TargetLayer | undefined {
  const { applicationId: _unrendered, ...rest } = settings
  const id = render?.(frame)
  if (id === failed) return undefined
  return typeof id === 'string' ? { ...rest, applicationId: id } : rest
}
