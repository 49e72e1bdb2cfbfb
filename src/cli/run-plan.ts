import { applyPlan } from '../apply/apply-plan.js'
import { RecordError } from '../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import type { Plan } from '../model/plan.js'
import type { CallResult, RunResult } from '../model/run.js'
import { openAttempts } from '../record/attempts.js'
import { createLockfile, type LoadedRecord, loadRecord, saveLockfile } from '../record/load-record.js'
import { endingsOf, recordEnded } from '../refresh/record-ended.js'
import { countKinds, formatRun } from '../report/run-text.js'
import type { EventStream } from './event-stream.js'
import type { GraphAccess } from './graph-access.js'
import { interruptible } from './interruptible.js'

export interface PlannedRun {
  readonly plan: Plan
  readonly graph: GraphAccess
  /** The record that the plan was made from. */
  readonly record: LoadedRecord
  readonly settings: { readonly concurrency: number }
  readonly stream: EventStream
  readonly host: Host
}

/** Carries out a plan, and brings the lockfile up to date whatever happened. */
export async function runPlan(run: PlannedRun): Promise<ExitCode> {
  const { plan, graph, record, settings, stream, host } = run
  stream.show('\n')
  const open = await graph.open()
  try {
    createLockfile(graph.place, record.exists ? record.lockfile.lineage : host.uuid())
    const attempts = openAttempts(graph.place)
    const result = await interruptible(host, (interrupted) =>
      applyPlan(plan, {
        calls: open.calls,
        attempts,
        nextNumber: numberAfter(record),
        now: host.now,
        uuid: host.uuid,
        random: host.random,
        wait: host.wait,
        report: stream.report,
        interrupted,
        settings,
        ...(host.operator !== undefined && { operator: host.operator }),
      }),
    )
    return finish(result, run)
  } finally {
    await open.close()
  }
}

/** From the record of the plan, so that another run's attempt collides instead of being stepped over. */
function numberAfter(record: LoadedRecord): (address: string) => number {
  const highest = new Map<string, number>()
  for (const { address, number } of record.attempts)
    highest.set(address, Math.max(highest.get(address) ?? 0, number))
  return (address) => (highest.get(address) ?? 0) + 1
}

function finish(result: RunResult, { graph, stream, host }: PlannedRun): ExitCode {
  const problem = project(result, graph)
  const look = stream.look
  stream.show(`\n${formatRun(result, look)}`)
  if (problem !== undefined) {
    host.stderr.write(
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
}

const codeOf = ({ kind }: CallResult): ExitCode => resultCodes[kind]
