import { resolve } from 'node:path'
import { digestOf } from '../compile/canonical.js'
import type { Summary } from '../compile/compile.js'
import { StalePlanError, UsageError } from '../model/errors.js'
import type { Host } from '../model/host.js'
import type { JsonValue } from '../model/json.js'
import type { Plan, SavedPlan } from '../model/plan.js'
import { limitCalls } from '../plan/limit-calls.js'
import { limitPeople } from '../plan/limit-people.js'
import { attemptIdsOf, findStale, openSavedPlan, saveChanges } from '../plan/saved-plan.js'
import type { LoadedRecord } from '../record/load-record.js'
import { savePlan } from '../record/plan-file.js'
import { readPlanFile } from '../record/read-plan-file.js'
import { version } from '../version.js'
import type { Arguments } from './arguments.js'
import type { CompiledWorkspace } from './compile-workspace.js'
import { readDuration } from './duration.js'
import type { GraphAccess } from './graph-access.js'

const defaultAge = 4 * 3_600_000
/** Clocks of two machines may differ by so much. */
const clockSlack = 5 * 60_000

/** The file that `plan --out` names. */
export function readOut(args: Arguments): string | undefined {
  const path = args.text('out')
  if (path === undefined || path.endsWith('.json')) return path
  throw new UsageError('`--out` takes a name that ends in .json: `apply` knows a saved plan by that.')
}

export interface PlanToSave {
  readonly plan: Plan
  readonly compiled: CompiledWorkspace<Summary>
  readonly graph: GraphAccess
  readonly record: LoadedRecord
  readonly args: Arguments
  readonly host: Host
}

/** Mints the attempt ids and writes the file. */
export function writePlan(path: string, { plan, compiled, graph, record, args, host }: PlanToSave): void {
  refusePlaceholders(plan)
  const destination = destinationOf(args, graph)
  const tenantId = compiled.compilation.tenantId ?? host.environment['AZURE_TENANT_ID']
  const saved = {
    createdAt: new Date(host.now()).toISOString(),
    callctl: version,
    destination,
    ...(destination !== simulator && tenantId !== undefined && { tenantId }),
    lineage: record.exists ? record.lockfile.lineage : host.uuid(),
    isFirst: !record.exists,
    changes: saveChanges(plan, host.uuid),
  }
  savePlan(resolve(host.cwd, path), saved, host.uuid())
}

/** The bytes to be sent are not known before apply, and a secret belongs in no file. */
function refusePlaceholders({ changes }: Plan): void {
  for (const { address, action, payload } of changes) {
    if (action !== 'place' && action !== 'redial') continue
    const needs = payload?.revealSecrets === undefined ? 'another call’s id' : 'a secret'
    if (payload?.revealSecrets === undefined && (payload?.references?.length ?? 0) === 0) continue
    throw new UsageError(
      `${address} needs ${needs}, so the plan cannot be saved.`,
      'Leave it out with `--only`, or apply the definitions.',
    )
  }
}

const simulator = 'simulator'

const destinationOf = (args: Arguments, graph: GraphAccess): string =>
  args.has('simulator') ? simulator : graph.destination

/** The saved plan that `apply` was given instead of definitions; undefined when it was given none. */
export function openPlanFile(args: Arguments, host: Host): SavedPlan | undefined {
  const path = args.positionals.find((each) => each.endsWith('.json'))
  if (path === undefined) return undefined
  if (args.positionals.length > 1) throw new UsageError('A saved plan is applied alone.')
  const wrong = ['only', 'redial', 'prune', 'var', 'var-file'].find((name) => args.has(name))
  if (wrong !== undefined) {
    throw new UsageError(`\`--${wrong}\` does not go with a saved plan: it is applied as it is.`)
  }
  const saved = readPlanFile(resolve(host.cwd, path))
  refuseOtherTexts(saved, path)
  return saved
}

/** What was reviewed is known by its digest: whatever has changed a text on its way, no other is sent. */
function refuseOtherTexts({ changes }: SavedPlan, path: string): void {
  for (const { address, payload } of changes) {
    if (payload === undefined || digestOf(JSON.parse(payload.text) as JsonValue) === payload.digest) continue
    throw new StalePlanError(
      `${path}: what it would send for ${address} is not what its digest says.`,
      'Make a new plan.',
    )
  }
}

/** Throws StalePlanError when it was made for elsewhere, or too long ago. */
export function refuseUnfit(saved: SavedPlan, graph: GraphAccess, args: Arguments, host: Host): void {
  const here = destinationOf(args, graph)
  if (saved.destination !== here) {
    const hint = saved.destination === simulator ? 'Give `--simulator`.' : undefined
    throw new StalePlanError(
      `The plan was made for ${nameOf(saved.destination)}, not for ${nameOf(here)}.`,
      hint,
    )
  }
  const age = host.now() - Date.parse(saved.createdAt)
  if (age > (readDuration(args, 'max-age') ?? defaultAge)) {
    throw new StalePlanError(
      `The plan has expired: it was made at ${saved.createdAt}.`,
      'Make a new plan, or say with `--max-age` how old it may be.',
    )
  }
  if (age >= -clockSlack) return
  throw new StalePlanError(
    `The plan was made at ${saved.createdAt}, which is yet to come.`,
    'Check the clock.',
  )
}

const nameOf = (destination: string): string => (destination === simulator ? 'the simulator' : destination)

/** The saved plan against record and limits of now. Throws StalePlanError that names every address that has moved on. */
export function reopenPlan(
  saved: SavedPlan,
  record: LoadedRecord,
  { compilation }: CompiledWorkspace<Summary>,
  now: number,
): Plan {
  const { lockfile, exists, attempts } = record
  const attemptIds = new Set([...attemptIdsOf(lockfile), ...attempts.map(({ attemptId }) => attemptId)])
  const reasons = findStale(saved, { lockfile, exists, attemptIds })
  if (reasons.length > 0) {
    throw new StalePlanError(
      ['The plan is stale: nothing was sent.', ...reasons].join('\n'),
      'Make a new plan.',
    )
  }
  const { changes } = openSavedPlan(saved, lockfile)
  const { limits } = compilation.settings
  const limited = limitPeople(changes, limits)
  return { changes: limitCalls(limited, { lockfile, observations: [], limits, now }) }
}

/** With the tenant that the plan was made for. */
export function withTenant(compiled: CompiledWorkspace, { tenantId }: SavedPlan): CompiledWorkspace {
  if (tenantId === undefined) return compiled
  return { ...compiled, compilation: { ...compiled.compilation, tenantId } }
}
