import type { Cloud, GraphTarget } from '../../model/call.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import type { TargetSettings } from '../../model/language/settings.js'
import type { Range } from '../../model/language/source.js'
import { holdsStandIn } from '../yaml/placeholders.js'

export interface TargetLayer extends Omit<TargetSettings, 'applicationId'> {
  /** Rendered. */
  readonly applicationId?: string
}

/** Of dots alone it would lead to another route. */
const applicationIdForm = /^(?!\.+$)[A-Za-z0-9._-]{1,128}$/

/** Alone it may stand for templates further up, but not beside another collection. */
const hasUselessId = ({ applicationId, collection = 'application' }: TargetLayer): boolean =>
  applicationId !== undefined && collection !== 'application'

/**
 * Where a call goes: callctl.yaml, then the template, then the definition, property by property. `mayStandIn`: in a review
 * alone, the placeholder of a variable that is not set may be an id.
 */
export function resolveTarget(
  cloud: Cloud,
  layers: readonly TargetLayer[],
  place: Range,
  mayStandIn = false,
): GraphTarget | Diagnostic {
  const merged = Object.assign({}, ...layers) as TargetLayer
  const range = layers.findLast((layer) => layer.range !== undefined)?.range ?? place
  const collection = merged.collection ?? 'communications'
  const useless = layers.find((layer) => hasUselessId(layer))
  if (useless !== undefined) {
    const message = quote`The collection ${useless.collection!} has no \`applicationId\`.`
    const hint = 'Remove it, or use the collection `application`.'
    return createDiagnostic('target/application-id', message, { range: useless.range ?? place, hint })
  }
  const version = merged.version ?? (collection === 'communications' ? 'v1.0' : 'beta')
  if (collection !== 'communications' && version !== 'beta') {
    const hint = 'Set `version: beta`, or use the collection `communications`.'
    return createDiagnostic(
      'target/version',
      quote`Graph ${plain(version)} has no collection ${collection}.`,
      {
        range,
        hint,
      },
    )
  }
  if (collection !== 'application') return { cloud, version, collection }
  const { applicationId } = merged
  const isKnown = applicationId !== undefined && applicationIdForm.test(applicationId)
  if (applicationId === undefined || !(isKnown || (mayStandIn && holdsStandIn(applicationId)))) {
    const message = 'The collection `application` needs an `applicationId`: the app’s id in Microsoft Entra.'
    return createDiagnostic('target/application-id', message, { range, hint: 'Set `graph.applicationId`.' })
  }
  return { cloud, version, collection, applicationId }
}
