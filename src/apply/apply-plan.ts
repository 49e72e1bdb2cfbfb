// Carries out a plan through ports: per call sign in, connect, claim, check, send, settle, report. This
// folder does not decide which calls to place, reads no file and opens no socket; the clock is a port too.

import { forEachConcurrently } from '../model/concurrency.js'
import { InternalError } from '../model/errors.js'
import type { Action, Change, Plan } from '../model/plan.js'
import type { CallResult, RunResult } from '../model/run.js'
import { hangUpCall } from './hang-up.js'
import { placeCall } from './place-call.js'
import type { ApplyPorts } from './ports.js'
import { isUnsettled, redialCall } from './redial.js'
import { type Run, startRun } from './run.js'

/**
 * Places, places again and hangs up what the plan says; every other change is passed over. One result for each
 * of those, in plan order. Rejects only for a bug, after all calls in flight have been settled.
 */
export async function applyPlan(plan: Plan, ports: ApplyPorts): Promise<RunResult> {
  const changes = plan.changes.filter(({ action }) => acts.has(action))
  checkChanges(changes)
  const run = startRun(ports)
  const results = new Array<CallResult>(changes.length)
  await forEachConcurrently(changes, ports.settings.concurrency, async (change, index) => {
    try {
      results[index] = await applyChange(run, change)
    } catch (error) {
      run.stop.forCrash(error)
    }
  })
  return { results, ...run.stop.end() }
}

const acts: ReadonlySet<Action> = new Set<Action>(['place', 'redial', 'hang-up'])

async function applyChange(run: Run, change: Change): Promise<CallResult> {
  if (change.action === 'hang-up') return hangUpCall(run, change.address, change.entry!)
  const placement = { payload: change.payload!, attemptId: change.attemptId }
  return change.action === 'redial' ? redialCall(run, placement, change.entry!) : placeCall(run, placement)
}

/** The last look at a plan that may have been on a disk: one address twice would ring twice. */
function checkChanges(changes: readonly Change[]): void {
  const seen = new Set<string>()
  const minted = new Set<string>()
  for (const { address, action, payload, entry, attemptId } of changes) {
    if (seen.has(address)) throw new InternalError(`The plan has ${address} twice.`)
    seen.add(address)
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
