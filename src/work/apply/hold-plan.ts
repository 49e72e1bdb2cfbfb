import type { PlanReport } from '../../model/plan-report.js'

/** A plan that nobody can change any more: what was shown and confirmed is what is carried out. */
export function holdPlan(report: PlanReport): PlanReport {
  freeze(report)
  return report
}

/** Texts are read by getters, which stay as they are. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const name of Object.getOwnPropertyNames(value))
    freeze(Object.getOwnPropertyDescriptor(value, name)?.value)
}
