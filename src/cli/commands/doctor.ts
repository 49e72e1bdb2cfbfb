import { runGit } from '../../git/program.js'
import { probe } from '../../graph/probe.js'
import { RecordError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDoctor } from '../../report/record/doctor-text.js'
import { version } from '../../version.js'
import { chooseGraph, type GraphAccess } from '../../work/apply/graph-access.js'
import {
  type CompiledWorkspace,
  compileSettings,
  compileWorkspace,
} from '../../work/workspace/compile-workspace.js'
import type { DoctorWorld } from '../doctor/doctor-world.js'
import { runChecks } from '../doctor/run-checks.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readGraphOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

/** Whether all is there that placing calls needs. Looks at everything, changes nothing, rings nobody. */
export const doctor = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    if (args.positionals.length > 0) throw new UsageError('`doctor` takes no paths: it is about all of them.')
    const warnings: string[] = []
    const checks = await runChecks(openWorld(args, host, warnings), warnings)
    const exitCode = worstExitCode(checks.map((check) => check.exitCode ?? exitCodes.done))
    if (args.has('json')) host.stdout.write(formatJson({ checks, exitCode }))
    else host.stdout.write(formatDoctor(checks, host.terminal.stdout))
    return exitCode
  })

function openWorld(args: Arguments, host: Host, warnings: string[]): DoctorWorld {
  const definitions = compileAll(args, host)
  const { environment } = host
  return {
    args,
    host,
    ...definitions,
    graph: findGraph(args, host, definitions.compiled, warnings),
    probe: (url, method) => probe(url, method, { version, environment }),
    trySimulator: async () => {
      const { startSimulator } = await import('../../simulator/simulator.js')
      const { now, random, uuid } = host
      await (await startSimulator({ now, random, uuid })).close()
    },
    git: (gitFolder, words) => {
      const printed = runGit({ gitFolder, environment }, words)
      return 'reason' in printed ? undefined : printed.toString('utf8')
    },
  }
}

function compileAll(args: Arguments, host: Host): Pick<DoctorWorld, 'compiled' | 'definitionsProblem'> {
  // First: an environment that there is not is a mistake of the command line.
  const options = readWorkspaceOptions(args)
  const world = worldOf(args, host)
  const settings = compileSettings(options, world)
  try {
    return { compiled: compileWorkspace(options, world) }
  } catch (error) {
    if (error instanceof UsageError) return { compiled: settings, definitionsProblem: error }
    throw error
  }
}

/** What is warned of while signing in belongs to that check. */
function findGraph(
  args: Arguments,
  host: Host,
  compiled: CompiledWorkspace,
  warnings: string[],
): GraphAccess | Error {
  const listening = { ...worldOf(args, host), warn: (text: string) => void warnings.push(text) }
  try {
    return chooseGraph(readGraphOptions(args), listening, compiled)
  } catch (error) {
    if (error instanceof UsageError || error instanceof RecordError) return error
    throw error
  }
}
