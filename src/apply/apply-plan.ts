// Carries out a plan through ports: per call sign in, connect, claim, check, send, settle, report. This
// folder does not decide which calls to place, reads no file and opens no socket; the clock is a port too.

import { acts } from '../model/action.js'
import { keyOfAddress } from '../model/address.js'
import { forEachConcurrently } from '../model/concurrency.js'
import { InternalError } from '../model/errors.js'
import type { Change, Plan } from '../model/plan.js'
import type { CallResult, RunResult } from '../model/run.js'
import { hangUpCall } from './hang-up.js'
import { placeCall } from './place-call.js'
import type { ApplyPorts } from './ports.js'
import { isUnsettled, redialCall } from './redial.js'
import { type Run, startRun } from './run.js'

/** A run of one plan or of several, one after the other: they share token, throttle, deadline and reasons to stop. */
export interface PlanRun {
  /** One result for each change that is acted on, in plan order. */
  carryOut(plan: Plan): Promise<readonly CallResult[]>
  /** Why nothing new is begun; undefined while it is. */
  stopped(): string | undefined
}

/** Rejects only for a bug, after all calls in flight have been settled, or with what `work` throws. */
export async function withPlanRun(
  ports: ApplyPorts,
  work: (run: PlanRun) => Promise<readonly CallResult[]>,
): Promise<RunResult> {
  const run = startRun(ports)
  let results: readonly CallResult[] = []
  let ending: Omit<RunResult, 'results'>
  try {
    results = await work({ carryOut: (plan) => carryOut(run, plan), stopped: run.stop.reason })
  } finally {
    run.hush()
    ending = run.stop.end()
  }
  return { results, ...ending }
}

/**
 * Places, places again and hangs up what the plan says; every other change is passed over. One result for each
 * of those, in plan order. Rejects only for a bug, after all calls in flight have been settled.
 */
export function applyPlan(plan: Plan, ports: ApplyPorts): Promise<RunResult> {
  return withPlanRun(ports, ({ carryOut }) => carryOut(plan))
}

async function carryOut(run: Run<ApplyPorts>, plan: Plan): Promise<readonly CallResult[]> {
  const changes = plan.changes.filter(({ action }) => acts(action))
  checkChanges(changes)
  const results = new Array<CallResult>(changes.length)
  await forEachConcurrently(changes, lanesOf(run), async (change, index) => {
    try {
      results[index] = await applyChange(run, change)
    } catch (error) {
      run.stop.forCrash(error)
    }
  })
  return results
}

/**
 * Calls that are worked at side by side. While requests are in flight, as many others connect, so that an answer is
 * followed by the next request at once; and outcomes are written meanwhile. One at a time is just that.
 */
const lanesOf = ({ concurrency }: Run): number => (concurrency === 1 ? 1 : 2 * concurrency)

async function applyChange(run: Run<ApplyPorts>, change: Change): Promise<CallResult> {
  if (change.action === 'hang-up') return hangUpCall(run, change.address, change.entry!)
  const { address, attemptId } = change
  if (attemptId !== undefined && (await run.ports.isTaken?.(attemptId)) === true) {
    const message = 'another runner of this plan has it'
    const result: CallResult = { address, kind: 'elsewhere', message }
    run.report({ event: 'result', result })
    return result
  }
  const placement = { payload: change.payload!, attemptId }
  return change.action === 'redial' ? redialCall(run, placement, change.entry!) : placeCall(run, placement)
}

/** The last look at a plan that may have been on a disk: one address twice would ring twice. */
function checkChanges(changes: readonly Change[]): void {
  const seen = new Set<string>()
  const placed = new Set<string>()
  const hungUp = new Set<string>()
  const minted = new Set<string>()
  for (const { address, action, payload, entry, attemptId } of changes) {
    const name = action === 'hang-up' ? JSON.stringify([address, entry?.callId]) : address
    if (seen.has(name)) throw new InternalError(`The plan has ${address} twice.`)
    seen.add(name)
    const key = keyOfAddress(address)
    if (action !== 'hang-up' && placed.has(key)) {
      throw new InternalError(`The plan places ${address} in two spellings.`)
    }
    if (action === 'hang-up' ? seen.has(address) : hungUp.has(address))
      throw new InternalError(`The plan hangs up ${address}, and places it.`)
    if (action === 'hang-up') hungUp.add(address)
    else placed.add(key)
    if (attemptId !== undefined && minted.has(attemptId)) {
      throw new InternalError(`The plan has the attempt ${attemptId} twice.`)
    }
    if (attemptId !== undefined) minted.add(attemptId)
    if (action !== 'hang-up' && payload?.address !== address) {
      throw new InternalError(`The plan places ${address} without its payload.`)
    }
    if (payload?.revealSecrets !== undefined || (payload?.references?.length ?? 0) > 0) {
      throw new InternalError(`The plan places ${address} with placeholders in its payload.`)
    }
    if (action === 'redial' && (entry === undefined || isUnsettled(entry))) {
      throw new InternalError(`The plan places ${address} again, whose outcome is unknown.`)
    }
    if (action === 'hang-up' && entry?.callId === undefined) {
      throw new InternalError(`The plan hangs up ${address} without its call id.`)
    }
  }
}
