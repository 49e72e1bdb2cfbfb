import { fillPlaceholders } from '../../compile/yaml/placeholders.js'
import type { Secret } from '../../graph/text/redact.js'
import { rings } from '../../model/action.js'
import { UsageError } from '../../model/errors.js'
import { type PlannedPayload, type Reference, withText } from '../../model/payload.js'
import type { Change, Plan } from '../../model/plan.js'
import { type AddressIndex, indexKeys } from '../../model/record/address-index.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import type { CallResult } from '../../model/run.js'

/** Puts secrets where their placeholders stand, just before sending; nothing else of what was reviewed changes. */
export function fillSecrets(plan: Plan): Plan {
  return mapPlacements(plan, (payload) => {
    const secrets = payload.revealSecrets?.()
    if (secrets === undefined) return payload
    const missing = [...secrets].find(([, value]) => value === undefined)
    if (missing !== undefined) {
      throw new UsageError(
        `${payload.address} needs ${missing[0]}, which is not set.`,
        'Set the environment variable.',
      )
    }
    return withText(payload, 'revealSecrets', () => fillPlaceholders(payload.text, secrets))
  })
}

/** For a simulator, which keeps what it gets: the placeholders stay, and no secret need be set. */
export const keepPlaceholders = (plan: Plan): Plan =>
  mapPlacements(plan, (payload) =>
    payload.revealSecrets === undefined ? payload : withText(payload, 'revealSecrets', () => payload.text),
  )

/** Every secret that a plan's calls need: Graph may repeat what it was sent. */
export function secretsOf(plan: Plan): readonly Secret[] {
  const secrets = new Map<string, string>()
  for (const change of plan.changes) {
    if (!rings(change.action)) continue
    for (const [placeholder, value] of change.payload?.revealSecrets?.() ?? []) {
      if (value !== undefined) secrets.set(placeholder, value)
    }
  }
  return [...secrets].map(([placeholder, value]) => ({ placeholder, value }))
}

export interface FilledPlan {
  readonly plan: Plan
  /** Calls that need a call which was not placed. */
  readonly skipped: readonly CallResult[]
}

/** Puts ids of placed calls where their placeholders stand. */
export function fillReferences(plan: Plan, { calls }: Lockfile): FilledPlan {
  const skipped: CallResult[] = []
  const index = indexKeys(calls)
  const changes = plan.changes.flatMap((change): readonly Change[] => {
    const references = rings(change.action) ? (change.payload?.references ?? []) : []
    if (references.length === 0) return [change]
    const values = new Map(references.map((each) => [each.placeholder, findValue(each, calls, index)]))
    const missing = references.find((each) => values.get(each.placeholder) === undefined)
    if (missing === undefined) {
      const payload = change.payload!
      const read = (): string => fillPlaceholders(payload.text, values)
      return [{ ...change, payload: withText(payload, 'references', read) }]
    }
    const message = `not tried: it needs the ${missing.property} of ${missing.address}, which is not placed`
    skipped.push({ address: change.address, kind: 'skipped', message })
    return []
  })
  return { plan: { changes }, skipped }
}

function findValue(
  { address, property }: Reference,
  calls: Lockfile['calls'],
  index: AddressIndex,
): string | undefined {
  const known = index.find(address)
  const entry = known === undefined ? undefined : calls[known]
  if (entry?.state !== 'placed' && entry?.state !== 'ended') return undefined
  return property === 'id' ? entry.callId : entry.callChainId
}

const mapPlacements = (plan: Plan, change: (payload: PlannedPayload) => PlannedPayload): Plan => ({
  changes: plan.changes.map((each) =>
    rings(each.action) && each.payload !== undefined ? { ...each, payload: change(each.payload) } : each,
  ),
})
