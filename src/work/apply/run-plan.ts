// From plan to calls: saved plans, checks before anybody is rung, waves, and what is written meanwhile. Which calls are
// placed was decided in plan/, and how a call is placed in apply/.

import type { ApplyPorts, ApplySettings } from '../../apply/ports.js'
import { acts } from '../../model/action.js'
import { keyOfAddress } from '../../model/address.js'
import { exitCodeOf } from '../../model/error-codes.js'
import { RecordError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Touches } from '../../model/payload.js'
import type { Plan } from '../../model/plan.js'
import type { Attempts } from '../../model/record/attempt.js'
import type { CallResult, RunResult } from '../../model/run.js'
import type { World } from '../../model/world.js'
import { openConcurrentAttempts } from '../../record/attempts/attempts.js'
import { inBoth } from '../../record/both-records.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import {
  createLockfile,
  type LoadedRecord,
  loadRecord,
  noteLineage,
  saveLockfile,
} from '../../record/load-record.js'
import { holdersOf, idKey } from '../../record/shared-calls.js'
import { endingsOf, recordEnded } from '../../refresh/record-ended.js'
import type { ReportApply } from './apply-event.js'
import { applyWaves } from './apply-waves.js'
import { fillSecrets, keepPlaceholders, secretsOf } from './fill-payloads.js'
import type { GraphAccess } from './graph-access.js'
import type { Interruptible } from './interruptible.js'
import { carryOutShared, codeOfWhole, type Sharing } from './share-plan.js'
import { takeOver } from './take-over.js'
import { watchClaims } from './watch-claims.js'

export interface PlannedRun {
  readonly plan: Plan
  readonly graph: GraphAccess
  /** The record that the plan was made from. */
  readonly record: LoadedRecord
  /** Of a new lockfile, where there is none. */
  readonly lineage?: string | undefined
  /** Where other runners carry out the same plan. */
  readonly sharing?: Sharing | undefined
  readonly settings: ApplySettings
  /** Whether what is told may name people. */
  readonly showsPeople?: boolean | undefined
  readonly world: World
  readonly report: ReportApply
  readonly interruptible: Interruptible
}

export interface CarriedOut {
  readonly code: ExitCode
  /** Absent where callctl broke. */
  readonly result?: RunResult
}

/** Carries out a plan, and brings the lockfile up to date whatever happened. */
export async function runPlan(run: PlannedRun): Promise<CarriedOut> {
  const { graph, record, settings, world, report } = run
  const plan = graph.isSimulator ? keepPlaceholders(run.plan) : fillSecrets(run.plan)
  report({ event: 'begin', total: plan.changes.filter(({ action }) => acts(action)).length })
  const open = await graph.open()
  open.conceal(secretsOf(run.plan))
  const attempts = watchClaims(openBoth(graph.place))
  try {
    if (record.exists) noteLineage(graph.place, record.lockfile)
    else createLockfile(graph.place, newLineage(run))
    const recordEnding = endingsRecorder(takeOver(plan, record, graph), graph)
    const ports = {
      calls: open.calls,
      attempts,
      nextNumber: numberAfter(record),
      holderOf: holderIn(record),
      recordEnded: recordEnding,
      ...portsOf(world),
      ...(graph.place.shared !== undefined && { throttles: graph.place.shared.throttles }),
      report,
      settings,
    }
    const result = await run.interruptible(
      (interrupted) => carryOut(plan, { ...ports, interrupted }, run),
      attempts.isAnyUnknown,
    )
    return await finish(result, run)
  } catch (error) {
    if (exitCodeOf(error) !== exitCodes.internal || !attempts.hasClaimed()) throw error
    // Exit code 1 would say that nothing rang.
    report({ event: 'broken', error })
    return { code: exitCodes.uncertain }
  } finally {
    await open.close()
  }
}

function carryOut(plan: Plan, ports: ApplyPorts, { graph, sharing, world }: PlannedRun): Promise<RunResult> {
  const { place } = graph
  const { shared } = place
  if (sharing === undefined || shared === undefined) return applyWaves(plan, ports, place)
  const part = (left: Plan, looking: ApplyPorts) => applyWaves(left, looking, place)
  return carryOutShared(plan, { sharing, shared, ports, world, carryOut: part })
}

const openBoth = (place: RecordPlace): Attempts => {
  const local = openConcurrentAttempts(place)
  return place.shared === undefined ? local : inBoth(place.shared, local)
}

/** Of a workspace's first lockfile. A plan that was saved for it has named it already. */
function newLineage({ graph, lineage, world }: PlannedRun): string {
  const shared = graph.place.shared?.lineage
  if (shared === undefined || lineage === undefined || lineage === shared)
    return shared ?? lineage ?? world.uuid()
  throw new RecordError(
    'The plan is of a workspace that the shared record does not know',
    'Restore the lockfile that `callctl record init` made, and make the plan anew.',
  )
}

