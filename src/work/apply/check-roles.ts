import { defaultBounds } from '../../apply/ports.js'
import type { SignedIn } from '../../model/call.js'
import { SignInError } from '../../model/errors.js'
import type { PlanReport } from '../../model/plan-report.js'
import type { WatchedWorld } from '../../model/world.js'
import { requireRoles } from '../../plan/require-roles.js'
import { createPatience } from '../../send/backoff.js'
import type { GraphAccess, OpenGraph } from './graph-access.js'
import type { Interruptible } from './interruptible.js'
import { type ReportSources, reportPlan } from './plan-report.js'

export interface CheckedReport {
  readonly report: PlanReport
  /** The same Graph, with the token that was compared. */
  readonly graph: GraphAccess
  /** Why nothing may follow. */
  readonly problem?: SignInError | 'interrupted'
}

/**
 * Signs in, and blocks the calls that the token's roles do not allow, before anybody is asked and anything is claimed.
 * A simulator knows no roles, and hanging up needs none.
 */
export async function checkRoles(
  report: PlanReport,
  sources: ReportSources,
  interruptible: Interruptible,
): Promise<CheckedReport> {
  const { graph, world, compiled } = sources
  if (report.totals.calls === 0 || graph.isSimulator) return { report, graph }
  const found = await interruptible(async (interrupted) => {
    const signedIn = await signInPatiently(graph, world, interrupted)
    return interrupted.aborted ? 'interrupted' : signedIn
  })
  if (found === 'interrupted' || found instanceof SignInError) return { report, graph, problem: found }
  const hasMeetingConsent = compiled.compilation.settings.hasMeetingConsent ?? false
  const { plan, comparison } = requireRoles(report.plan, { roles: found.roles, hasMeetingConsent })
  const open = async (): Promise<OpenGraph> => found.open
  return {
    report: { ...report, ...reportPlan(plan, sources), roles: comparison },
    graph: { ...graph, open },
  }
}

interface Session extends SignedIn {
  readonly open: OpenGraph
}

/** Nothing is claimed yet, so what may pass is waited for, as long as for a connection. */
async function signInPatiently(
  graph: GraphAccess,
  world: WatchedWorld,
  interrupted: AbortSignal,
): Promise<Session | SignInError> {
  const patience = createPatience(defaultBounds)
  for (;;) {
    const found = await signIn(graph)
    if (!(found instanceof SignInError) || !found.isRetryable || interrupted.aborted) return found
    const time = patience.retryIn(world.now(), world.random())
    if (time === undefined) return found
    world.tell(`${found.message}; trying again in ${(time / 1000).toFixed(1)} s.`)
    await world.wait(time, interrupted)
  }
}

async function signIn(graph: GraphAccess): Promise<Session | SignInError> {
  try {
    const open = await graph.open()
    return { ...(await open.calls.signIn()), open }
  } catch (error) {
    if (error instanceof SignInError) return error
    throw error
  }
}
