// From plan to calls: saved plans, checks before anybody is rung, waves, and what is written meanwhile. Which calls are
// placed was decided in plan/, and how a call is placed in apply/.

import type { ApplyPorts, ApplySettings } from '../../apply/ports.js'
import { acts } from '../../model/action.js'
import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Plan } from '../../model/plan.js'
import type { CallResult, RunResult } from '../../model/run.js'
import { openConcurrentAttempts } from '../../record/attempts/attempts.js'
import { createLockfile, type LoadedRecord, loadRecord, saveLockfile } from '../../record/load-record.js'
import { holdersOf, idKey } from '../../record/shared-calls.js'
import { endingsOf, recordEnded } from '../../refresh/record-ended.js'
import { countKinds, formatRun } from '../../report/record/run-text.js'
import { describeInternal, exitCodeOf } from '../frame/error-codes.js'
import type { EventStream } from '../frame/event-stream.js'
import { interruptible } from '../frame/interruptible.js'
import { applyWaves } from './apply-waves.js'
import { fillSecrets, keepPlaceholders, secretsOf } from './fill-payloads.js'
import type { GraphAccess } from './graph-access.js'
import { takeOver } from './take-over.js'
import { watchClaims } from './watch-claims.js'

export interface PlannedRun {
  readonly plan: Plan
  readonly graph: GraphAccess
  /** The record that the plan was made from. */
  readonly record: LoadedRecord
  /** Of a new lockfile, where there is none. */
  readonly lineage?: string | undefined
  readonly settings: ApplySettings
  readonly stream: EventStream
  readonly host: Host
}

/** Carries out a plan, and brings the lockfile up to date whatever happened. */
export async function runPlan(run: PlannedRun): Promise<ExitCode> {
  const { graph, record, settings, stream, host } = run
  const plan = graph.isSimulator ? keepPlaceholders(run.plan) : fillSecrets(run.plan)
  stream.show('\n')
  const open = await graph.open()
  open.conceal(secretsOf(run.plan))
  const attempts = watchClaims(openConcurrentAttempts(graph.place))
  try {
    createLockfile(graph.place, record.exists ? record.lockfile.lineage : (run.lineage ?? host.uuid()))
    const recordEnding = endingsRecorder(takeOver(plan, record, graph), graph)
    const leave = (): ExitCode => leaveAtOnce(attempts.isAnyUnknown(), stream)
    stream.begin(plan.changes.filter(({ action }) => acts(action)).length)
    const result = await interruptible(
      host,
      (interrupted) =>
        applyWaves(
          plan,
          {
            calls: open.calls,
            attempts,
            nextNumber: numberAfter(record),
            holderOf: holderIn(record),
            recordEnded: recordEnding,
            ...portsOf(host),
            report: stream.report,
            interrupted,
            settings,
          },
          graph.place,
        ),
      { tell: stream.tell, leave },
    )
    return finish(result, run)
  } catch (error) {
    if (exitCodeOf(error) !== exitCodes.internal || !attempts.hasClaimed()) throw error
    return reportBug(error, stream)
  } finally {
    await open.close()
  }
}

const portsOf = ({ now, elapsed, uuid, random, wait, operator }: Host) => ({
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

/** The second interrupt: claims in flight stay behind as unknown. */
function leaveAtOnce(isAnyUnknown: boolean, stream: EventStream): ExitCode {
  stream.tell(
    isAnyUnknown
      ? 'Leaving at once: calls still in flight are recorded as unknown.\n'
      : 'Leaving at once: nothing was in flight.\n',
  )
  return stream.end(isAnyUnknown ? exitCodes.uncertain : exitCodes.stopped)
}

/** Exit code 1 would say that nothing rang. */
function reportBug(error: unknown, stream: EventStream): ExitCode {
  stream.tell(`${describeInternal(error)}\nCalls were placed: look at \`callctl status\`.\n`)
  return exitCodes.uncertain
}

function finish(ran: RunResult, { plan, graph, stream }: PlannedRun): ExitCode {
  const blocked = blockedResults(plan)
  for (const result of blocked) stream.report({ event: 'result', result })
  const result = { ...ran, results: [...ran.results, ...blocked] }
  const problem = project(result, graph)
  const look = stream.look
  stream.show(`\n${formatRun(result, look, graph.words)}`)
  if (problem !== undefined) {
    stream.tell(
      `${problem.message}\nThe attempts have everything: the next run brings the lockfile up to date.\n`,
    )
  }
  const codes = result.results.map(codeOf)
  if (problem !== undefined || result.recordProblem !== undefined) codes.push(exitCodes.record)
  if (result.signInProblem !== undefined) codes.push(exitCodes.signIn)
  else if (result.stopped !== undefined) codes.push(exitCodes.stopped)
  stream.emit('summary', { counts: Object.fromEntries(countKinds(result.results)) })
  return worstExitCode(codes)
}

/** What lacks a permission is not begun, and not forgotten either. */
const blockedResults = ({ changes }: Plan): readonly CallResult[] =>
  changes
    .filter(({ action }) => action === 'blocked')
    .map(({ address, reason }) => ({ address, kind: 'blocked', message: `not placed: ${reason}` }))

/** Attempts to lockfile. The attempts are the truth, so a failure here loses nothing. */
function project(result: RunResult, graph: GraphAccess): RecordError | undefined {
  try {
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
