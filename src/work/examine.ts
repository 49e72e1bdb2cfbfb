import { runGit } from '../git/program.js'
import { probe } from '../graph/probe.js'
import type { Check } from '../model/doctor.js'
import { RecordError, UsageError } from '../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import type { WatchedWorld } from '../model/world.js'
import { version } from '../version.js'
import { chooseGraph, type GraphAccess } from './apply/graph-access.js'
import type { DoctorWorld, ExamineOptions } from './doctor/doctor-world.js'
import { runChecks } from './doctor/run-checks.js'
import {
  compileWorkspace,
  readWorkspaceSettings,
  type SettledWorkspace,
} from './workspace/compile-workspace.js'

export interface Examined {
  /** The worst of the checks. */
  readonly code: ExitCode
  readonly checks: readonly Check[]
}

/**
 * Looks at everything that placing calls needs; changes nothing, and rings nobody. Throws UsageError for an environment
 * that there is not.
 */
export async function examine(
  options: ExamineOptions,
  world: WatchedWorld,
  nodeVersion: string,
): Promise<Examined> {
  const warnings: string[] = []
  const checks = await runChecks(await openWorld(options, world, nodeVersion, warnings), warnings)
  return { code: worstExitCode(checks.map((check) => check.exitCode ?? exitCodes.done)), checks }
}

async function openWorld(
  options: ExamineOptions,
  world: WatchedWorld,
  nodeVersion: string,
  warnings: string[],
): Promise<DoctorWorld> {
  const definitions = compileAll(options, world)
  const { environment, now, random, uuid } = world
  return {
    options,
    world,
    nodeVersion,
    ...definitions,
    graph: await findGraph(options, world, definitions.compiled, warnings),
    probe: (url, method) => probe(url, method, { version, environment }),
    trySimulator: async () => {
      const { startSimulator } = await import('../simulator/simulator.js')
      await (await startSimulator({ now, random, uuid })).close()
    },
    git: (gitFolder, words) => {
      const printed = runGit({ gitFolder, environment }, words)
      return 'reason' in printed ? undefined : printed.toString('utf8')
    },
  }
}

function compileAll(
  options: ExamineOptions,
  world: WatchedWorld,
): Pick<DoctorWorld, 'compiled' | 'definitionsProblem'> {
  // First: an environment that there is not is a mistake of whoever asks.
  const settings = readWorkspaceSettings(options, world)
  try {
    return { compiled: compileWorkspace(options, world) }
  } catch (error) {
    if (error instanceof UsageError)
      return {
        compiled: { ...settings, compilation: { ...settings.compilation, payloads: [] } },
        definitionsProblem: error,
      }
    throw error
  }
}

/** What is warned of while signing in belongs to that check. */
async function findGraph(
  options: ExamineOptions,
  world: WatchedWorld,
  compiled: SettledWorkspace,
  warnings: string[],
): Promise<GraphAccess | Error> {
  const listening = { ...world, warn: (text: string) => void warnings.push(text) }
  try {
    return await chooseGraph(options, listening, compiled)
  } catch (error) {
    if (error instanceof UsageError || error instanceof RecordError) return error
    throw error
  }
}
