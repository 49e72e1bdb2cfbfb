import { type Payload, tenantOf } from '../model/payload.js'
import { digestOfText, formatCall } from './canonical.js'
import type { RenderedCall } from './compile-call.js'
import { inspect } from './inspect.js'

/** What a call would send. Only for a call that is not forgotten at once: `validate` has no use for it. */
export function createPayload(rendered: RenderedCall): Payload {
  const { instance, target, movedFrom, revealSecrets } = rendered
  const { definition, template } = instance.bound
  const call = rendered.arranged.value
  const tenantId = tenantOf(call)
  return {
    address: instance.address,
    range: definition.name.range,
    ...(definition.description !== undefined && { description: definition.description }),
    ...(template !== undefined && { template: template.name }),
    target,
    call,
    text: formatCall(call),
    digest: digestOfCall(rendered),
    touches: inspect(call),
    ...(tenantId !== undefined && { tenantId }),
    ...(definition.onChange !== undefined && { onChange: definition.onChange }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(revealSecrets !== undefined && { revealSecrets }),
  }
}

export const digestOfCall = ({ arranger, arranged }: RenderedCall): string =>
  digestOfText(arranger.texts.of(arranged.value).canonical)
