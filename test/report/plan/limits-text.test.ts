import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RoleComparison } from '../../../src/model/app-role.js'
import type { Usage } from '../../../src/model/plan.js'
import type { PlanReport } from '../../../src/model/plan-report.js'
import { formatLimits, formatRoles } from '../../../src/report/plan/limits-text.js'

const test = suite('limits-text')
const plain = { hasColor: false, columns: 200 }

const usage = (more: Partial<Usage>): Usage => ({
  kind: 'concurrent-calls',
  before: 3,
  after: 85,
  allowed: 100,
  isQuota: true,
  ...more,
})
const report = (more: Partial<PlanReport>): PlanReport => ({
  plan: { changes: [] },
  totals: {
    calls: 1,
    people: 4,
    numbers: 0,
    permissions: [],
    actions: {} as PlanReport['totals']['actions'],
  },
  destination: 'the simulator',
  showsPeople: false,
  ...more,
})
const lines = (more: Partial<PlanReport>) => formatLimits(report(more), plain)

test('far from every limit, nothing is said', () => {
  assert.equal(lines({ peopleLimit: 25, usage: [usage({ after: 79 })] }), [])
})

test('near and over Graph’s quota, it is', () => {
  assert.equal(lines({ usage: [usage({})] }), [
    'Near Graph’s quota of 100 for an app: 85 calls at once (3 recorded as live or unknown).',
  ])
  const month = usage({
    kind: 'calls-per-month',
    before: 0,
    after: 10_001,
    allowed: 10_000,
    month: '2026-11',
  })
  assert.equal(lines({ usage: [month] }), [
    'Over Graph’s quota of 10,000 for an app: 10001 calls in 2026-11, UTC. Graph will throttle.',
  ])
})

test('near a limit of callctl.yaml, its key is named', () => {
  assert.equal(lines({ peopleLimit: 5, usage: [usage({ isQuota: false, before: 0 })] }), [
    'Near the limit: 4 of the 5 that limits.people allows.',
    'Near the limit: 85 calls at once of the 100 that limits.concurrentCalls allows.',
  ])
})

test('where nothing is placed, no quota matters', () => {
  const { totals } = report({})
  assert.equal(lines({ totals: { ...totals, calls: 0, people: 0 }, usage: [usage({})] }), [])
})

const comparison = (more: Partial<RoleComparison>): RoleComparison => ({
  isReadable: true,
  missing: [],
  assumed: [],
  ...more,
})

test('a missing role is shown with its id, what it allows and how many need it', () => {
  const missing = [
    { name: 'Calls.Initiate.All', id: '284383ee-7f6e-4e40-a2a8-e85dcb029101', addresses: ['a', 'b'] },
    { name: 'Calls.New.All', addresses: ['c'] },
  ]
  const [text] = formatRoles(comparison({ missing }), plain)
  assert.is(
    text,
    `Missing permissions
  Calls.Initiate.All  284383ee-7f6e-4e40-a2a8-e85dcb029101
      to place a call to one person or number, and transfer calls; needed by 2 calls
  Calls.New.All
      needed by 1 call
Ask an administrator of the tenant: Entra admin center, App registrations, this app, API permissions, Microsoft Graph, Application permissions; then “Grant admin consent”.`,
  )
})

test('nothing is missing, nothing is said; what cannot be told is', () => {
  assert.equal(formatRoles(comparison({}), plain), [])
  assert.match(formatRoles(comparison({ isReadable: false }), plain).join(), 'cannot be read')
  const assumed = [{ name: 'Calls.JoinGroupCall.All', addresses: ['a'] }]
  assert.match(formatRoles(comparison({ assumed }), plain).join(), 'Calls.JoinGroupCall.All (1 call)')
})

test.run()
