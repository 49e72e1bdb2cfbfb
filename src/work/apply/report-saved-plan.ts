import { findSecrets } from '../../compile/payload/secret-places.js'
import { rings } from '../../model/action.js'
import { formatEndpoint } from '../../model/call.js'
import type { JsonObject } from '../../model/json.js'
import type { Plan } from '../../model/plan.js'
import type { PlanReport, SecretUse, Sends } from '../../model/plan-report.js'
import { type ReportSources, reportPlan } from './plan-report.js'

/**
 * A plan that is saved, or was: with where its texts go and where they lead, so that what was shown when it was made can
 * be compared with what is shown when it is applied.
 */
export const reportSavedPlan = (plan: Plan, sources: ReportSources): PlanReport => ({
  ...reportPlan(plan, sources),
  isSaved: true,
  sends: describeSends(plan),
})

function describeSends({ changes }: Plan): Sends {
  const endpoints = new Set<string>()
  const tenants = new Set<string>()
  const callbackHosts = new Set<string>()
  const secrets: Uses = new Map()
  const references = new Set<string>()
  for (const { action, payload } of changes) {
    if (payload === undefined || !rings(action)) continue
    endpoints.add(formatEndpoint(payload.target))
    if (payload.tenantId !== undefined) tenants.add(payload.tenantId)
    const call = JSON.parse(payload.text) as JsonObject
    const { callbackUri } = call
    if (callbackUri !== undefined && callbackUri !== null) callbackHosts.add(hostOf(callbackUri))
    if (payload.revealSecrets !== undefined) addSecrets(secrets, call)
    for (const reference of payload.references ?? []) references.add(reference.address)
  }
  return {
    endpoints: sorted(endpoints),
    tenants: sorted(tenants),
    callbackHosts: sorted(callbackHosts),
    ...(secrets.size > 0 && { secrets: sortedUses(secrets) }),
    ...(references.size > 0 && { references: sorted(references) }),
  }
}

/** Where each secret stands, by name. */
type Uses = Map<string, Set<string>>

function addSecrets(uses: Uses, call: JsonObject): void {
  for (const { pointer, names } of findSecrets(call)) {
    for (const name of names) {
      const known = uses.get(name) ?? new Set()
      uses.set(name, known.add(pointer))
    }
  }
}

const sortedUses = (uses: Uses): readonly SecretUse[] =>
  sorted(uses.keys()).map((name) => ({ name, pointers: sorted(uses.get(name)!) }))

const sorted = (texts: Iterable<string>): readonly string[] => [...texts].sort()

/** The rest of a callback's address may hold what tells its caller. */
function hostOf(uri: unknown): string {
  return typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : '?'
}
