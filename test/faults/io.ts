import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apply, type Bench, makeRoom, withBench } from './bench.js'
import { type IoResult, type IoSettings, judgeIo, runAgain, summarizeIo } from './io-result.js'
import { checkOrder } from './order.js'
import { type SimulatorProcess, withSimulator } from './simulator-process.js'
import { failing, readTrace, type TracedCall, tracing, whyNoTrace, writingCalls } from './strace.js'
import { type SuiteReport, skipped } from './suite-report.js'

interface IoFault {
  readonly call: string
  readonly when: number
  readonly error: string
}

/** What each call is made to fail with. */
const errorsOf: Readonly<Record<string, readonly string[]>> = {
  openat: ['ENOSPC', 'EIO', 'EINTR', 'EMFILE', 'EROFS'],
  write: ['ENOSPC', 'EIO'],
  pwrite64: ['ENOSPC', 'EIO', 'EINTR'],
  fsync: ['ENOSPC', 'EIO', 'EINTR'],
  link: ['ENOSPC', 'EIO', 'EINTR', 'EROFS'],
  unlink: ['EIO', 'EINTR', 'EROFS'],
  rename: ['ENOSPC', 'EIO', 'EINTR', 'EROFS'],
  mkdir: ['ENOSPC', 'EIO', 'EINTR', 'EROFS'],
  fchmod: ['EIO', 'EROFS'],
}

/** Makes each write, sync, link, rename and open of attempts and lockfile fail once; then runs again until quiet. */
export async function runIo(settings: IoSettings): Promise<SuiteReport> {
  const reason = whyNoTrace()
  if (reason !== undefined) return skipped('io', reason)
  const began = performance.now()
  return withBench(async (bench) => {
    const faults = await withSimulator(bench, '', (simulator) => findFaults(bench, simulator, settings))
    const results: IoResult[] = []
    const queue = [...faults]
    const lane = (): Promise<void> =>
      withSimulator(bench, '', async (simulator) => {
        for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
          results.push(await failAt(bench, simulator, settings.calls, fault))
        }
      })
    await Promise.all([lane(), lane()])
    return summarizeIo('io', results, (performance.now() - began) / 1000)
  }, settings.bundle)
}

async function findFaults(bench: Bench, simulator: SimulatorProcess, { calls, sample }: IoSettings) {
  const room = makeRoom(bench, calls)
  const output = join(bench.folder, 'trace')
  const prefix = tracing(output, writingCalls)
  const ended = await apply(bench, simulator.url, { cwd: room.folder, prefix })
  if (ended.code !== 0) throw new Error(`apply ended with ${ended.code}: ${ended.stdout}${ended.stderr}`)
  simulator.news()
  const trace = readTrace(readFileSync(output, 'utf8'))
  const faults = trace.filter(isOurs).flatMap(({ call, when }): readonly IoFault[] => {
    return (errorsOf[call] ?? []).map((error) => ({ call, when, error }))
  })
  if (sample === undefined) return faults
  const step = Math.max(1, faults.length / sample)
  return Array.from({ length: Math.min(sample, faults.length) }, (_, at) => faults[Math.floor(at * step)]!)
}

const isOurs = ({ text }: TracedCall): boolean => text.includes('/.callctl')

async function failAt(
  bench: Bench,
  simulator: SimulatorProcess,
  calls: number,
  fault: IoFault,
): Promise<IoResult> {
  const room = makeRoom(bench, calls)
  const output = join(room.folder, 'trace')
  try {
    const ended = await apply(bench, simulator.url, {
      cwd: room.folder,
      prefix: failing(output, writingCalls, fault),
    })
    const trace = readTrace(readFileSync(output, 'utf8'))
    const struck = trace.some((call) => call.injected && isOurs(call))
    const again = await runAgain(bench, simulator, room)
    const name = `${fault.call} ${fault.when} ${fault.error}`
    const result = judgeIo(name, [ended, ...again], calls, { bench, room, simulator })
    const undurable = checkOrder(trace, false).violations.map((each) => `${name}: ${each}`)
    return { ...result, struck, violations: [...result.violations, ...undurable] }
  } finally {
    room.remove()
  }
}
