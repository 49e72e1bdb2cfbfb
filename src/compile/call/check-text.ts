import type { CallShapes } from '../../../schema/shapes.js'
import type { Cloud, GraphTarget } from '../../model/call.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import type { Settings } from '../../model/language/settings.js'
import { type PlannedPayload, tenantOf } from '../../model/payload.js'
import { severityUnder } from '../bind/complaints.js'
import { hasReference } from '../bind/references.js'
import { resolveTarget } from '../bind/target.js'
import { Arranger } from '../payload/arrange.js'
import { shapesOf } from '../payload/call-schemas.js'
import { canonicalText, digestOfText, formatCall } from '../payload/canonical.js'
import { findSecretChoices } from '../payload/choosing.js'
import { foldedDigestOf } from '../payload/fold-ids.js'
import { inspect } from '../payload/inspect.js'
import { lintCall } from '../payload/lint.js'
import { validate } from '../payload/validate.js'
import { hasPlaceholder, holdsStandIn, isPlaceholder } from '../yaml/placeholders.js'
import { maximumPayload } from './check-call.js'

/** A payload of a saved plan: everything about it that is not its text is read from that. */
export type ReadPayload = Omit<PlannedPayload, 'address' | 'text'>

/** What a text must satisfy now, whatever held when it was saved. */
export type TextRules = Pick<Settings, 'cloud' | 'severities'> & { readonly isStrict: boolean }

export type ReadText = (text: string, target: GraphTarget) => ReadPayload | string

/**
 * Reads texts that were compiled before as if they came from a stranger: each must be the very bytes that callctl would
 * write, within the same limits, without anything that its schema or a lint calls an error, and without a secret where
 * one would choose. Otherwise says why not.
 */
export function createTextReader(rules: TextRules): ReadText {
  const arrangers = new Map<CallShapes, Arranger>()
  const arrangerOf = (target: GraphTarget): Arranger => {
    const schema = shapesOf(target)
    const arranger = arrangers.get(schema) ?? new Arranger(schema, maximumPayload)
    arrangers.set(schema, arranger)
    return arranger
  }
  return (text, target) => {
    if (!isRoute(target, rules.cloud)) return 'it would go where no call of this workspace goes'
    const call = parseCall(text, arrangerOf(target))
    if (call === undefined) return 'its text is none that callctl writes'
    if (text.includes('(')) {
      if (!isFillable(call)) return 'its text has a placeholder where nothing can be filled in'
      const [choice] = findSecretChoices(call)
      if (choice !== undefined) return `at ${choice.pointer}, a secret would choose ${choice.matter}`
    }
    const problem = findError(call, target, rules)
    if (problem !== undefined) return `its text has an error (${problem.code}): ${problem.message}`
    const tenantId = tenantOf(call)
    const touches = inspect(call)
    const canonical = canonicalText(call)
    const foldedDigest = foldedDigestOf(canonical)
    return {
      target,
      digest: digestOfText(canonical),
      ...(foldedDigest !== undefined && { foldedDigest }),
      touches,
      ...(tenantId !== undefined && { tenantId }),
    }
  }
}

const nowhere = { source: '', start: 0, end: 0 }

/** Whether callctl has this route, in the workspace's cloud. */
function isRoute({ cloud, version, collection, applicationId }: GraphTarget, own: Cloud): boolean {
  const layer = { version, collection, ...(applicationId !== undefined && { applicationId }) }
  return cloud === own && !('code' in resolveTarget(own, [layer], nowhere))
}

/** JSON.parse alone keeps silent about a property that stands twice, and two readers take two meanings from it. */
function parseCall(text: string, arranger: Arranger): JsonObject | undefined {
  if (Buffer.byteLength(text) > maximumPayload || text.includes('"__proto__":')) return undefined
  const value = parseJson(text)
  if (!isJsonObject(value)) return undefined
  const arranged = arranger.arrange(value)?.value
  return arranged !== undefined && formatCall(arranged) === text ? arranged : undefined
}

/** Whether all that stands in for something is what a definition may have there, and is filled before it is sent. */
function isFillable(value: JsonValue): boolean {
  if (typeof value === 'string') return !holdsStandIn(value) && (!hasReference(value) || isPlaceholder(value))
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, each]) => !hasPlaceholder(name) && isFillable(each))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function findError(call: JsonObject, target: GraphTarget, rules: TextRules): Diagnostic | undefined {
  const found = validate(call, target)
  const problems = found.length > 0 ? found : lintCall(call, target)
  return problems
    .map(({ code, message }) => createDiagnostic(code, message))
    .find((diagnostic) => severityUnder(rules, diagnostic) === 'error')
}
