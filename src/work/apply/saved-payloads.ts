import { createTextReader, type ReadPayload } from '../../compile/call/check-text.js'
import { StalePlanError } from '../../model/errors.js'
import { hasValueAt, type JsonObject } from '../../model/json.js'
import type { Settings } from '../../model/language/settings.js'
import type { PlannedPayload } from '../../model/payload.js'
import type { SavedPayload, SavedPlan } from '../../model/plan.js'
import type { LoadedRecord } from '../../record/load-record.js'
import { type Fillings, type FillPlace, findFillings } from './saved-placeholders.js'

export const stalePlan = (reasons: readonly string[]): StalePlanError =>
  new StalePlanError(['The plan is stale: nothing was sent.', ...reasons].join('\n'), 'Make a new plan.')

/**
 * The payloads of a saved plan by address. What is known of each call is read from its text, and what the file says of it
 * must be just that. Throws StalePlanError that names every call of which it is not.
 */
export function readSavedPayloads(
  { changes }: SavedPlan,
  place: FillPlace & { readonly record: LoadedRecord },
): ReadonlyMap<string, PlannedPayload> {
  const { settings } = place.compiled.compilation
  const read = createTextReader({ ...settings, isStrict: place.options.isStrict === true })
  const fillingsOf = findFillings(changes, place)
  const payloads = new Map<string, PlannedPayload>()
  const reasons: string[] = []
  for (const { address, payload } of changes) {
    if (payload === undefined) continue
    const found = read(payload.text, payload.target)
    const why = typeof found === 'string' ? found : findContradiction(payload, found, settings)
    const fillings = why ?? fillingsOf(payload)
    if (typeof fillings === 'string') reasons.push(`${address}: ${fillings}`)
    else payloads.set(address, withText(address, found as ReadPayload, payload, fillings))
  }
  if (reasons.length > 0) throw stalePlan(reasons)
  return payloads
}

function findContradiction(
  saved: SavedPayload,
  found: ReadPayload,
  { environment }: Settings,
): string | undefined {
  if (found.digest !== saved.digest) return 'what it would send is not what its digest says'
  const isSame = JSON.stringify(found.touches) === JSON.stringify(saved.touches)
  if (!isSame) return 'whom it would ring is not what the plan says'
  if (saved.environment === undefined) return undefined
  const call = JSON.parse(saved.text) as JsonObject
  const strange = saved.environment.find(
    ({ pointer, name }) => environment.get(name)?.isSecret !== false || !hasValueAt(call, pointer),
  )
  return strange && `nothing at ${strange.pointer} can come from the variable ${strange.name} here`
}

/** The text stays where it is until it is asked for. */
const withText = (
  address: string,
  found: ReadPayload,
  saved: SavedPayload,
  fillings: Fillings,
): PlannedPayload => ({
  address,
  ...found,
  ...fillings,
  ...(saved.environment !== undefined && { environment: saved.environment }),
  ...(saved.movedFrom !== undefined && { movedFrom: saved.movedFrom }),
  get text() {
    return saved.text
  },
})
