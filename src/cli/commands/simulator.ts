import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { findOutput } from '../../record/disk/named-output.js'
import { isCallStore, isRequestLog } from '../../simulator/own-file.js'
import { parseFaults, type SimulatorOptions, startSimulator } from '../../simulator/simulator.js'
import type { Arguments } from '../frame/arguments.js'
import { readOutput } from '../frame/named-output.js'

export async function simulator(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.positionals.length > 0) throw new UsageError(`\`simulator\` takes no ${args.positionals[0]}.`)
  const started = await startSimulator(readOptions(args, host))
  // Before anybody is told the URL, and could end it.
  const interrupted = new Promise<void>((done) => {
    const stop = host.onInterrupt(() => {
      stop()
      done()
    })
  })
  host.stdout.write(`${started.url}\n`)
  host.stderr.write(
    'The simulator rings nobody. Use it with: callctl apply calls/ --simulator URL\nCtrl-C ends it.\n',
  )
  await interrupted
  await started.close()
  return exitCodes.done
}

function readOptions(args: Arguments, host: Host): SimulatorOptions {
  const { now, random, uuid } = host
  const faults = args.text('faults')
  const store = readOutput(args, host, isCallStore, 'store')
  const log = readOutput(args, host, isRequestLog, 'log')
  return {
    now,
    random,
    uuid,
    port: readPort(args.text('port')),
    ...(faults !== undefined && { faults: parseFaults(faults) }),
    ...(store !== undefined && { store: findOutput(store).path }),
    ...(log !== undefined && { log: findOutput(log).path }),
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? '0')
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new UsageError('`--port` is a number from 0 to 65535.')
}
