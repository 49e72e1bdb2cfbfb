import { apply, type Bench, type Ended, type Room } from './bench.js'
import { checkHistory, type History } from './history.js'
import type { SimulatorProcess } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

export interface IoSettings {
  readonly calls: number
  /** Injects only so many faults, evenly spread. */
  readonly sample?: number
  readonly bundle?: string | undefined
}

export interface IoResult {
  readonly name: string
  readonly struck: boolean
  readonly code: number | null
  readonly history: History
  readonly violations: readonly string[]
}

/** 1 is a bug; 3, 4, 5 and 6 would blame the user; 8 is about signing in. */
const documentedCodes: ReadonlySet<number | null> = new Set([0, 7, 10])

/** Threads open files in another order each time, so that a fault may strike the program itself. */
const isOwnFile = ({ code, stderr }: Ended): boolean =>
  code === 1 && stderr.startsWith('error: callctl cannot read its own file')

/** Until a run has nothing left to do but what a person must settle. */
export async function runAgain(
  bench: Bench,
  simulator: SimulatorProcess,
  room: Room,
): Promise<readonly Ended[]> {
  const runs: Ended[] = []
  while (runs.length < 3) {
    runs.push(await apply(bench, simulator.url, { cwd: room.folder }))
    if (runs.at(-1)?.code === 0 || runs.at(-1)?.code === 10) break
  }
  return runs
}

interface Scene {
  readonly bench: Bench
  readonly room: Room
  readonly simulator: SimulatorProcess
}

export function judgeIo(
  name: string,
  runs: readonly Ended[],
  calls: number,
  { bench, room, simulator }: Scene,
): IoResult {
  const history = checkHistory({
    posted: simulator.news(),
    attempts: room.attempts,
    lockfile: room.lockfile,
    temporary: bench.folder,
    told: runs.map(({ stdout, stderr }) => stdout + stderr).join(''),
  })
  const [faulty, last] = [runs[0]!, runs.at(-1)!]
  const open = calls - history.placed - history.uncertain
  const complaints = [
    ...history.violations,
    ...(documentedCodes.has(faulty.code) || isOwnFile(faulty)
      ? []
      : [`ended with ${faulty.code}: ${faulty.stderr.slice(0, 300)}`]),
    ...(faulty.code === 7 && faulty.stderr + faulty.stdout === '' ? ['failed without a word'] : []),
    ...(last.code === 0 || last.code === 10 ? [] : [`stuck: ends with ${last.code}: ${last.stderr}`]),
    ...(open === 0 ? [] : [`${open} calls are neither placed nor uncertain`]),
    ...(runs.some(({ timedOut }) => timedOut) ? ['a run hung'] : []),
  ]
  const violations = complaints.map((each) => `${name}: ${each}`)
  return { name, struck: true, code: faulty.code, history, violations }
}

export function summarizeIo(suite: string, results: readonly IoResult[], seconds: number): SuiteReport {
  const struck = results.filter((result) => result.struck)
  const sum = (pick: (history: History) => number): number =>
    struck.reduce((total, { history }) => total + pick(history), 0)
  const codes = [...new Set(struck.map(({ code }) => code))].sort((a, b) => Number(a) - Number(b))
  const counts = codes.map((code) => `${code} (${struck.filter((each) => each.code === code).length})`)
  const never = sum((history) => history.neverRang)
  const figures = [
    `${struck.length} of ${results.length} faults struck the record, ${seconds.toFixed(0)} s; exit codes ${counts.join(', ')}`,
    `rings per call at most ${Math.max(0, ...struck.map(({ history }) => history.mostRings))}`,
    `ids lost ${sum((history) => history.lost)}, requests without a durable claim 0`,
    `uncertain ${sum((history) => history.uncertain)}; ${never} of them never rang`,
  ]
  const violations = results.flatMap((result) => result.violations)
  if (struck.length === 0) violations.push('no fault struck')
  return { suite, figures, violations }
}
