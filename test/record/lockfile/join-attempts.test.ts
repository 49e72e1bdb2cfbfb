import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Attempt, Outcome } from '../../../src/model/record/attempt.js'
import type { Entry, EntryState } from '../../../src/model/record/lockfile.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { joinAttempts } from '../../../src/record/lockfile/join-attempts.js'
import { attemptLists, entryOf, lockfileOf, lockfiles } from '../lockfile-samples.js'
import { claimOf, notSent, placed, refused, uncertain, uuid } from '../temporary-place.js'

// The same values in every run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })

const test = suite('record/join-attempts')

const own = (id: number, outcome?: Outcome, damage?: string): Attempt => ({
  ...claimOf('a', id, id),
  ...(outcome === undefined ? {} : { outcome }),
  ...(damage === undefined ? {} : { damage }),
})

const joined = (entry: Entry | undefined, ...attempts: readonly Attempt[]): Entry | undefined =>
  joinAttempts(lockfileOf(entry === undefined ? {} : { a: entry }), attempts).calls['a']

/** `uncertain 2 < failed 1`: state and number of the entry's attempt, then of the earlier ones. */
function sketch(entry: Entry | undefined): string {
  if (entry === undefined) return 'absent'
  return [entry, ...(entry.attempts ?? [])]
    .map(({ state, attempt }) => `${state} ${Number.parseInt(attempt.slice(-2), 16)}`)
    .join(' < ')
}

const call = (id: number) => placed(`call-${id}`)

const sequences: readonly (readonly [string, readonly (Outcome | undefined | 'damaged')[]])[] = [
  ['placed 1', [call(1)]],
  ['failed 1', [refused]],
  ['uncertain 1', [uncertain]],
  ['uncertain 1', [undefined]],
  ['uncertain 1', ['damaged']],
  ['absent', [notSent]],
  ['absent', [notSent, notSent]],
  ['placed 2 < failed 1', [refused, call(2)]],
  ['placed 1 < failed 2', [call(1), refused]],
  ['placed 1', [call(1), notSent]],
  ['placed 2 < placed 1', [call(1), call(2)]],
  ['uncertain 2 < placed 1', [call(1), undefined]],
  ['uncertain 1 < placed 2', [undefined, call(2)]],
  ['uncertain 1 < failed 2', [uncertain, refused]],
  ['uncertain 1', [uncertain, notSent]],
  ['uncertain 2 < uncertain 1', ['damaged', undefined]],
  ['failed 2 < failed 1', [refused, refused]],
  ['failed 1', [refused, notSent]],
  ['placed 2 < failed 1 < failed 3', [refused, call(2), refused]],
]
for (const [expected, outcomes] of sequences) {
  const kinds = outcomes.map((outcome) =>
    typeof outcome === 'object' ? outcome.kind : (outcome ?? 'no outcome'),
  )
  test(`attempts ${kinds.join(', ')} make ${expected}`, () => {
    const attempts = outcomes.map((outcome, index) =>
      outcome === 'damaged' ? own(index + 1, undefined, 'torn') : own(index + 1, outcome),
    )
    assert.is(sketch(joined(undefined, ...attempts)), expected)
  })
}

/** The table of join-attempts.ts. */
const table: readonly (readonly [Entry, readonly [string, string, string, string]])[] = [
  [entryOf(1, { state: 'ended', endedAt: '2025-01-01T00:10:00Z' }), ['ended', 'ended', 'ended', 'ended']],
  [entryOf(1), ['placed', 'placed', 'placed', 'placed']],
  [entryOf(1, { state: 'uncertain' }), ['placed', 'failed', 'uncertain', 'absent']],
  [entryOf(1, { state: 'uncertain', callId: 'call-1' }), ['placed', 'uncertain', 'uncertain', 'uncertain']],
  [entryOf(1, { state: 'failed' }), ['placed', 'failed', 'uncertain', 'absent']],
  [entryOf(1, { state: 'failed', evidence: 'person' }), ['placed', 'failed', 'failed', 'absent']],
]
for (const [entry, expected] of table) {
  for (const [index, outcome] of [call(1), refused, uncertain, notSent].entries()) {
    const by = entry.evidence === undefined ? '' : ` by a ${entry.evidence}`
    const what = `${entry.state}${by}${entry.callId === undefined ? '' : ' with call id'}`
    test(`recorded ${what}, and ${outcome.kind} here, make ${expected[index]}`, () => {
      const result = joined(entry, own(1, outcome))
      assert.is(result?.state ?? 'absent', expected[index])
      if (entry.callId !== undefined) assert.is(result?.callId, entry.callId)
      assert.is(result?.endedAt, entry.endedAt)
    })
  }
}

