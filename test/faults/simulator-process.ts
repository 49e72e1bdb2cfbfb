import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestLogLine } from '../../src/simulator/request-log.js'
import { type Bench, start } from './bench.js'

export interface SimulatorProcess {
  readonly url: string
  readonly port: number
  /** What was logged since the last call of this. */
  news(): readonly RequestLogLine[]
  stop(): Promise<void>
}

/** The stand-alone simulator of the bundle, which logs each request before it answers. */
export async function startSimulatorProcess(bench: Bench, faults = ''): Promise<SimulatorProcess> {
  const log = join(bench.folder, `log-${Math.random().toString(36).slice(2)}`)
  const words = ['simulator', '--log', log, ...(faults === '' ? [] : ['--faults', faults])]
  const child = start(bench, words, { cwd: bench.folder })
  child.stderr!.resume()
  const [line] = (await Promise.race([
    once(child.stdout!.setEncoding('utf8'), 'data'),
    once(child, 'close').then(() => {
      throw new Error('the simulator did not start')
    }),
  ])) as [string]
  const url = line.trim()
  let offset = 0
  return {
    url,
    port: Number(new URL(url).port),
    news() {
      if (!existsSync(log) || statSync(log).size === offset) return []
      const bytes = readFileSync(log)
      const text = bytes.subarray(offset).toString('utf8')
      offset = bytes.length
      return text.trim().split('\n').map(readLine)
    },
    async stop() {
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      await ended
    },
  }
}

const readLine = (line: string): RequestLogLine => JSON.parse(line) as RequestLogLine

export async function withSimulator<Value>(
  bench: Bench,
  faults: string,
  work: (simulator: SimulatorProcess) => Promise<Value>,
): Promise<Value> {
  const simulator = await startSimulatorProcess(bench, faults)
  try {
    return await work(simulator)
  } finally {
    await simulator.stop()
  }
}
