import { type Payload, tenantOf, type UnwrittenPayload } from '../../model/payload.js'
import { digestOfText, formatCall } from '../payload/canonical.js'
import { foldedDigestOf } from '../payload/fold-ids.js'
import { inspect } from '../payload/inspect.js'
import { standInsOf } from '../yaml/placeholders.js'
import { markEnvironment } from './mark-values.js'
import type { RenderedCall } from './rendered-call.js'

/** What a call would send. Only for a call that is not forgotten at once: `validate` has no use for it. */
export const createPayload = (rendered: RenderedCall): Payload => ({
  ...createUnwritten(rendered),
  text: formatCall(rendered.arranged.value),
})

/** All of it but the text, for a call that is not sent. */
export function createUnwritten(rendered: RenderedCall): UnwrittenPayload {
  const { instance, target, movedFrom, revealSecrets } = rendered
  const { definition, template } = instance.bound
  const call = rendered.arranged.value
  const tenantId = tenantOf(call)
  const { canonical } = rendered.arranger.texts.of(call)
  const foldedDigest = foldedDigestOf(canonical)
  const environment = markEnvironment(rendered)
  const unset = findUnset(rendered, canonical, environment)
  return {
    address: instance.address,
    range: definition.name.range,
    ...(definition.description !== undefined && { description: definition.description }),
    ...(template !== undefined && { template: template.name }),
    target,
    call,
    digest: digestOfText(canonical),
    ...(foldedDigest !== undefined && { foldedDigest }),
    touches: inspect(call),
    ...(tenantId !== undefined && { tenantId }),
    ...(definition.onChange !== undefined && { onChange: definition.onChange }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(environment !== undefined && { environment }),
    ...(unset.length > 0 && { unset }),
    ...(revealSecrets !== undefined && { revealSecrets }),
  }
}

/** Variables that are not set here and that have a say in the call, whether or not their placeholders stand in it. */
function findUnset(
  { arranged, surroundings: { unset } }: RenderedCall,
  canonical: string,
  marks: Payload['environment'] = [],
): readonly string[] {
  if (unset === undefined) return []
  const marked = marks.map(({ name }) => name).filter((name) => unset.has(name))
  return [...new Set([...marked, ...(arranged.mayHoldPlaceholder ? standInsOf(canonical) : [])])].sort()
}

/** What is sent, in one line, and its digest. */
export function writeCall({ arranger, arranged }: RenderedCall): { text: string; digest: string } {
  const { plain, canonical } = arranger.texts.of(arranged.value)
  return { text: plain, digest: digestOfText(canonical) }
}
