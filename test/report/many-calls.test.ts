import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../src/model/plan.js'
import { totalsOf } from '../../src/plan/totals.js'
import { formatPlan } from '../../src/report/plan/plan-text.js'
import { formatEntries } from '../../src/report/record/lock-text.js'
import { formatStatus } from '../../src/report/record/status-text.js'
import { entryOf, lockfileOf } from '../plan/fakes.js'

const test = suite('many-calls')

const look = { hasColor: false, columns: 80 }
const entry = entryOf()
const addresses = Array.from({ length: 200_000 }, (_, index) => `a-${index}`)
const countLines = (text: string): number => text.split('\n').length

test('a list of 200,000 calls is shown like one of two', () => {
  const calls = Object.fromEntries(addresses.map((address) => [address, entry]))
  assert.ok(countLines(formatEntries(lockfileOf(calls), look)) >= addresses.length)
  const lines = addresses.map((address) => ({ address, entry }))
  assert.ok(countLines(formatStatus(lines, look)) >= addresses.length)
  const changes = addresses.map((address): Change => ({ address, action: 'retired', reason: 'x', entry }))
  const plan = { changes }
  const report = { plan, totals: totalsOf(plan), destination: 'x', showsPeople: false }
  assert.ok(countLines(formatPlan(report, look)) >= addresses.length)
})

test.run()
