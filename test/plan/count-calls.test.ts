import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Limits } from '../../src/model/language/settings.js'
import type { Change, Usage } from '../../src/model/plan.js'
import type { EarlierAttempt, Entry, EntryState } from '../../src/model/record/lockfile.js'
import { type Counted, countUsage } from '../../src/plan/count-calls.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, lockfileOf, payloadOf } from './fakes.js'

const test = suite('count-calls')

const now = Date.UTC(2025, 1, 10)
const thisMonth = '2025-02-01T00:00:00.000Z'
const lastMonth = '2025-01-31T23:59:59.999Z'
const limits: Limits = { concurrency: 8 }
const counted = (calls: Record<string, Entry>, more: Partial<Counted> = {}): Counted => ({
  lockfile: lockfileOf(calls),
  observations: [],
  limits,
  now,
  ...more,
})
const place = (address: string): Change => ({
  address,
  action: 'place',
  reason: '',
  payload: payloadOf(address),
})
const redial = (address: string, entry: Entry): Change => ({ ...place(address), action: 'redial', entry })
const counts = (usage: readonly Usage[]) =>
  usage.map(({ before, after }) => `${before} to ${after}`).join(', ')
const earlier = (state: EntryState, placedAt = lastMonth): EarlierAttempt => ({
  attempt: 'x',
  state,
  callId: 'y',
  placedAt,
})

test('what was placed and has not ended is live, and so is what may have rung', () => {
  const calls = {
    a: entryOf(),
    b: entryOf({ state: 'uncertain' }),
    c: entryOf({ state: 'ended' }),
    d: entryOf({ state: 'failed', attempts: [earlier('placed'), earlier('ended')] }),
  }
  assert.is(counts(countUsage([place('e')], counted(calls))).split(', ')[0], '3 to 4')
})

test('a call that Graph was seen to have ended is not live', () => {
  const observations = [
    { address: 'a', callId: 'call-1', state: 'terminated', at: thisMonth },
    { address: 'b', callId: 'call-2', state: 'gone', at: thisMonth, problem: 'no answer' },
  ]
  const calls = { a: entryOf(), b: entryOf({ callId: 'call-2' }) }
  assert.match(counts(countUsage([], counted(calls, { observations }))), /^1 to 1/)
})

test('a call that is placed again takes the place of its own; one that cannot be hung up does not', () => {
  const live = entryOf()
  const { callId: _, ...nameless } = entryOf()
  assert.match(counts(countUsage([redial('a', live)], counted({ a: live }))), /^1 to 1/)
  assert.match(counts(countUsage([redial('a', nameless)], counted({ a: nameless }))), /^1 to 2/)
  const ended = entryOf({ state: 'ended' })
  assert.match(counts(countUsage([redial('a', ended)], counted({ a: ended }))), /^0 to 1/)
  const seen = { address: 'a', callId: 'call-1', state: 'gone', at: thisMonth }
  assert.match(
    counts(countUsage([redial('a', live)], counted({ a: live }, { observations: [seen] }))),
    /^0 to 1/,
  )
})

test('a month is one of UTC, and counts what rang or may have, earlier attempts and forgotten ones too', () => {
  const calls = {
    a: entryOf({ placedAt: thisMonth }),
    b: entryOf({ placedAt: lastMonth }),
    c: entryOf({ state: 'uncertain', placedAt: thisMonth }),
    d: entryOf({ state: 'failed', placedAt: thisMonth, attempts: [earlier('ended', thisMonth)] }),
  }
  const forgotten = { z: [earlier('ended', thisMonth), earlier('failed', thisMonth)] }
  const lockfile = { ...lockfileOf(calls), forgotten }
  const [, month] = countUsage([place('e')], counted({}, { lockfile }))
  assert.equal(month, {
    kind: 'calls-per-month',
    before: 4,
    after: 5,
    allowed: 10_000,
    isQuota: true,
    month: '2025-02',
  })
})

test('a time that cannot be read or is yet to come counts', () => {
  const calls = {
    a: entryOf({ placedAt: 'yesterday' }),
    b: entryOf({ placedAt: '2025-03-01T00:00:00Z' }),
    c: entryOf({ placedAt: '+012025-03-01T00:00:00Z' }),
  }
  assert.is(countUsage([], counted(calls))[1]?.before, 3)
})

test('without a time, nothing is said of the month', () => {
  const { now: _, ...timeless } = counted({})
  assert.equal(
    countUsage([], timeless).map(({ kind }) => kind),
    ['concurrent-calls'],
  )
})

test('limits of callctl.yaml stand for Graph’s quota', () => {
  const usage = countUsage([], counted({}, { limits: { ...limits, concurrentCalls: 250 } }))
  assert.equal(
    usage.map(({ allowed, isQuota }) => [allowed, isQuota]),
    [
      [250, false],
      [10_000, true],
    ],
  )
})

