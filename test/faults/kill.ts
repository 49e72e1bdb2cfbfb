import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  apply,
  type Bench,
  callNames,
  type Ended,
  makeRoom,
  type Room,
  runProgram,
  withBench,
} from './bench.js'
import { checkHistory, type History } from './history.js'
import { type SimulatorProcess, withSimulator } from './simulator-process.js'
import { allCalls, killing, readTrace, type TracedCall, tracing, whyNoTrace, writingCalls } from './strace.js'
import { type SuiteReport, skipped } from './suite-report.js'

export interface KillSettings {
  readonly calls: number
  /** System calls by name; all that touch disk or network when absent. */
  readonly only?: readonly string[]
  /** Tests so many points, evenly spread over the run, all of them after the record was first touched. */
  readonly sample?: number
  readonly lanes?: number
  /** Applies a saved plan, and first tries that same plan again. */
  readonly saved?: boolean
  readonly bundle?: string | undefined
}

interface KillPoint {
  readonly call: string
  readonly when: number
}

interface KillResult extends KillPoint {
  readonly fired: boolean
  readonly history: History
  readonly violations: readonly string[]
}

/** SIGKILL at every system call that touches disk or network; then runs again until quiet. */
export async function runKill(settings: KillSettings): Promise<SuiteReport> {
  const reason = whyNoTrace()
  if (reason !== undefined) return skipped('kill', reason)
  const began = performance.now()
  return withBench(async (bench) => {
    const points = await withSimulator(bench, '', (simulator) => findPoints(bench, simulator, settings))
    const results: KillResult[] = []
    const queue = [...points]
    const lane = (): Promise<void> =>
      withSimulator(bench, '', async (simulator) => {
        for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
          results.push(await killAt(bench, simulator, settings, point))
        }
      })
    await Promise.all(Array.from({ length: settings.lanes ?? 2 }, lane))
    return summarize(results, settings, (performance.now() - began) / 1000)
  }, settings.bundle)
}

/** One whole run under the tracer shows which calls occur, and how often. */
async function findPoints(bench: Bench, simulator: SimulatorProcess, settings: KillSettings) {
  const room = makeRoom(bench, settings.calls)
  const output = join(bench.folder, 'trace')
  const wanted = settings.only ?? (settings.sample === undefined ? allCalls : writingCalls)
  const ended = await apply(bench, simulator.url, { cwd: room.folder, prefix: tracing(output, wanted) })
  if (ended.code !== 0) throw new Error(`apply ended with ${ended.code}: ${ended.stdout}${ended.stderr}`)
  simulator.news()
  room.remove()
  const trace = readTrace(readFileSync(output, 'utf8'))
  return settings.sample === undefined ? listAll(trace) : pickSome(trace, settings.sample)
}

/** Each occurrence in the thread that makes most of them; the tracer counts by thread. */
function listAll(trace: readonly TracedCall[]): readonly KillPoint[] {
  const most = new Map<string, number>()
  for (const { call, when } of trace) most.set(call, Math.max(most.get(call) ?? 0, when))
  return [...most].flatMap(([call, count]) =>
    Array.from({ length: count }, (_, index) => ({ call, when: index + 1 })),
  )
}

function pickSome(trace: readonly TracedCall[], count: number): readonly KillPoint[] {
  const first = trace.findIndex(({ text }) => text.includes('/.callctl'))
  const main = trace[first]?.thread
  const candidates = trace.slice(first).filter(({ thread }) => thread === main)
  const step = Math.max(1, candidates.length / count)
  const picked = Array.from({ length: Math.min(count, candidates.length) }, (_, index) => {
    const { call, when } = candidates[Math.floor(index * step)]!
    return { call, when }
  })
  return picked
}

