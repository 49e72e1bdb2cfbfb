// Checks of everything that a run needs, before one is needed. None of them changes or rings anything.

import type { Check } from '../../model/doctor.js'
import { checkGit } from './check-git.js'
import { checkCallbacks, checkClock, checkGraph, checkTransport } from './check-graph.js'
import { checkRecord, checkRunLock } from './check-record.js'
import { checkRoles, checkSignIn, checkTenant } from './check-sign-in.js'
import { checkDefinitions, checkSettings, checkVersions } from './check-workspace.js'
import type { DoctorWorld } from './doctor-world.js'

/** All checks, whatever the ones before have found. `warnings` fills while signing in. */
export async function runChecks(world: DoctorWorld, warnings: readonly string[]): Promise<readonly Check[]> {
  const local = [
    checkVersions(world),
    checkSettings(world),
    checkDefinitions(world),
    checkRecord(world),
    await checkRunLock(world),
    checkGit(world),
  ]
  const transport = await checkTransport(world)
  const { check: graph, skew } = await checkGraph(world)
  const clock = await checkClock(world, skew)
  const signedIn = await checkSignIn(world, warnings)
  return [
    ...local,
    transport,
    graph,
    clock,
    signedIn.check,
    checkTenant(world),
    checkRoles(world, signedIn),
    await checkCallbacks(world),
  ]
}
