import type { SignedIn } from '../model/call.js'
import { SignInError } from '../model/errors.js'
import { requireRoles } from '../plan/require-roles.js'
import type { PlanReport } from '../report/plan-text.js'
import type { GraphAccess, OpenGraph } from './graph-access.js'
import { interruptible } from './interruptible.js'
import { type PlanSources, reportPlan } from './plan-calls.js'

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
export async function checkRoles(report: PlanReport, sources: PlanSources): Promise<CheckedReport> {
  const { graph, host, compiled } = sources
  const { args } = sources
  const isAnswered = args.has('yes') || host.terminal.isInteractive
  if (report.totals.calls === 0 || graph.isSimulator || !isAnswered) return { report, graph }
  const found = await interruptible(host, async (interrupted) => {
    const signedIn = await signIn(graph)
    return interrupted.aborted ? 'interrupted' : signedIn
  })
  if (found === 'interrupted' || found instanceof SignInError) return { report, graph, problem: found }
  const hasMeetingConsent = compiled.compilation.settings.hasMeetingConsent ?? false
  const { plan, comparison } = requireRoles(report.plan, { roles: found.roles, hasMeetingConsent })
  const open = async (): Promise<OpenGraph> => found.open
  return {
    report: { ...reportPlan(plan, sources), roles: comparison },
    graph: { ...graph, open },
  }
}

interface Session extends SignedIn {
  readonly open: OpenGraph
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
