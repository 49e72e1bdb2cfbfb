// The fault suites, shortened: `npm run faults` runs them whole.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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

const test = suite('faults')

const shortened: Readonly<Record<string, () => Promise<SuiteReport>>> = {
  'sends nothing before its claim is durable': () => runOrder({ calls: 3 }),
  'rings once and loses no id wherever it is killed': () => runKill({ calls: 3, sample: 16 }),
  'rings once and loses no id whatever the disk refuses': () => runIo({ calls: 3, sample: 12 }),
  'rings once and loses no id on a full disk': () => runFullDisk({ calls: 3, sample: 4 }),
  'reads each fault of the simulator as documented': () => runFaultRows({ step: 1, isShort: true }),
  'reads answers of all kinds as documented': () => runStatuses({ step: 90 }),
  'sends nothing twice wherever the connection is cut': () => runCuts({ step: 250 }),
  'places each call once in a race of applies': () => runRaces({ rounds: 1, racers: 8 }),
  'places each call once in a race without the run lock': () => runStolenLock({ rounds: 3, racers: 4 }),
  'settles or shows what a signal interrupts': () => runSignals({ rounds: 5 }),
  'claims each call once in a record that is shared': () =>
    runShared({
      ...{ racers: 6, claims: 150, kills: 2, cuts: 60, stalls: 0, rounds: 2, seed: 7 },
      plan: { calls: 60, deaths: 3 },
      verdicts: ['replica', 'an ended wait for a standby'],
    }),
  'never rings twice without leave, whatever happens': () => runModel({ runs: 150, seed: 7 }),
  'rings nobody again of whom the place could know': () => runMoves({ runs: 5, seed: 7 }),
  'names in the review whoever a pull request rings': () => runReview({ count: 8, seed: 7 }),
  'refuses damaged records and plans in words': () => runFuzz({ count: 300, sample: 1, step: 40, seed: 7 }),
}

for (const [name, run] of Object.entries(shortened)) {
  test(name, async () => {
    const report = await run()
    // Nobody should take a skipped test for one that passed.
    if (report.skipped !== undefined) process.stdout.write(`\n${formatReport(report)}`)
    assert.equal(report.violations, [])
  })
}

test.run()
