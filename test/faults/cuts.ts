import { readFileSync } from 'node:fs'
import { type AnswerSettings, isProbe, probeOf } from './answers.js'
import { apply, makeRoom, withBench } from './bench.js'
import { checkHistory } from './history.js'
import { type Cut, startProxy } from './proxy.js'
import { withSimulator } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

const whole: Cut = { side: 'none', bytes: 0, how: 'end' }

/** Cuts the connection after each byte of the request and of the answer; a call is as the part that came tells. */
export async function runCuts({ step, bundle }: AnswerSettings): Promise<SuiteReport> {
  return withBench(
    (bench) =>
      withSimulator(bench, '', async (simulator) => {
        const lengths = await measure()
        const cuts = listCuts(lengths, step)
        const connections: number[] = []
        const room = makeRoom(bench, Math.ceil(cuts.length * 1.5))
        // Every connection has a cut of its own; one that ends before its request is followed by another.
        const proxy = await startProxy(simulator.port, (index) => {
          connections.push(index)
          return isProbe(index + 1) ? (cuts[probeOf(index + 1)] ?? whole) : whole
        })
        const ended = await apply(bench, proxy.url, { cwd: room.folder, timeout: 900_000 })
        const settled = await apply(bench, simulator.url, { cwd: room.folder, timeout: 900_000 })
        await proxy.close()
        const posted = simulator.news()
        const history = checkHistory({ ...room, posted })
        const violations = [...history.violations]
        if (ended.code !== 10) violations.push(`apply ended with ${ended.code}: ${ended.stderr.slice(-300)}`)
        if (settled.code !== 10) violations.push(`the next run ended with ${settled.code}`)
        const placed = countPlaced(room.lockfile)
        const figures = [
          `${cuts.length} cuts, by end and by reset, at ${step === 1 ? 'every byte' : `every ${step}th byte`} of a request of ${lengths.request} and an answer of ${lengths.answer} bytes`,
          `rings per call at most ${history.mostRings}, ids lost ${history.lost}, sent twice 0`,
          `uncertain ${history.uncertain}; ${history.neverRang} of them never rang; placed ${placed}`,
        ]
        return { suite: 'cuts', figures, violations }

        async function measure() {
          const sample = makeRoom(bench, 1)
          const plain = await startProxy(simulator.port, () => whole)
          await apply(bench, plain.url, { cwd: sample.folder })
          await plain.close()
          simulator.news()
          return plain.carried[0]!
        }
      }),
    bundle,
  )
}

function listCuts(
  lengths: { readonly request: number; readonly answer: number },
  step: number,
): readonly Cut[] {
  const offsets = (length: number): readonly number[] =>
    Array.from({ length: length + 1 }, (_, index) => index).filter(
      (at) => at % step === 0 || at === 1 || at >= length - 1,
    )
  return (['end', 'reset'] as const).flatMap((how) => [
    ...offsets(lengths.request).map((bytes): Cut => ({ side: 'request', bytes, how })),
    ...offsets(lengths.answer).map((bytes): Cut => ({ side: 'answer', bytes, how })),
  ])
}

const countPlaced = (lockfile: string): number =>
  Object.values(
    (JSON.parse(readFileSync(lockfile, 'utf8')) as { calls: Record<string, { state: string }> }).calls,
  ).filter(({ state }) => state === 'placed').length
