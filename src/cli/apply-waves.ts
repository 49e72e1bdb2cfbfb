import { applyPlan } from '../apply/apply-plan.js'
import type { ApplyPorts } from '../apply/ports.js'
import type { Plan } from '../model/plan.js'
import type { CallResult, RunResult } from '../model/run.js'
import { splitWaves } from '../plan/waves.js'
import type { RecordPlace } from '../record/folders.js'
import { loadRecord } from '../record/load-record.js'
import { fillReferences } from './fill-payloads.js'

/** Carries out a plan part by part, so that a call that needs another one's id is placed after it. */
export async function applyWaves(plan: Plan, ports: ApplyPorts, place: RecordPlace): Promise<RunResult> {
  const results: CallResult[] = []
  let last: RunResult = { results }
  const { deadline } = ports.settings
  const end = deadline === undefined ? undefined : ports.now() + deadline
  for (const wave of splitWaves(plan)) {
    if (last.stopped !== undefined) {
      results.push(...skipAll(wave, last.stopped, ports))
      continue
    }
    const { plan: filled, skipped } = hasReferences(wave)
      ? fillReferences(wave, loadRecord(place).lockfile)
      : { plan: wave, skipped: [] }
    for (const result of skipped) ports.report({ event: 'result', result })
    last = await applyPlan(filled, until(end, ports))
    results.push(...skipped, ...last.results)
  }
  return { ...last, results }
}

/** One deadline for all parts. */
function until(end: number | undefined, ports: ApplyPorts): ApplyPorts {
  if (end === undefined) return ports
  return { ...ports, settings: { ...ports.settings, deadline: Math.max(end - ports.now(), 0) } }
}

const hasReferences = ({ changes }: Plan): boolean =>
  changes.some(({ payload }) => (payload?.references?.length ?? 0) > 0)

function skipAll({ changes }: Plan, reason: string, ports: ApplyPorts): readonly CallResult[] {
  const acting = changes.filter(
    ({ action }) => action === 'place' || action === 'redial' || action === 'hang-up',
  )
  const results = acting.map(
    ({ address }): CallResult => ({ address, kind: 'skipped', message: `not tried: ${reason}` }),
  )
  for (const result of results) ports.report({ event: 'result', result })
  return results
}