for (const [name, code, words] of [
  ['concurrentCalls', 'plan/concurrent-calls', '1 is recorded as live or unknown: `status --refresh`'],
  ['callsPerMonth', 'plan/calls-per-month', 'in 2025-02 (UTC)'],
] as const) {
  const planWith = (limit: number) => {
    const payloads = [payloadOf('a', '1'), payloadOf('b', '2'), payloadOf('old')]
    const old = entryOf({ placedAt: thisMonth })
    return createPlan(inputOf(payloads, { old }, { limits: { ...limits, [name]: limit }, now }))
  }
  test(`over limits.${name} nothing is placed, and the reason says what to do`, () => {
    const { changes } = planWith(2)
    assert.equal(
      changes.map(({ action }) => action),
      ['blocked', 'blocked', 'none'],
    )
    assert.is(changes[0]?.code, code)
    assert.match(changes[0]?.reason ?? '', '3 calls would be')
    assert.match(changes[0]?.reason ?? '', words)
    assert.match(changes[0]?.reason ?? '', `limits.${name} is 2`)
  })
  test(`at limits.${name} all are placed`, () => {
    assert.is(planWith(3).changes[0]?.action, 'place')
  })
}

test('Graph’s quota blocks nothing', () => {
  const payloads = Array.from({ length: 120 }, (_, index) => payloadOf(`call-${index}`, `${index}`))
  const { changes } = createPlan(inputOf(payloads, {}, { now }))
  assert.ok(changes.every(({ action }) => action === 'place'))
  assert.is(countUsage(changes, counted({}))[0]?.after, 120)
})

// Any history, by the letters of its attempts; what then happens is played through, in any order.

const states: readonly EntryState[] = ['placed', 'uncertain', 'ended', 'failed']
const attempt = fc.record({
  state: fc.constantFrom(...states),
  isNow: fc.boolean(),
  hasId: fc.boolean(),
  number: fc.integer({ min: 1, max: 1e9 }),
})
const history = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  fc.array(attempt, { minLength: 1, maxLength: 4 }),
)
type History = Record<
  string,
  readonly { state: EntryState; isNow: boolean; hasId: boolean; number: number }[]
>

function lockfileFrom(all: History): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(all).map(([address, attempts]) => {
      const list = attempts.map(({ state, isNow, hasId, number }) => ({
        state,
        attempt: `${number}`,
        placedAt: isNow ? thisMonth : lastMonth,
        ...(hasId && { callId: `call-${address}-${number}` }),
      }))
      const { callId: _, ...base } = entryOf()
      return [address, { ...base, ...list.at(-1)!, attempts: list.slice(0, -1) }]
    }),
  )
}

const liveIn = (calls: Record<string, Entry>): number =>
  Object.values(calls)
    .flatMap((entry) => [entry, ...(entry.attempts ?? [])])
    .filter(({ state }) => state === 'placed' || state === 'uncertain').length

test('whatever the history, a plan that is carried out in any order never goes over a limit', () => {
  const input = fc.record({
    history,
    redials: fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']),
    concurrentCalls: fc.nat(24),
    callsPerMonth: fc.nat(24),
    order: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
  })
  let placed = 0
  let blocked = 0
  fc.assert(
    fc.property(input, ({ history: all, redials, concurrentCalls, callsPerMonth, order }) => {
      const calls = lockfileFrom(all)
      const payloads = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => payloadOf(name, `new ${name}`))
      const chosen = { ...limits, concurrentCalls, callsPerMonth }
      const redialNames = new Set(redials)
      const { changes } = createPlan(inputOf(payloads, calls, { limits: chosen, redialNames, now }))
      const acting = changes.filter(({ action }) => action === 'place' || action === 'redial')
      if (changes.some(({ code }) => code?.startsWith('plan/c'))) blocked += 1
      if (acting.length === 0) return
      placed += 1
      const before = liveIn(calls)
      let live = before
      for (const [index] of order.map((key, at) => [at, key] as const).sort((x, y) => x[1] - y[1])) {
        const change = acting[index]
        if (change === undefined) continue
        const all = change.entry === undefined ? [] : [change.entry, ...(change.entry.attempts ?? [])]
        live -= all.filter(({ state, callId }) => state === 'placed' && callId !== undefined).length
        live += 1
        assert.ok(live <= Math.max(concurrentCalls, before), 'too many at once')
      }
      const inMonth = Object.values(calls)
        .flatMap((entry) => [entry, ...(entry.attempts ?? [])])
        .filter(({ state, placedAt }) => state !== 'failed' && placedAt === thisMonth).length
      assert.ok(inMonth + acting.length <= callsPerMonth, 'too many in a month')
    }),
    { seed: 20251123, numRuns: 1000 },
  )
  assert.ok(placed > 100 && blocked > 100, `${placed} ${blocked}`)
})

test.run()
