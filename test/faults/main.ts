// `npm run faults:NAME -- OPTIONS`: runs a suite, prints its figures, and fails on a violation.

import { parseArgs } from 'node:util'
import { runFaultRows, runStatuses } from './answers.js'
import { runCuts } from './cuts.js'
import { runFullDisk } from './full-disk.js'
import { runFuzz } from './fuzz.js'
import { runIo } from './io.js'
import { runKill } from './kill.js'
import { runModel } from './model/model.js'
import { runMoves } from './moves/moves.js'
import { runOrder } from './order.js'
import { runRaces, runStolenLock } from './races.js'
import { runReview } from './review/review.js'
import { runShared } from './shared/shared.js'
import { runSignals } from './signals.js'
import { formatReport, type SuiteReport } from './suite-report.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    runs: { type: 'string' },
    count: { type: 'string' },
    rounds: { type: 'string' },
    saved: { type: 'boolean' },
    claims: { type: 'string' },
    kills: { type: 'string' },
    cuts: { type: 'string' },
    stalls: { type: 'string' },
    verdicts: { type: 'string' },
    lanes: { type: 'string' },
    step: { type: 'string' },
    seed: { type: 'string' },
    bundle: { type: 'string' },
  },
})

const numberOf = (text: string | undefined, otherwise: number): number => Number(text ?? otherwise)

const ioSettings = () => ({
  calls: numberOf(values.calls, 3),
  bundle: values.bundle,
  ...(values.sample !== undefined && { sample: Number(values.sample) }),
})

const answerSettings = () => ({ step: numberOf(values.step, 1), bundle: values.bundle })

const suites: Readonly<Record<string, () => Promise<SuiteReport>>> = {
  order: () => runOrder({ calls: numberOf(values.calls, 20), bundle: values.bundle }),
  kill: () =>
    runKill({
      calls: numberOf(values.calls, 20),
      lanes: numberOf(values.lanes, 2),
      saved: values.saved === true,
      bundle: values.bundle,
      ...(values.only !== undefined && { only: values.only.split(',') }),
      ...(values.sample !== undefined && { sample: Number(values.sample) }),
    }),
  io: () => runIo(ioSettings()),
  'full-disk': () => runFullDisk(ioSettings()),
  answers: () => runFaultRows(answerSettings()),
  statuses: () => runStatuses(answerSettings()),
  cuts: () => runCuts(answerSettings()),
  races: () => runRaces({ rounds: numberOf(values.rounds, 200), bundle: values.bundle }),
  'stolen-lock': () => runStolenLock({ rounds: numberOf(values.rounds, 200), bundle: values.bundle }),
  model: () => runModel({ runs: numberOf(values.runs, 5000), seed: numberOf(values.seed, 1) }),
  record: () =>
    runMoves({ runs: numberOf(values.runs, 300), seed: numberOf(values.seed, 1), bundle: values.bundle }),
  review: () =>
    runReview({ count: numberOf(values.count, 2000), seed: numberOf(values.seed, 1), only: values.only }),
  fuzz: () =>
    runFuzz({
      count: numberOf(values.count, 10_000),
      sample: numberOf(values.sample, 100),
      step: numberOf(values.step, 1),
      seed: numberOf(values.seed, 1),
      bundle: values.bundle,
    }),
  shared: () =>
    runShared({
      racers: 20,
      claims: numberOf(values.claims, 10_000),
      kills: numberOf(values.kills, 50),
      cuts: numberOf(values.cuts, 2000),
      stalls: numberOf(values.stalls, 8),
      rounds: numberOf(values.rounds, 40),
      plan: {
        calls: numberOf(values.calls, 2000),
        deaths: numberOf(values.count, 20),
        bundle: values.bundle,
      },
      bundle: values.bundle,
      seed: numberOf(values.seed, 1),
      only: values.only?.split(','),
      verdicts: values.verdicts?.split(';'),
    }),
  signals: () => runSignals({ rounds: numberOf(values.rounds, 100), bundle: values.bundle }),
}

const names = positionals.length === 0 ? Object.keys(suites) : positionals
for (const name of names) {
  const suite = suites[name]
  if (suite === undefined) throw new Error(`There is no suite ${name}: ${Object.keys(suites).join(', ')}`)
  const report = await suite()
  process.stdout.write(formatReport(report))
  if (report.violations.length > 0) process.exitCode = 1
}
