// What a stranger's lockfile may be made of: twice as much of it is twice the work. Work is counted by how often the id
// of an attempt is read.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../src/model/errors.js'
import type { Attempt } from '../../src/model/record/attempt.js'
import type { EarlierAttempt, Entry, Lockfile } from '../../src/model/record/lockfile.js'
import { refuseContradictions } from '../../src/record/lockfile/contradictions.js'
import { contradictionsOf, indexKnown, parseHistoric } from '../../src/record/lockfile/historic-lockfile.js'
import { mergeLockfiles } from '../../src/record/lockfile/merge-lockfiles.js'
import { foldMoved, joinRecord } from '../../src/record/lockfile/moved-entries.js'

const test = suite('record/many-entries')

interface Counter {
  reads: number
}

const idOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

const attemptOf = (counter: Counter, number: number, more: object = {}): EarlierAttempt => ({
  state: 'ended',
  callId: `call-${number}`,
  digest: 'a'.repeat(64),
  endpoint: '/v1.0/communications/calls',
  placedAt: '2026-11-01T00:00:00.000Z',
  endedAt: '2026-11-02T00:00:00.000Z',
  evidence: 'http-201',
  ...more,
  get attempt() {
    counter.reads += 1
    return idOf(number)
  },
})

const lockfileOf = (calls: Record<string, unknown>, forgotten?: Record<string, unknown>): Lockfile =>
  ({
    lockfileVersion: 1,
    lineage: idOf(0xffff),
    calls: Object.assign(Object.create(null), calls),
    ...(forgotten !== undefined && { forgotten }),
  }) as unknown as Lockfile

type Make = (count: number, counter: Counter) => Lockfile

const many = <Each>(count: number, make: (index: number) => Each): readonly Each[] =>
  Array.from({ length: count }, (_, index) => make(index))

const manyAttempts: Make = (count, counter) =>
  lockfileOf({
    a: Object.defineProperty(attemptOf(counter, 0), 'attempts', {
      value: many(count, (index) => attemptOf(counter, index + 1)),
      enumerable: true,
    }),
  })

/** Each attempt of one entry says of another name that it had it. */
const manyNames: Make = (count, counter) =>
  lockfileOf({
    a: Object.defineProperty(attemptOf(counter, 0), 'attempts', {
      value: many(count, (index) => attemptOf(counter, index + 1, { movedFrom: [`old-${index}`] })),
      enumerable: true,
    }),
  })

/** Entries of one and the same attempt, each of which was the next before. */
const chainOfNames: Make = (count, counter) =>
  lockfileOf(
    Object.fromEntries(
      many(count, (index) => [
        `c${index}`,
        attemptOf(counter, 1, { callId: 'one', movedFrom: [`c${index + 1}`] }),
      ]),
    ),
  )

const forgottenTime = '2026-11-03T00:00:00.000Z'
const manyForgotten: Make = (count, counter) =>
  lockfileOf({}, { a: many(count, (index) => attemptOf(counter, index + 1, { forgottenAt: forgottenTime })) })

const merge = (one: Lockfile, other: Lockfile): void => void mergeLockfiles(one, other)

const kinds: Readonly<Record<string, readonly [Make, (lockfile: Lockfile, twin: Lockfile) => void]>> = {
  'attempts of one entry, merged with the same': [manyAttempts, merge],
  'attempts of one entry, forgotten on the other side': [
    manyAttempts,
    ({ calls: { a }, ...rest }) => {
      const { attempts = [], ...newest } = a!
      const live = [...attempts, newest].map((each) => ({ ...each, state: 'placed' as const }))
      const [last, ...earlier] = live.toReversed()
      const forgotten = { a: [...attempts, newest as EarlierAttempt] }
      merge(
        { ...rest, calls: { a: { ...last!, attempts: earlier } as unknown as Entry } },
        { ...rest, calls: {}, forgotten: forgotten as unknown as NonNullable<Lockfile['forgotten']> },
      )
    },
  ],
  'attempts of one entry, held against history': [
    manyAttempts,
    (lockfile) => {
      const known = indexKnown({ lockfile, attempts: [] })
      assert.equal(
        contradictionsOf(parseHistoric(JSON.stringify(lockfile)), known, () => true),
        [],
      )
    },
  ],
  'names of one entry, read': [manyNames, (lockfile) => void joinRecord(lockfile, [])],
  'names of one entry, merged with the same': [manyNames, merge],
  'entries that were one another, folded': [chainOfNames, (lockfile) => void foldMoved(lockfile)],
  'forgotten attempts of one address, merged with the same': [manyForgotten, merge],
}

