import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync } from 'esbuild'
import { findRecordPlace } from '../../src/record/folders/folders.js'
import { createLockfile } from '../../src/record/load-record.js'
import { apply, type Bench, callNames, makeRoom, type Room, withBench } from './bench.js'
import { checkHistory } from './history.js'
import { type SimulatorProcess, withSimulator } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

export interface RaceSettings {
  readonly rounds: number
  readonly racers?: number
  readonly bundle?: string | undefined
}

const calls = 5

/** 0: it did the work, or found it done. 7: another run holds the lock or a claim. 10: a claim without outcome. */
const documentedCodes: ReadonlySet<number | null> = new Set([0, 7, 10])

/** Many applies started together on one workspace, round after round. */
export async function runRaces({ rounds, racers = 20, bundle }: RaceSettings): Promise<SuiteReport> {
  const began = performance.now()
  return withBench(
    (bench) =>
      withSimulator(bench, '', async (simulator) => {
        const violations: string[] = []
        const codes = new Map<number | null, number>()
        let most = 0
        let winners = 0
        for (let round = 1; round <= rounds; round += 1) {
          const room = makeRoom(bench, calls)
          const runs = Array.from({ length: racers }, () =>
            apply(bench, simulator.url, { cwd: room.folder, timeout: 120_000 }),
          )
          const ended = await Promise.all(runs)
          const history = checkHistory({ ...room, posted: simulator.news() })
          const undocumented = ended.filter(({ code }) => !documentedCodes.has(code))
          const placed = ended.filter(({ stdout }) => stdout.includes('placed    ')).length
          for (const { code } of ended) codes.set(code, (codes.get(code) ?? 0) + 1)
          most = Math.max(most, history.mostRings)
          winners += placed === 1 ? 1 : 0
          violations.push(
            ...[
              ...history.violations,
              ...undocumented.map(({ code, stderr }) => `ended with ${code}: ${stderr.slice(0, 200)}`),
              ...(history.placed === calls ? [] : [`${history.placed} of ${calls} calls are placed`]),
            ].map((each) => `round ${round}: ${each}`),
          )
          room.remove()
        }
        const counts = [...codes].map(([code, count]) => `${code} (${count})`).join(', ')
        const seconds = ((performance.now() - began) / 1000).toFixed(0)
        const figures = [
          `${rounds} rounds of ${racers} applies started together, ${calls} calls each, ${seconds} s; exit codes ${counts}`,
          `rings per call at most ${most}; one winner in ${winners} of ${rounds} rounds`,
        ]
        return { suite: 'races', figures, violations }
      }),
    bundle,
  )
}

/** The same without the run lock: the claim alone decides. */
export async function runStolenLock({ rounds, racers = 8, bundle }: RaceSettings): Promise<SuiteReport> {
  return withBench(
    (bench) =>
      withSimulator(bench, '', async (simulator) => {
        const program = buildChild(bench)
        const children = Array.from({ length: racers }, () => startChild(bench, program, simulator))
        const violations: string[] = []
        let most = 0
        let elsewhere = 0
        for (let round = 1; round <= rounds; round += 1) {
          const room = makeRoom(bench, calls)
          // Every other round begins with a record: then nothing but the claims is raced for.
          if (round % 2 === 0) createLockfile(placeOf(room), crypto.randomUUID())
          await Promise.all(children.map((child) => child.ask(room.folder)))
          const answers = await Promise.all(children.map((child) => child.ask('go')))
          elsewhere += answers.filter((answer) => answer.includes('elsewhere')).length
          const history = checkHistory({ ...room, posted: simulator.news() })
          most = Math.max(most, history.mostRings)
          const found = [...history.violations, ...answers.filter((answer) => answer.startsWith('failed'))]
          if (history.placed !== calls) found.push(`${history.placed} of ${calls} calls are placed`)
          violations.push(...found.map((each) => `round ${round}: ${each}`))
          room.remove()
        }
        if (elsewhere === 0) violations.push('no racer ever lost a claim: the race is not one')
        const figures = [
          `${rounds} rounds of ${racers} processes without the run lock, ${calls} calls each`,
          `rings per call at most ${most}; ${elsewhere} runs met another one’s claim`,
        ]
        return { suite: 'stolen-lock', figures, violations }
      }),
    bundle,
  )
}

const placeOf = ({ folder }: Room) => findRecordPlace(folder, { simulator: true, temporaryFolder: folder })

function buildChild(bench: Bench): string {
  const outfile = join(bench.folder, 'race-child.mjs')
  buildSync({
    entryPoints: ['test/faults/race-child.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    outfile,
    logLevel: 'error',
  })
  return outfile
}

interface Racer {
  ask(line: string): Promise<string>
}

function startChild(bench: Bench, program: string, { url }: SimulatorProcess): Racer {
  const child: ChildProcess = spawn(process.execPath, [program, url, callNames(calls).join(',')], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  bench.children.add(child)
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    async ask(line) {
      child.stdin!.write(`${line}\n`)
      const answer = await lines.next()
      if (answer.done) throw new Error('a racer has died')
      return answer.value
    },
  }
}
