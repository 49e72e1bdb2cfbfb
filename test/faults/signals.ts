import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, makeRoom, type Room, start, withBench } from './bench.js'
import { checkHistory } from './history.js'
import { type SimulatorProcess, withSimulator } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

export interface SignalSettings {
  readonly rounds: number
  readonly bundle?: string | undefined
}

const calls = 4
const kinds = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT twice', 'closed stdout'] as const

/** 0: it was done. 10: a call in flight stayed unknown. 11: stopped, everything settled. */
const documentedCodes: ReadonlySet<number | null> = new Set([0, 10, 11])

/** Interrupts at the moment when one of the calls is claimed, and a reader who leaves. */
export async function runSignals({ rounds, bundle }: SignalSettings): Promise<SuiteReport> {
  return withBench(
    (bench) =>
      withSimulator(bench, 'latency=60', async (simulator) => {
        const violations: string[] = []
        for (let round = 0; round < rounds; round += 1) {
          const kind = kinds[round % kinds.length]!
          const room = makeRoom(bench, calls)
          const moment = 1 + (round % calls)
          const found = await disturb(bench, simulator, { room, kind, moment })
          violations.push(...found.map((each) => `${kind} at call ${moment}: ${each}`))
          room.remove()
        }
        const figures = [`${rounds} runs interrupted or with their reader gone; no call twice, no id lost`]
        return { suite: 'signals', figures, violations }
      }),
    bundle,
  )
}

interface Disturbance {
  readonly room: Room
  readonly kind: (typeof kinds)[number]
  /** Which call's claim is waited for. */
  readonly moment: number
}

async function disturb(bench: Bench, simulator: SimulatorProcess, { room, kind, moment }: Disturbance) {
  const words = ['apply', '--yes', '--simulator', simulator.url]
  const child = start(bench, words, { cwd: room.folder })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  child.stderr!.resume()
  if (kind === 'closed stdout') child.stdout!.destroy()
  else {
    child.stdout!.resume()
    await claimed(room, moment)
    child.kill(kind === 'SIGINT twice' ? 'SIGINT' : kind)
    if (kind === 'SIGINT twice') child.kill('SIGINT')
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  const code = await ended
  clearTimeout(timer)
  const history = checkHistory({ ...room, posted: simulator.news() })
  const all = kind === 'closed stdout' && history.placed !== calls ? ['not all calls were placed'] : []
  const undocumented = documentedCodes.has(code) ? [] : [`ended with ${code}`]
  return [...history.violations, ...all, ...undocumented]
}

async function claimed({ attempts }: Room, moment: number): Promise<void> {
  const path = join(attempts, `call-000${moment}@1`)
  const began = performance.now()
  while (!existsSync(path) && performance.now() - began < 10_000) {
    await new Promise((done) => setTimeout(done, 2))
  }
}
