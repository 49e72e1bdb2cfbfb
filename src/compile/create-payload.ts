import { type Payload, tenantOf } from '../model/payload.js'
import { digestOfText, formatCall } from './canonical.js'
import type { RenderedCall } from './compile-call.js'
import { markEnvironment } from './environment/mark-values.js'
import { foldedDigestOf } from './fold-ids.js'
import { inspect } from './inspect.js'

/** What a call would send. Only for a call that is not forgotten at once: `validate` has no use for it. */
export function createPayload(rendered: RenderedCall): Payload {
  const { instance, target, movedFrom, revealSecrets } = rendered
  const { definition, template } = instance.bound
  const call = rendered.arranged.value
  const tenantId = tenantOf(call)
  const canonical = canonicalOf(rendered)
  const foldedDigest = foldedDigestOf(canonical)
  const environment = markEnvironment(rendered)
  return {
    address: instance.address,
    range: definition.name.range,
    ...(definition.description !== undefined && { description: definition.description }),
    ...(template !== undefined && { template: template.name }),
    target,
    call,
    text: formatCall(call),
    digest: digestOfText(canonical),
    ...(foldedDigest !== undefined && { foldedDigest }),
    touches: inspect(call),
    ...(tenantId !== undefined && { tenantId }),
    ...(definition.onChange !== undefined && { onChange: definition.onChange }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(environment !== undefined && { environment }),
    ...(revealSecrets !== undefined && { revealSecrets }),
  }
}

export const digestOfCall = (rendered: RenderedCall): string => digestOfText(canonicalOf(rendered))

const canonicalOf = ({ arranger, arranged }: RenderedCall): string =>
  arranger.texts.of(arranged.value).canonical
