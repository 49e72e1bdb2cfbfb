import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { RequestLogLine } from '../../src/simulator/simulator.js'
import { callctlUntilInterrupted } from './callctl.js'
import { type Workspace, withWorkspace } from './callctl-workspace.js'

/** `callctl simulator`. */
export interface SimulatorProcess {
  readonly url: string
  /** Its own log: what really happened, whatever a client learned of it. */
  log(): readonly RequestLogLine[]
  /** Calls that it created, in order. */
  created(): readonly RequestLogLine[]
}

export async function withSimulator(
  faults: string,
  work: (simulator: SimulatorProcess) => Promise<void>,
): Promise<void> {
  await withWorkspace({}, (place) => runSimulator(faults, place, work))
}

/** A simulator whose calls and log are in this folder, and outlive it. */
export async function runSimulator(
  faults: string,
  { folder }: Workspace,
  work: (simulator: SimulatorProcess) => Promise<void>,
): Promise<void> {
  const log = join(folder, 'log.ndjson')
  const words = ['simulator', '--store', 'store.ndjson', '--log', log, '--faults', faults]
  const running = callctlUntilInterrupted(words, { cwd: folder })
  const readLog = (): readonly RequestLogLine[] => readLines<RequestLogLine>(log)
  try {
    await Promise.all([running.seen('Ctrl-C'), running.seen('http://')])
    await work({
      url: running.stdout().trim(),
      log: readLog,
      created: () => readLog().filter((line) => line.created),
    })
  } finally {
    running.interrupt()
    const { code, stderr } = await running.finished
    assert.is(code, 0, stderr)
  }
}

export const readLines = <Line>(path: string): readonly Line[] =>
  existsSync(path) ? parseLines(readFileSync(path, 'utf8')) : []

export const parseLines = <Line>(text: string): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