test('keeps calls of colleagues, and their place among the own', () => {
  const theirs = entryOf(9, { attempts: [entryOf(1, { state: 'failed' })] })
  assert.is(sketch(joined(theirs)), 'placed 9 < failed 1')
  assert.is(sketch(joined(theirs, own(1, refused))), 'placed 9 < failed 1')
  assert.is(sketch(joined(theirs, own(1, refused), own(2, call(2)))), 'placed 2 < failed 1 < placed 9')
  assert.is(sketch(joined(entryOf(2), own(1, refused), own(2, call(2)))), 'placed 2 < failed 1')
})

test('tells what a placed call’s entry needs, in full', () => {
  assert.equal(joined(undefined, { ...own(1, call(1)), cloud: 'us-gov' }), {
    state: 'placed',
    callId: 'call-1',
    digest: 'ab'.repeat(32),
    attempt: uuid(1),
    endpoint: '/v1.0/communications/calls',
    cloud: 'us-gov',
    tenantId: uuid(77),
    placedAt: '2025-01-01T00:00:01Z',
    requestId: 'request',
    callChainId: 'chain',
    evidence: 'http-201',
  })
})

test('names no people, numbers or hosts', () => {
  const reasons = [
    refused,
    { ...refused, code: 'Kim +49 151' },
    uncertain,
    { ...uncertain, status: 503 },
    { ...uncertain, status: 201 },
    undefined,
  ].map((outcome) => joined(undefined, own(1, outcome))?.reason)
  assert.equal(reasons, [
    'refused 403 7503',
    'refused 403',
    'no answer',
    'answer 503',
    'answer without id',
    'no outcome recorded',
  ])
  assert.not.match(JSON.stringify(joined(undefined, own(1, refused))), /Kim|4915|kim/)
})

test('drops why and when of a state that no longer holds', () => {
  const entry = entryOf(1, { state: 'uncertain', reason: 'no answer', placedAt: 'perhaps', note: 'kept' })
  const result = joined(entry, own(1, refused))
  assert.equal([result?.reason, result?.placedAt, result?.['note']], ['refused 403 7503', undefined, 'kept'])
})

test('keeps the call id of a damaged record', () => {
  assert.is(joined(undefined, own(1, call(1), 'torn'))?.callId, 'call-1')
})

test('reports two call ids for one attempt', () => {
  assert.throws(
    () => joined(entryOf(1, { callId: 'other' }), own(1, call(1))),
    (cause: Error) => cause instanceof RecordError,
  )
})

test('is not brought to write what is no address', () => {
  const { calls } = joinAttempts(lockfileOf({}), [
    { ...own(1), address: '__proto__' },
    { ...own(1), address: '../x' },
  ])
  assert.equal(Object.keys(calls), [])
})

test('changes nothing when done again', () => {
  fc.assert(
    fc.property(lockfiles, attemptLists, (lockfile, attempts) => {
      const once = joinAttempts(lockfile, attempts)
      assert.is(formatLockfile(joinAttempts(once, attempts)), formatLockfile(once))
    }),
    { numRuns: 1000 },
  )
})

test('does not depend on the order of the attempts', () => {
  const shuffled = attemptLists.chain((attempts) =>
    fc.tuple(fc.constant(attempts), fc.shuffledSubarray([...attempts], { minLength: attempts.length })),
  )
  fc.assert(
    fc.property(lockfiles, shuffled, (lockfile, [attempts, others]) => {
      assert.is(
        formatLockfile(joinAttempts(lockfile, others)),
        formatLockfile(joinAttempts(lockfile, attempts)),
      )
    }),
    { numRuns: 1000 },
  )
})

test('never forgets a call id or an end, and never frees an address that rang or may have', () => {
  fc.assert(
    fc.property(lockfiles, attemptLists, (lockfile, attempts) => {
      const before = JSON.stringify(lockfile)
      const after = joinAttempts(lockfile, attempts)
      assert.is(JSON.stringify(lockfile), before)
      for (const { address, outcome, damage } of attempts) {
        const states = statesOf(after.calls[address])
        if (outcome?.kind === 'placed')
          assert.ok(JSON.stringify(after.calls[address]).includes(outcome.callId))
        if (outcome?.kind === 'placed' && damage === undefined) assert.is.not(states[0], 'failed')
      }
      for (const [address, entry] of Object.entries(lockfile.calls)) {
        for (const { callId, endedAt, attempt } of [entry, ...(entry.attempts ?? [])]) {
          const now = after.calls[address]
          const same = now && [now, ...(now.attempts ?? [])].find((each) => each.attempt === attempt)
          if (callId !== undefined) assert.is(same?.callId, callId)
          if (endedAt !== undefined) assert.is(same?.['endedAt'], endedAt)
        }
        const isTouched = attempts.some((attempt) => attempt.address === address)
        if (isTouched && statesOf(entry).some((state) => state === 'placed' || state === 'ended')) {
          assert.is.not(statesOf(after.calls[address])[0] ?? 'failed', 'failed')
        }
      }
    }),
    { numRuns: 1000 },
  )
})

const statesOf = (entry: Entry | undefined): readonly EntryState[] =>
  entry === undefined ? [] : [entry.state, ...(entry.attempts ?? []).map(({ state }) => state)]

test.run()