async function killAt(
  bench: Bench,
  simulator: SimulatorProcess,
  { calls, saved }: KillSettings,
  point: KillPoint,
): Promise<KillResult> {
  const room = makeRoom(bench, calls)
  const run = { cwd: room.folder }
  const paths = saved === true ? [plan] : []
  try {
    if (saved === true) await runProgram(bench, ['plan', '--out', plan, '--simulator', simulator.url], run)
    const prefix = killing(point.call, point.when)
    const killed = await apply(bench, simulator.url, { ...run, prefix }, ...paths)
    const second = saved === true ? [await apply(bench, simulator.url, run, plan)] : []
    const again = [...second, ...(await runUntilQuiet(bench, simulator, room))]
    return judge(point, killed, again, { calls, room, simulator })
  } finally {
    room.remove()
  }
}

const plan = 'plan.json'

/** Until a run says that nothing is left to do but what a person must settle. */
async function runUntilQuiet(
  bench: Bench,
  simulator: SimulatorProcess,
  room: Room,
): Promise<readonly Ended[]> {
  const runs: Ended[] = []
  while (runs.length < 3) {
    const ended = await apply(bench, simulator.url, { cwd: room.folder })
    runs.push(ended)
    if (ended.code === 0 || ended.code === 10) break
  }
  return runs
}

interface Scene {
  readonly calls: number
  readonly room: Room
  readonly simulator: SimulatorProcess
}

function judge(point: KillPoint, killed: Ended, again: readonly Ended[], scene: Scene): KillResult {
  const { calls, room, simulator } = scene
  const fired = killed.signal === 'SIGKILL' || killed.code === 137
  const history = checkHistory({
    posted: simulator.news(),
    attempts: room.attempts,
    lockfile: room.lockfile,
  })
  const last = again.at(-1)!
  const wanted = history.uncertain === 0 ? 0 : 10
  const open = callNames(calls).length - history.placed - history.uncertain
  const strange = again.filter(({ code }) => ![0, 6, 10].includes(code ?? -1))
  const complaints = [
    ...history.violations,
    ...strange.map(({ code, stderr }) => `a later run ended with ${code}: ${stderr}`),
    ...(last.code === wanted ? [] : [`the last run ended with ${last.code}, not ${wanted}: ${last.stderr}`]),
    ...(history.uncertain > 1 ? [`${history.uncertain} calls are uncertain after one crash`] : []),
    ...(open === 0 ? [] : [`${open} calls are neither placed nor uncertain`]),
    ...([killed, ...again].some(({ timedOut }) => timedOut) ? ['a run hung'] : []),
    ...(fired || killed.code === 0 ? [] : [`the run ended with ${killed.code}: ${killed.stderr}`]),
  ]
  const violations = complaints.map((each) => `${point.call} ${point.when}: ${each}`)
  return { ...point, fired, history, violations }
}

function summarize(results: readonly KillResult[], settings: KillSettings, seconds: number): SuiteReport {
  const fired = results.filter((result) => result.fired)
  const histories = fired.map(({ history }) => history)
  const sum = (pick: (history: History) => number): number =>
    histories.reduce((total, history) => total + pick(history), 0)
  const uncertain = sum((history) => history.uncertain)
  const never = sum((history) => history.neverRang)
  const calls = new Set(results.map(({ call }) => call)).size
  const share = ((100 * never) / Math.max(1, fired.length)).toFixed(1)
  const figures = [
    `${fired.length} kill points (${calls} system calls, apply of ${settings.saved === true ? 'a saved plan of ' : ''}${settings.calls} calls), each run again until quiet, ${seconds.toFixed(0)} s`,
    `rings per call at most ${Math.max(0, ...histories.map(({ mostRings }) => mostRings))}`,
    `ids lost ${sum((history) => history.lost)}`,
    `uncertain ${uncertain}, all with a published claim; ${never} of them never rang (${share} % of kill points)`,
  ]
  const violations = results.flatMap((result) => result.violations)
  if (fired.length === 0) violations.push('no kill point fired')
  return { suite: 'kill', figures, violations }
}
