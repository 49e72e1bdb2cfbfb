import { UsageError } from '../../model/errors.js'
import type { ApplyOptions } from './apply-options.js'
import { atOnce, type Checks, flag, fraction, requireOptions, text, time } from './check-options.js'
import { planChecks } from './checks.js'

const checks: Checks<ApplyOptions> = {
  ...planChecks,
  planFile: text,
  share: flag,
  part: fraction,
  maximumAge: time,
  concurrency: atOnce,
  deadline: time,
  hasDetailedCode: flag,
}

/** A copy, checked; nothing that is sent comes from a cache. Throws UsageError. */
export function requireApplyOptions(options: ApplyOptions): ApplyOptions {
  const checked = requireOptions(options, checks)
  if (checked.planFile !== undefined) refuseBesidePlan(checked)
  else if (checked.share === true)
    throw new UsageError('`--share` takes a saved plan.', 'Make one: `callctl plan --out PLAN.json`.')
  if (checked.part !== undefined && checked.share !== true)
    throw new UsageError('`--part` goes with `--share`.')
  return { ...checked, mayCache: false }
}

/** The words of the command line for what has nothing to say about a saved plan. */
const besidePlan = {
  only: '--only',
  except: '--except',
  redial: '--redial',
  prunes: '--prune',
} as const

function refuseBesidePlan(options: ApplyOptions): void {
  if (isGiven(options.paths)) throw new UsageError('A saved plan is applied alone.')
  for (const name of Object.keys(besidePlan) as (keyof typeof besidePlan)[]) {
    if (!isGiven(options[name])) continue
    throw new UsageError(`\`${besidePlan[name]}\` does not go with a saved plan: it is applied as it is.`)
  }
}

const isGiven = (value: boolean | readonly unknown[] | undefined): boolean =>
  typeof value === 'object' ? value.length > 0 : value === true
