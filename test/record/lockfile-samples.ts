import fc from 'fast-check'
import type { Attempt, Outcome } from '../../src/model/record/attempt.js'
import { notPlaced } from '../../src/model/record/attempt-evidence.js'
import type { Entry, Lockfile } from '../../src/model/record/lockfile.js'
import { claimOf, uuid } from './temporary-place.js'

export const lineage = uuid(4242)

/** A lockfile as parseLockfile returns it: its calls have no prototype. */
export const lockfileOf = (calls: Readonly<Record<string, Entry>>): Lockfile => ({
  lockfileVersion: 1,
  lineage,
  calls: Object.assign(Object.create(null), calls),
})

type Properties = { readonly [Name in keyof Entry]?: Entry[Name] | undefined }

/** An entry with the evidence that the commands leave behind; what is given as undefined is left out. */
export const entryOf = (id: number, properties: Properties = {}): Entry => {
  const state = properties.state ?? 'placed'
  const isPersons = properties.evidence === 'person'
  const whole = {
    ...bareEntryOf(id, { state }),
    ...(state === 'placed' || state === 'ended'
      ? { evidence: 'http-201', placedAt: sampleTimes.placed }
      : {}),
    ...(state === 'ended' ? { endedAt: sampleTimes.ended } : {}),
    ...(state === 'failed' ? { reason: isPersons ? notPlaced : 'refused 403 7503' } : {}),
    ...(state === 'uncertain' ? { reason: 'no answer' } : {}),
    ...(isPersons ? { witness: { by: 'kim', at: sampleTimes.placed } } : {}),
    ...properties,
  }
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined),
  ) as unknown as Entry
}

export const sampleTimes = {
  placed: '2025-01-01T00:00:01.000Z',
  ended: '2025-01-01T00:10:00.000Z',
  forgotten: '2025-01-02T00:00:00.000Z',
} as const

const bareEntryOf = (id: number, properties: Partial<Entry> = {}): Entry => ({
  state: 'placed',
  digest: 'ab'.repeat(32),
  attempt: uuid(id),
  endpoint: '/v1.0/communications/calls',
  ...((properties.state ?? 'placed') === 'placed' || properties.state === 'ended'
    ? { callId: `call-${id}` }
    : {}),
  ...properties,
})

const addresses = fc.constantFrom('a', 'constructor', 'x@"é\\ \u{1f600}')
const unknown = fc.dictionary(
  fc.constantFrom('note', 'x-1', '7', 'zeta', 'alpha'),
  fc
    .jsonValue({ maxDepth: 2, noUnicodeString: false })
    .filter((value) => !JSON.stringify(value).includes('__proto__')),
  { maxKeys: 2, noNullPrototype: true },
)

/** Attempts 1 to 4 may be known to the lockfile, to this machine, or to both; call ids follow the attempt. */
const states = fc.constantFrom<Entry['state']>('placed', 'uncertain', 'ended', 'failed')
const earlier = fc.record({
  id: fc.integer({ min: 1, max: 4 }),
  state: states,
  isPersons: fc.boolean(),
  more: unknown,
})
const recorded = earlier.map(({ id, state, isPersons, more }) => ({
  ...more,
  ...entryOf(id, {
    state,
    ...(isPersons ? { evidence: 'person' } : {}),
  }),
}))

const entries = fc
  .record({
    newest: recorded,
    before: fc.uniqueArray(recorded, { maxLength: 3, selector: (each) => each.attempt }),
  })
  .map(({ newest, before }): Entry => {
    const attempts = before.filter(({ attempt }) => attempt !== newest.attempt)
    return attempts.length === 0 ? newest : { ...newest, attempts }
  })

export const lockfiles: fc.Arbitrary<Lockfile> = fc
  .record({ calls: fc.dictionary(addresses, entries, { noNullPrototype: true }), more: unknown })
  .map(({ calls, more }) => ({ ...lockfileOf(calls), ...more }))

const outcomes = (id: number): fc.Arbitrary<Outcome | undefined> => {
  const at = '2025-01-01T00:00:01Z'
  return fc.constantFrom<Outcome | undefined>(
    undefined,
    { kind: 'placed', callId: `call-${id}`, evidence: 'http-201', at },
    { kind: 'refused', status: 403, code: '7503', message: 'Kim', at },
    { kind: 'not-sent', reason: 'interrupted', at },
    { kind: 'uncertain', reason: 'reset', at },
  )
}

const attempt = fc
  .record({ address: addresses, id: fc.integer({ min: 1, max: 6 }), isDamaged: fc.boolean() })
  .chain(({ address, id, isDamaged }) =>
    outcomes(id).map(
      (outcome): Attempt => ({
        ...claimOf(address, id, id),
        ...(outcome === undefined ? {} : { outcome }),
        ...(isDamaged ? { damage: 'torn' } : {}),
      }),
    ),
  )

export const attemptLists: fc.Arbitrary<readonly Attempt[]> = fc.array(attempt, { maxLength: 12 })
