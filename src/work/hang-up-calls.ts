import { UsageError } from '../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import type { Lockfile } from '../model/record/lockfile.js'
import type { WatchedWorld } from '../model/world.js'
import { createHangUpPlan } from '../plan/create-hang-up-plan.js'
import { totalsOf } from '../plan/totals.js'
import { loadRecord } from '../record/load-record.js'
import { chooseGraph, type GraphAccess } from './apply/graph-access.js'
import { lookElsewhere } from './apply/live-elsewhere.js'
import { type PlannedRun, runPlan } from './apply/run-plan.js'
import { type AppliedCalls, type ApplyHandlers, reportProblems, settingsOf } from './apply-calls.js'
import type { ApplyOptions } from './options/apply-options.js'
import { allOrSome, type Checks, requireOptions, text, time } from './options/check-options.js'
import { graphChecks, selectionChecks, workspaceChecks } from './options/checks.js'
import type { SelectionOptions } from './options/options.js'
import { readWorkspaceSettings } from './workspace/compile-workspace.js'
import { requireAttempt } from './workspace/find-recorded.js'
import { codesOf } from './workspace/open-shared.js'
import { createSelection } from './workspace/selection.js'
import { withRunLock } from './workspace/with-run-lock.js'

export interface HangUpOptions
  extends Pick<ApplyOptions, 'environmentName' | 'simulator' | 'assignments' | 'valueFiles' | 'deadline'>,
    SelectionOptions {
  /** With `only` or `except`, `all` that match. */
  readonly addresses: 'all' | readonly string[]
  /** The one attempt of the one address whose call is to be hung up. */
  readonly attempt?: string | undefined
}

export type HangUpHandlers = Pick<ApplyHandlers, 'report' | 'interruptible'>

/** Hangs up what the record knows to be live. Asks nobody: it rings nobody. Throws as `exitCodeOf` knows. */
export async function hangUpCalls(
  asked: HangUpOptions,
  world: WatchedWorld,
  handlers: HangUpHandlers,
): Promise<AppliedCalls> {
  const options = readOptions(asked)
  const compiled = readWorkspaceSettings(options, world)
  const { diagnostics } = compiled
  if (reportProblems(compiled, handlers)) return { code: exitCodes.definitions, diagnostics }
  const graph = await chooseGraph(options, world, compiled, { ringsNobody: true })
  const settings = settingsOf(options, compiled)
  const elsewhere = lookElsewhere(graph.place, options, world)
  const work = { graph, settings, elsewhere, options, world, ...handlers }
  return withRunLock(graph.place, world, 'hangup', async () => ({ diagnostics, ...(await carryOut(work)) }))
}

const checks: Checks<HangUpOptions> = {
  ...workspaceChecks,
  ...graphChecks,
  ...selectionChecks,
  addresses: allOrSome,
  attempt: text,
  deadline: time,
}

function readOptions(asked: HangUpOptions): HangUpOptions {
  const options = requireOptions(asked, checks)
  const { addresses, attempt, only, except } = options
  if (addresses === undefined) throw new UsageError('Name the addresses to hang up, or give `--all`.')
  if (attempt !== undefined && (addresses === 'all' || addresses.length !== 1))
    throw new UsageError('`--attempt` takes one address.', 'Name the one whose attempt it is.')
  if (addresses !== 'all' && (only ?? except) !== undefined)
    throw new UsageError('Name addresses, or give `--only` and `--except`, but not both.')
  return options
}

interface HangUp extends Pick<PlannedRun, 'settings' | 'report' | 'interruptible'> {
  readonly graph: GraphAccess
  readonly elsewhere: ReturnType<typeof lookElsewhere>
  readonly options: HangUpOptions
  readonly world: WatchedWorld
}

async function carryOut(work: HangUp): Promise<Omit<AppliedCalls, 'diagnostics'>> {
  const { graph, elsewhere, options, report } = work
  const record = loadRecord(graph.place)
  const plan = planHangUp(options, record.lockfile)
  const shown = {
    plan,
    totals: totalsOf(plan),
    destination: graph.destination,
    showsPeople: false,
    isHangUp: true,
  }
  report({ event: 'plan', report: shown, elsewhere })
  const { actions } = shown.totals
  const codes: ExitCode[] = [...codesOf(graph.place)]
  if (actions.uncertain > 0) codes.push(exitCodes.uncertain)
  if (actions.blocked > 0) codes.push(exitCodes.refused)
  if (actions['hang-up'] === 0) return { code: worstExitCode(codes), plan: shown }
  const { code, result } = await runPlan({ ...work, plan, record })
  return {
    code: worstExitCode([...codes, code]),
    plan: shown,
    ...(result !== undefined && { run: result }),
  }
}

function planHangUp(options: HangUpOptions, lockfile: Lockfile) {
  const { attempt } = options
  const addresses = selectAddresses(options, lockfile)
  // It has come with one address.
  const [address] = addresses
  if (attempt === undefined || address === undefined) return createHangUpPlan({ lockfile, addresses })
  return createHangUpPlan({
    lockfile,
    addresses: [address],
    attempt: requireAttempt(lockfile, address, attempt).attempt,
  })
}

/** Throws UsageError for a pattern that matches nothing. */
function selectAddresses(options: HangUpOptions, { calls }: Lockfile): HangUpOptions['addresses'] {
  const { isSelective, selects, requireFound } = createSelection(options)
  if (!isSelective) return options.addresses
  const selected = Object.keys(calls).filter(selects)
  requireFound('`callctl lock show` lists its addresses.')
  return selected
}