const portsOf = ({ now, elapsed, uuid, random, wait, operator }: World) => ({
  now,
  ...(elapsed !== undefined && { elapsed }),
  uuid,
  random,
  wait,
  ...(operator !== undefined && { operator }),
})

/** From the record of the plan, so that another run's attempt collides instead of being stepped over. */
function numberAfter(record: LoadedRecord): (address: string) => number {
  const highest = new Map<string, number>()
  for (const { address, number } of record.attempts) {
    const key = keyOfAddress(address)
    highest.set(key, Math.max(highest.get(key) ?? 0, number))
  }
  return (address) => (highest.get(keyOfAddress(address)) ?? 0) + 1
}

function holderIn({ lockfile }: LoadedRecord): (callId: string) => string | undefined {
  const holders = holdersOf(lockfile)
  return (callId) => holders.get(idKey(callId))
}

/** Writes the lockfile as it was at the start, with the calls that ended since; the attempts bring the rest. */
function endingsRecorder(record: LoadedRecord, { place }: GraphAccess): ApplyPorts['recordEnded'] {
  let { lockfile } = record
  return (address, ended) => {
    lockfile = recordEnded(lockfile, [{ address, ...ended }])
    saveLockfile(place, lockfile)
  }
}

async function finish(
  ran: RunResult,
  { plan, graph, sharing, report, showsPeople = false }: PlannedRun,
): Promise<CarriedOut> {
  const blocked = blockedResults(plan)
  for (const result of blocked) report({ event: 'result', result })
  const result = { ...ran, results: [...ran.results, ...blocked] }
  const problem = await project(result, graph)
  report({
    event: 'summary',
    result,
    words: graph.words,
    unknown: unknownOf(result.results, plan),
    showsPeople,
    ...(problem !== undefined && { problem }),
  })
  const codes = codesOf(result.results, sharing, graph)
  if (problem !== undefined || result.recordProblem !== undefined) codes.push(exitCodes.record)
  if (result.signInProblem !== undefined) codes.push(exitCodes.signIn)
  else if (result.stopped !== undefined) codes.push(exitCodes.stopped)
  return { code: worstExitCode(codes), result }
}

/** What another runner of the plan has placed is as good as placed here. */
function codesOf(
  results: readonly CallResult[],
  sharing: Sharing | undefined,
  { place }: GraphAccess,
): ExitCode[] {
  if (sharing === undefined || place.shared === undefined) return results.map(codeOf)
  const own = results.filter(({ kind }) => kind !== 'elsewhere').map(codeOf)
  return [...own, codeOfWhole(sharing, place.shared.rows())]
}

/** Whom the calls ring whose outcome is unknown: a person has to ask them. */
function unknownOf(results: readonly CallResult[], { changes }: Plan): ReadonlyMap<string, Touches> {
  const unknown = new Set(results.filter(({ kind }) => kind === 'uncertain').map(({ address }) => address))
  return new Map(
    changes.flatMap(({ address, payload }) =>
      payload !== undefined && unknown.has(address) ? [[address, payload.touches] as const] : [],
    ),
  )
}

/** What lacks a permission is not begun, and not forgotten either. */
const blockedResults = ({ changes }: Plan): readonly CallResult[] =>
  changes
    .filter(({ action }) => action === 'blocked')
    .map(({ address, reason }) => ({ address, kind: 'blocked', message: `not placed: ${reason}` }))

/** Attempts to lockfile. The attempts are the truth, so a failure here loses nothing. */
async function project(result: RunResult, graph: GraphAccess): Promise<RecordError | undefined> {
  try {
    await graph.place.shared?.reread()
    const { lockfile } = loadRecord(graph.place)
    saveLockfile(graph.place, recordEnded(lockfile, endingsOf(result.results)))
    return undefined
  } catch (error) {
    if (error instanceof RecordError) return error
    return new RecordError(`The lockfile could not be written: ${(error as Error).message}`)
  }
}

const resultCodes: Readonly<Record<CallResult['kind'], ExitCode>> = {
  placed: exitCodes.done,
  ended: exitCodes.done,
  refused: exitCodes.graphRefused,
  'hang-up-failed': exitCodes.graphRefused,
  'not-sent': exitCodes.graphRefused,
  uncertain: exitCodes.uncertain,
  skipped: exitCodes.stopped,
  elsewhere: exitCodes.record,
  blocked: exitCodes.signIn,
}

const codeOf = ({ kind }: CallResult): ExitCode => resultCodes[kind]