for (const [name, [make, work]] of Object.entries(kinds)) {
  test(`${name}: twice as many are twice the work`, () => {
    const countReads = (count: number): number => {
      const counter = { reads: 0 }
      const [lockfile, twin] = [make(count, counter), make(count, counter)]
      counter.reads = 0
      work(lockfile, twin)
      return counter.reads
    }
    const [few, twice] = [countReads(200), countReads(400)]
    assert.ok(few > 0 && twice <= few * 2.2, `${few}, then ${twice}`)
  })
}

test('a stranger’s entry of one attempt that is known here, over and over: twice as many are twice the work', () => {
  const own = {
    address: 'a',
    attemptId: idOf(1),
    number: 1,
    digest: 'a'.repeat(64),
    endpoint: '/v1.0/communications/calls',
    cloud: 'global',
    claimedAt: '2026-11-01T00:00:00.000Z',
    outcome: { kind: 'placed', callId: 'call-1', evidence: 'http-201', at: '2026-11-01T00:00:00.000Z' },
  } as unknown as Attempt
  const countReads = (count: number): number => {
    let reads = 0
    const alike = many(count, () =>
      Object.defineProperty(attemptOf({ reads: 0 }, 1), 'movedFrom', {
        enumerable: true,
        get() {
          reads += 1
          return ['x']
        },
      }),
    )
    const newest = { ...attemptOf({ reads: 0 }, 1), attempts: alike }
    refuseContradictions(lockfileOf({ a: newest }), [own])
    return reads
  }
  const [few, twice] = [countReads(200), countReads(400)]
  assert.ok(few > 0 && twice <= few * 2.2, `${few}, then ${twice}`)
})

const spell = (number: number): string =>
  [...'abcdefghij'].map((letter, place) => ((number >> place) & 1 ? letter.toUpperCase() : letter)).join('')

const spellings = (count: number): Lockfile =>
  lockfileOf(Object.fromEntries(many(count, (index) => [spell(index), attemptOf({ reads: 0 }, index)])))

test('an address in a great many spellings is not merged', () => {
  assert.throws(() => mergeLockfiles(spellings(17), spellings(1)), isRecordError)
  mergeLockfiles(spellings(16), spellings(1))
})

test('a forgotten address in a great many spellings is not merged', () => {
  const forgotten = Object.fromEntries(
    many(17, (index) => [spell(index), [attemptOf({ reads: 0 }, index, { forgottenAt: forgottenTime })]]),
  )
  assert.throws(() => merge(lockfileOf({}, forgotten), lockfileOf({}, forgotten)), isRecordError)
})

test('an entry that was an address of a great many spellings is refused', () => {
  const { calls } = spellings(17)
  const lockfile = lockfileOf({ ...calls, z: attemptOf({ reads: 0 }, 99, { movedFrom: [spell(0)] }) })
  assert.throws(() => joinRecord(lockfile, []), isRecordError)
})

test('entries that all had one address before are counted when they are held against history', () => {
  const names = lockfileOf(
    Object.fromEntries(
      many(5000, (index) => [`c${index}`, attemptOf({ reads: 0 }, index, { movedFrom: ['x'] })]),
    ),
  )
  const counter = { reads: 0 }
  const historic = lockfileOf({ x: manyAttempts(5000, counter).calls['a'] })
  const known = indexKnown({ lockfile: names, attempts: [] })
  const text = JSON.stringify(historic)
  assert.throws(() => contradictionsOf(parseHistoric(text), known, () => true), isRecordError)
})

const isRecordError = (error: unknown): boolean => error instanceof RecordError

test.run()
