// Carries out a plan through ports: per call sign in, connect, claim, check, send, settle, report. This
// folder does not decide which calls to place, reads no file and opens no socket; the clock is a port too.

import { InternalError } from '../model/errors.js'
import type { Change, Plan } from '../model/plan.js'
import type { CallResult, RunResult } from '../model/run.js'
import { forEachConcurrently } from './concurrency.js'
import { hangUpCall } from './hang-up.js'
import { placeCall } from './place-call.js'
import type { ApplyPorts } from './ports.js'
import { type Run, startRun } from './run.js'

/**
 * Places and hangs up what the plan says; every other change is passed over. One result for each of those,
 * in plan order. Rejects only for a bug, after all calls in flight have been settled.
 */
export async function applyPlan(plan: Plan, ports: ApplyPorts): Promise<RunResult> {
  const changes = plan.changes.filter(({ action }) => action === 'place' || action === 'hang-up')
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

async function applyChange(run: Run, change: Change): Promise<CallResult> {
  if (change.action === 'hang-up') return hangUpCall(run, change.address, change.entry!)
  return placeCall(run, change.payload!)
}

/** The last look at a plan that may have been on a disk: one address twice would ring twice. */
function checkChanges(changes: readonly Change[]): void {
  const seen = new Set<string>()
  for (const { address, action, payload, entry } of changes) {
    if (seen.has(address)) throw new InternalError(`The plan has ${address} twice.`)
    seen.add(address)
    if (action === 'place' && payload?.address !== address) {
      throw new InternalError(`The plan places ${address} without its payload.`)
    }
    if (action === 'hang-up' && entry?.callId === undefined) {
      throw new InternalError(`The plan hangs up ${address} without its call id.`)
    }
  }
}
