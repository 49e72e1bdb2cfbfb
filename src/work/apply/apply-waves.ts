import { type PlanRun, withPlanRun } from '../../apply/apply-plan.js'
import type { ApplyPorts } from '../../apply/ports.js'
import { acts } from '../../model/action.js'
import type { Plan } from '../../model/plan.js'
import type { CallResult, RunResult } from '../../model/run.js'
import { splitWaves } from '../../plan/waves.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { loadRecord } from '../../record/load-record.js'
import { fillReferences } from './fill-payloads.js'

/** Carries out a plan part by part, so that a call that needs another one's id is placed after it. */
export const applyWaves = (plan: Plan, ports: ApplyPorts, place: RecordPlace): Promise<RunResult> =>
  withPlanRun(ports, async (run) => {
    const results: CallResult[] = []
    for (const wave of splitWaves(plan))
      for (const result of await applyWave(wave, run, ports, place)) results.push(result)
    return results
  })

async function applyWave(
  wave: Plan,
  run: PlanRun,
  ports: ApplyPorts,
  place: RecordPlace,
): Promise<readonly CallResult[]> {
  const stopped = run.stopped()
  if (stopped !== undefined) return skipAll(wave, stopped, ports)
  const { plan, skipped } = hasReferences(wave)
    ? fillReferences(wave, loadRecord(place).lockfile)
    : { plan: wave, skipped: [] }
  for (const result of skipped) ports.report({ event: 'result', result })
  return [...skipped, ...(await run.carryOut(plan))]
}

const hasReferences = ({ changes }: Plan): boolean =>
  changes.some(({ payload }) => (payload?.references?.length ?? 0) > 0)

function skipAll({ changes }: Plan, reason: string, ports: ApplyPorts): readonly CallResult[] {
  const results = changes
    .filter(({ action }) => acts(action))
    .map(({ address }): CallResult => ({ address, kind: 'skipped', message: `not tried: ${reason}` }))
  for (const result of results) ports.report({ event: 'result', result })
  return results
}
