import type { Origin } from '../../model/payload.js'
import { traceLayers } from '../call/check-call.js'
import { locate } from '../call/origins.js'
import type { RenderedCall } from '../call/rendered-call.js'

/** Where the value at a JSON Pointer came from; `#endpoint` is where the call goes. */
export type Tracer = (pointer: string) => Origin | undefined

/** Renders a call once more, to say where each of its values came from. */
export function createTracer(rendered: RenderedCall): Tracer {
  const traces = traceLayers(rendered)
  return (pointer) => (pointer === '#endpoint' ? locateEndpoint(rendered) : locate(pointer, traces))
}

/** The highest layer with a `graph:`. */
function locateEndpoint({ instance, settings }: RenderedCall): Origin | undefined {
  const { definition, template } = instance.bound
  const layers = [
    settings.target,
    ...(template?.targets ?? []).map((each) => each.settings),
    definition.target,
  ]
  const range = layers.findLast((layer) => layer.range !== undefined)?.range
  return range && { pointer: '#endpoint', range, variables: [] }
}
