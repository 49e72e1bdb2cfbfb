import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Payload } from '../../../src/model/payload.js'
import { attemptsOf } from '../../../src/model/record/attempt-evidence.js'
import type { Entry, EntryState, ForgottenAttempt, Lockfile } from '../../../src/model/record/lockfile.js'
import type { RecordChange } from '../../../src/model/review.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { mergeLockfiles } from '../../../src/record/lockfile/merge-lockfiles.js'
import { moveEntries } from '../../../src/record/lockfile/moved-entries.js'
import { recordEnded } from '../../../src/refresh/record-ended.js'
import { compareLockfiles } from '../../../src/review/lockfiles/compare-lockfiles.js'
import { entryOf, lineage, lockfileOf, sampleTimes } from '../../record/lockfile-samples.js'
import { uuid } from '../../record/temporary-place.js'

const test = suite('review/compare-lockfiles')

interface Definitions {
  readonly base?: readonly string[]
  readonly head?: readonly string[]
  readonly renames?: Readonly<Record<string, string>>
}

const names = ['a', 'b', 'c', 'd']

const definedBy = (list: readonly string[], renames: Readonly<Record<string, string>> = {}) => ({
  definedAddresses: new Set(list),
  allPayloads: Object.entries(renames).map(([address, movedFrom]) => ({ address, movedFrom }) as Payload),
})

function compare(
  base: Lockfile,
  head: Lockfile,
  { base: old = names, head: now = old, renames }: Definitions = {},
) {
  const revisions = { base: definedBy(old), head: definedBy(now, renames) }
  return compareLockfiles({ base, head, placeOf: () => undefined }, revisions)
}

const sketch = ({ kind, address, isEdit, effect }: RecordChange): string =>
  [isEdit ? 'EDIT' : '', kind, address ?? '', effect ?? ''].filter((word) => word !== '').join(' ')

const sketches = (...sides: Parameters<typeof compare>): readonly string[] => compare(...sides).map(sketch)

test('an entry that a merge left under another spelling of its address is told, and no edit', () => {
  const before = lockfileOf({ A: entryOf(1) })
  const after = mergeLockfiles(
    before,
    lockfileOf({ a: entryOf(2, { redial: true, attempts: [entryOf(1)] }) }),
  )
  assert.equal(
    compare(before, after.lockfile, { base: ['A'] }).filter(({ isEdit }) => isEdit),
    [],
  )
})

const forgottenOf = (
  entry: Entry,
  forgottenAt: string | undefined = sampleTimes.forgotten,
): ForgottenAttempt => ({
  ...entry,
  ...(forgottenAt !== '' && { forgottenAt }),
})

const withForgotten = (
  calls: Readonly<Record<string, Entry>>,
  forgotten: Readonly<Record<string, readonly ForgottenAttempt[]>>,
): Lockfile => ({ ...lockfileOf(calls), forgotten })

const byPerson = { evidence: 'person' } as const

/** From the state at base to that at head, of one attempt; `−` is absent. */
const table: readonly (readonly [Entry | undefined, Entry | undefined, readonly string[]])[] = [
  [undefined, entryOf(1, { state: 'failed' }), ['failed a']],
  [undefined, entryOf(1, { state: 'uncertain' }), ['uncertain a silent']],
  [undefined, entryOf(1), ['placed a silent']],
  [undefined, entryOf(1, byPerson), ['imported a silent']],
  [undefined, entryOf(1, { state: 'ended' }), ['ended a silent']],
  [entryOf(1, { state: 'failed' }), undefined, ['EDIT dropped a']],
  [entryOf(1, { state: 'failed' }), entryOf(1, { state: 'uncertain' }), ['uncertain a silent']],
  [entryOf(1, { state: 'failed' }), entryOf(1), ['EDIT placed a silent']],
  [entryOf(1, { state: 'failed', ...byPerson }), entryOf(1), ['placed a silent']],
  [entryOf(1, { state: 'failed' }), entryOf(1, { state: 'ended' }), ['EDIT ended a silent']],
  [entryOf(1, { state: 'uncertain' }), undefined, ['EDIT dropped a rings']],
  [entryOf(1, { state: 'uncertain' }), entryOf(1, { state: 'failed' }), ['EDIT failed a rings']],
  [entryOf(1, { state: 'uncertain' }), entryOf(1, { state: 'failed', ...byPerson }), ['failed a rings']],
  [entryOf(1, { state: 'uncertain' }), entryOf(1), ['placed a']],
  [entryOf(1, { state: 'uncertain' }), entryOf(1, byPerson), ['placed a']],
  [entryOf(1, { state: 'uncertain' }), entryOf(1, { state: 'ended' }), ['ended a']],
  [entryOf(1), undefined, ['EDIT dropped a rings']],
  [
    entryOf(1),
    entryOf(1, { state: 'failed' }),
    ['EDIT altered a rings', 'EDIT failed a rings', 'EDIT redated a rings'],
  ],
  [entryOf(1), entryOf(1, { state: 'ended' }), ['ended a']],
  [entryOf(1, { state: 'ended' }), undefined, ['EDIT dropped a rings']],
]
for (const [before, after, expected] of table) {
  test(`${before?.state ?? 'absent'} to ${after?.state ?? 'absent'} is ${expected.join(', ')}`, () => {
    const of = (entry: Entry | undefined) => lockfileOf(entry === undefined ? {} : { a: entry })
    assert.equal([...sketches(of(before), of(after))].sort(), [...expected].sort())
  })
}

const states: readonly EntryState[] = ['failed', 'uncertain', 'placed', 'ended']
const backwards = states
  .flatMap((from) => states.map((to) => [from, to] as const))
  .filter(
    ([from, to]) =>
      (from === 'ended' && to !== 'ended') || (from === 'placed' && to !== 'placed' && to !== 'ended'),
  )
for (const [from, to] of backwards) {
  test(`no command takes ${from} back to ${to}`, () => {
    const found = compare(
      lockfileOf({ a: entryOf(1, { state: from }) }),
      lockfileOf({ a: entryOf(1, { state: to }) }),
    )
    assert.ok(found[0]?.isEdit && found[0].isLooser, JSON.stringify(found))
  })
}

test('what nothing changed is none, whatever the order of properties', () => {
  const { state, ...rest } = entryOf(1)
  assert.equal(compare(lockfileOf({ a: entryOf(1) }), lockfileOf({ a: { ...rest, state } })), [])
})

const properties: readonly (readonly [string, Partial<Entry>, RecordChange['kind']])[] = [
  ['another call id', { callId: 'other' }, 'altered'],
  ['another digest', { digest: 'cd'.repeat(32) }, 'altered'],
  ['another endpoint', { endpoint: '/beta/app/calls' }, 'altered'],
  ['another tenant', { tenantId: uuid(9) }, 'altered'],
  ['another cloud', { cloud: 'us-gov' }, 'altered'],
  ['leave to have rung twice', { redial: true }, 'altered'],
  ['other evidence', { evidence: 'webhook' }, 'altered'],
  ['a person’s word', { witness: { at: sampleTimes.ended } }, 'altered'],
  ['another time', { placedAt: sampleTimes.ended }, 'redated'],
  ['an end while it is placed', { endedAt: sampleTimes.ended }, 'redated'],
  ['a property that nobody knows', { note: 'x' }, 'property'],
  ['a name that it never had', { movedFrom: ['b'] }, 'moved'],
]
for (const [what, more, kind] of properties) {
  test(`${what} for the same attempt is an edit`, () => {
    assert.equal(sketches(lockfileOf({ a: entryOf(1) }), lockfileOf({ a: entryOf(1, more) })), [
      `EDIT ${kind} a`,
    ])
  })
}

test('what Graph told later may be added', () => {
  const more = { requestId: 'request', callChainId: 'chain' }
  assert.equal(compare(lockfileOf({ a: entryOf(1) }), lockfileOf({ a: entryOf(1, more) })), [])
})

const forged: readonly (readonly [string, Entry])[] = [
  ['without evidence', entryOf(1, { evidence: undefined })],
  ['without a time', entryOf(1, { placedAt: undefined })],
  ['with a time that is none', entryOf(1, { placedAt: 'yesterday' })],
  ['that ended without an end', entryOf(1, { state: 'ended', endedAt: undefined })],
  ['that ended before it was placed', entryOf(1, { state: 'ended', endedAt: '2024-01-01T00:00:00Z' })],
  ['with a property that nobody knows', entryOf(1, { 'x-note': 1 })],
  ['that says it was another address', entryOf(1, { movedFrom: ['b'] })],
]
for (const [what, entry] of forged) {
  test(`an entry ${what} is an edit, and hides the call`, () => {
    const found = compare(lockfileOf({}), lockfileOf({ a: entry }))
    assert.ok(
      found.some(({ isEdit, effect }) => isEdit && effect === 'silent'),
      JSON.stringify(found),
    )
  })
}

test('an entry of a call that the same change defines is an edit: no apply can have placed it', () => {
  assert.equal(sketches(lockfileOf({}), lockfileOf({ a: entryOf(1) }), { base: ['b'], head: ['a', 'b'] }), [
    'EDIT placed a silent',
  ])
})

test('an entry that no definition has is an edit: whoever defines it later is not rung', () => {
  assert.equal(sketches(lockfileOf({}), lockfileOf({ a: entryOf(1) }), { base: ['b'] }), ['EDIT placed a'])
})

test('another occasion of a definition is none', () => {
  const head = lockfileOf({ 'a@INC-2': entryOf(1) })
  assert.equal(sketches(lockfileOf({}), head, { base: ['a@INC-1'] }), ['placed a@INC-2 silent'])
})

test('a call id of another attempt is an edit', () => {
  const found = sketches(
    lockfileOf({ a: entryOf(1) }),
    lockfileOf({ a: entryOf(1), b: entryOf(2, { callId: 'call-1' }) }),
  )
  assert.ok(found.includes('EDIT altered b silent'), JSON.stringify(found))
})

test('what `forget` does is no edit, and the address rings again', () => {
  const base = lockfileOf({ a: entryOf(1, { state: 'ended' }) })
  assert.equal(sketches(base, forgetAddress(base, { address: 'a', at: sampleTimes.forgotten, by: 'kim' })), [
    'forgotten a rings',
  ])
})

test('to forget an attempt that knows the old names is no edit: the others keep them', () => {
  const first = entryOf(1, { state: 'ended', movedFrom: ['old', 'older'] })
  for (const base of [
    lockfileOf({ a: entryOf(2, { redial: true, attempts: [first] }) }),
    lockfileOf({ a: entryOf(2, { state: 'ended', movedFrom: ['newer'], attempts: [first] }) }),
    lockfileOf({ a: entryOf(2, { state: 'failed', attempts: [first, entryOf(3, { state: 'failed' })] }) }),
  ]) {
    const head = forgetAddress(base, { address: 'a', at: sampleTimes.forgotten, attempt: first.attempt })
    const rings = base.calls['a']?.state === 'failed' ? ' rings' : ''
    assert.match(JSON.stringify(head.calls['a']?.['movedFrom']), 'older')
    assert.equal(sketches(base, head), [`forgotten a${rings}`])
  }
})

test('names that no attempt had which is forgotten are an edit, and so are those of one that is not', () => {
  const first = entryOf(1, { state: 'ended', movedFrom: ['old'] })
  const base = lockfileOf({ a: entryOf(2, { redial: true, attempts: [first] }) })
  const forged = forgetAddress(base, { address: 'a', at: sampleTimes.forgotten, attempt: first.attempt })
  const entry = { ...forged.calls['a']!, movedFrom: ['old', 'b'] }
  assert.ok(sketches(base, { ...forged, calls: { a: entry } }).includes('EDIT moved a'))
  const { attempts, ...last } = base.calls['a']!
  const taken = { ...base, calls: { a: { ...last, attempts: attempts!, movedFrom: ['old'] } } }
  assert.equal(sketches(base, taken), ['EDIT moved a'])
})

const unforgettable: readonly (readonly [string, ForgottenAttempt])[] = [
  ['a live attempt', forgottenOf(entryOf(1))],
  ['an uncertain one', forgottenOf(entryOf(1, { state: 'uncertain' }))],
  ['one that ended, no one knows when', forgottenOf(entryOf(1, { state: 'ended', endedAt: undefined }))],
  ['one without a time', forgottenOf(entryOf(1, { state: 'ended' }), '')],
  ['one before it ended', forgottenOf(entryOf(1, { state: 'ended' }), '2024-01-01T00:00:00Z')],
  ['one that is said to have failed', forgottenOf(entryOf(1, { state: 'failed' }))],
]
for (const [what, attempt] of unforgettable) {
  test(`to forget ${what} is an edit`, () => {
    const found = compare(lockfileOf({ a: entryOf(1) }), withForgotten({}, { a: [attempt] }))
    assert.ok(
      found.some(({ isEdit, effect }) => isEdit && effect === 'rings'),
      JSON.stringify(found),
    )
  })
}

test('what was forgotten stays so, as it was', () => {
  const attempt = forgottenOf(entryOf(1, { state: 'ended' }))
  const base = withForgotten({}, { a: [attempt] })
  assert.equal(sketches(base, lockfileOf({ a: entryOf(1, { state: 'ended' }) })), ['EDIT restored a silent'])
  assert.equal(sketches(base, lockfileOf({})), ['EDIT dropped a'])
  const later = { ...attempt, forgottenAt: '2025-02-02T00:00:00Z' }
  assert.equal(sketches(base, withForgotten({}, { a: [later] })), ['EDIT redated a'])
})

test('a record that is no longer shared is an edit; one that is shared from now on is none', () => {
  const base = lockfileOf({ a: entryOf(1) })
  const shared: Lockfile = { ...base, record: { kind: 'postgres' } }
  assert.equal(sketches(shared, base), ['EDIT property'])
  assert.equal(sketches(base, shared), [])
})

test('another lineage is an edit, with or without its entries', () => {
  const base = lockfileOf({ a: entryOf(1) })
  assert.equal(sketches(base, { ...base, lineage: uuid(7) }), ['EDIT lineage'])
  assert.equal(sketches({ ...base, lineage: '' }, base), [])
  assert.equal(sketches(base, { ...lockfileOf({}), lineage: '' }), ['EDIT dropped a rings', 'EDIT lineage'])
})

test('properties of the whole file that nobody knows are an edit', () => {
  assert.equal(sketches(lockfileOf({}), { ...lockfileOf({}), note: 1 } as Lockfile), ['EDIT property'])
})

test('a lockfile that cannot be read is an edit', () => {
  const revisions = { base: definedBy(names), head: definedBy(names) }
  const sides = { base: lockfileOf({}), head: { problem: 'conflict' }, placeOf: () => undefined }
  assert.equal(compareLockfiles(sides, revisions).map(sketch), ['EDIT unreadable'])
})

test('a rename that a definition asks for is none, and is told once', () => {
  const base = lockfileOf({ old: entryOf(2, { attempts: [entryOf(1, { state: 'failed' })] }) })
  const head = moveEntries(base, new Map([['a', 'old']]))
  const renames = { a: 'old' }
  assert.equal(sketches(base, head, { base: ['old'], head: ['a'], renames }), ['moved a silent'])
})

test('a rename is an edit without a definition, with attempts left behind, or while the old name is defined', () => {
  const base = lockfileOf({ b: entryOf(2, { attempts: [entryOf(1, { state: 'failed' })] }) })
  const head = moveEntries(base, new Map([['a', 'b']]))
  const isEdit = (...sides: Parameters<typeof compare>) =>
    compare(...sides).some((each) => each.isEdit && each.kind === 'moved')
  assert.ok(isEdit(base, head, { base: ['b'], head: ['a'] }))
  assert.ok(isEdit(base, head, { renames: { a: 'b' } }))
  const { attempts: _, ...alone } = head.calls['a']!
  assert.ok(
    isEdit(base, lockfileOf({ a: alone as Entry }), { base: ['b'], head: ['a'], renames: { a: 'b' } }),
  )
  const silent = lockfileOf({ a: entryOf(2, { attempts: [entryOf(1, { state: 'failed' })] }) })
  assert.ok(isEdit(base, silent, { base: ['b'], head: ['a'], renames: { a: 'b' } }))
})

test('an entry that takes a defined address’s attempts away frees it, and that is said', () => {
  const base = lockfileOf({ b: entryOf(1) })
  const head = moveEntries(base, new Map([['a', 'b']]))
  assert.ok(sketches(base, head).includes('EDIT moved b rings'), JSON.stringify(sketches(base, head)))
})

test('another of an entry’s attempts cannot stand for it without a reason', () => {
  const first = entryOf(1, { state: 'ended' })
  const base = lockfileOf({ a: entryOf(2, { redial: true, attempts: [first] }) })
  const head = lockfileOf({ a: { ...first, attempts: [entryOf(2, { redial: true })] } })
  assert.equal(sketches(base, head), ['EDIT reordered a'])
  const hidden = lockfileOf({ a: entryOf(3, { state: 'failed', attempts: [entryOf(1)] }) })
  assert.ok(sketches(lockfileOf({ a: entryOf(1) }), hidden).includes('EDIT reordered a'))
})

test('edits stand first, then who rings, then who does not, then the rest', () => {
  const base = lockfileOf({
    a: entryOf(1, { state: 'ended' }),
    c: entryOf(3),
    d: entryOf(4, { state: 'uncertain' }),
  })
  const head = lockfileOf({
    b: entryOf(2),
    c: entryOf(3, { state: 'ended' }),
    d: entryOf(4, { state: 'failed', ...byPerson }),
  })
  assert.equal(sketches(base, head), ['EDIT dropped a rings', 'failed d rings', 'placed b silent', 'ended c'])
})

/** Lockfiles in which anything may stand, of few attempts, so that both sides have the same ones. */
const anyEntry = fc
  .array(
    fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom(...states),
      isBare: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((list): Entry => {
    const all = list.map(({ id, state, isBare }) =>
      entryOf(id, { state, ...(isBare ? { evidence: undefined, placedAt: undefined } : {}) }),
    )
    const attempts = all.slice(0, -1)
    return attempts.length === 0 ? all.at(-1)! : { ...all.at(-1)!, attempts }
  })
const anyLockfile = fc
  .record({
    calls: fc.dictionary(fc.constantFrom(...names), anyEntry, { noNullPrototype: true }),
    forgotten: fc.dictionary(
      fc.constantFrom(...names),
      fc.array(
        anyEntry.map((entry) => forgottenOf(entry)),
        { maxLength: 2 },
      ),
      {
        noNullPrototype: true,
      },
    ),
  })
  .map(({ calls, forgotten }) => withForgotten(calls, forgotten))

/** The model: an address rings when nothing in its entry rang, or may have. */
const ringsBy = ({ calls }: Lockfile, address: string): boolean => {
  const entry = Object.hasOwn(calls, address) ? calls[address] : undefined
  return entry === undefined || [entry, ...(entry.attempts ?? [])].every(({ state }) => state === 'failed')
}

test('whatever rings by head’s lockfile and not by base’s is named, and whatever no longer rings', () => {
  fc.assert(
    fc.property(anyLockfile, anyLockfile, (base, head) => {
      const found = compare(base, head)
      for (const address of names) {
        const [before, after] = [ringsBy(base, address), ringsBy(head, address)]
        const effect = before === after ? undefined : after ? 'rings' : 'silent'
        const told = found.filter((change) => change.address === address)
        if (effect !== undefined)
          assert.ok(
            told.some((change) => change.effect === effect),
            JSON.stringify([address, found]),
          )
        assert.ok(told.every((change) => change.effect === effect))
      }
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('whatever differs at all is named', () => {
  const edits = fc.record({
    at: fc.constantFrom(...names),
    name: fc.constantFrom(
      'callId',
      'digest',
      'endpoint',
      'tenantId',
      'placedAt',
      'evidence',
      'witness',
      'note',
      'redial',
    ),
    value: fc.constantFrom('x', 'y', 1, true),
  })
  fc.assert(
    fc.property(anyLockfile, fc.array(edits, { minLength: 1, maxLength: 3 }), (base, list) => {
      const calls: Record<string, Entry> = { ...base.calls }
      for (const { at, name, value } of list)
        if (calls[at] !== undefined) calls[at] = { ...calls[at], [name]: value }
      const head = { ...base, calls }
      const isElse = JSON.stringify(head) !== JSON.stringify(base)
      assert.is(
        compare(base, head).some(({ isEdit }) => isEdit),
        isElse,
      )
    }),
    { numRuns: 500, seed: 2 },
  )
})

/** What commands do to a lockfile, one step after another. */
type Step = (lockfile: Lockfile, id: number) => Lockfile
const place =
  (address: string, state: EntryState): Step =>
  (lockfile, id) =>
    Object.hasOwn(lockfile.calls, address)
      ? lockfile
      : { ...lockfile, calls: { ...lockfile.calls, [address]: entryOf(id, { state }) } }
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ address: fc.constantFrom(...names), state: fc.constantFrom(...states) })
    .map(({ address, state }) => place(address, state)),
  fc.constantFrom(...names).map(
    (address): Step =>
      (lockfile) => {
        const entry = lockfile.calls[address]
        if (entry?.state !== 'placed') return lockfile
        return recordEnded(lockfile, [{ address, callId: entry.callId!, at: sampleTimes.ended }])
      },
  ),
  fc.constantFrom(...names).map(
    (address): Step =>
      (lockfile) => {
        const entry = lockfile.calls[address]
        if (entry?.state !== 'ended' && entry?.state !== 'failed') return lockfile
        return forgetAddress(lockfile, { address, at: sampleTimes.forgotten })
      },
  ),
)
const redial =
  (address: string): Step =>
  (lockfile, id) => {
    const entry = lockfile.calls[address]
    if (entry?.state !== 'placed' && entry?.state !== 'ended') return lockfile
    const { attempts = [], ...last } = entry
    const again = entryOf(id, { redial: true, attempts: [...attempts, last] })
    return { ...lockfile, calls: { ...lockfile.calls, [address]: again } }
  }
const forgetOne =
  (address: string, index: number): Step =>
  (lockfile) => {
    const entry = lockfile.calls[address]
    const over = entry === undefined ? [] : attemptsOf(entry).filter(({ state }) => isOver(state))
    const attempt = over[index % Math.max(1, over.length)]?.attempt
    if (attempt === undefined) return lockfile
    return forgetAddress(lockfile, { address, at: sampleTimes.forgotten, attempt })
  }
const isOver = (state: EntryState): boolean => state === 'ended' || state === 'failed'
const histories = fc.array(
  fc.oneof(
    { arbitrary: steps, weight: 3 },
    fc.constantFrom(...names).map(redial),
    fc.tuple(fc.constantFrom(...names), fc.nat(3)).map(([address, index]) => forgetOne(address, index)),
  ),
  { maxLength: 8 },
)
/** Of any attempt, as renaming left it. */
const renamedBefore = (lockfile: Lockfile): Lockfile => {
  const calls = Object.entries(lockfile.calls).map(([address, entry]) => [
    address,
    { ...entry, movedFrom: [`old-${address}`] },
  ])
  return { ...lockfile, calls: Object.fromEntries(calls) }
}

test('what commands write, on one branch or merged from two, is no edit', () => {
  fc.assert(
    fc.property(histories, histories, histories, (before, ours, theirs) => {
      let id = 0
      const play = (lockfile: Lockfile, list: readonly Step[]) =>
        list.reduce((state, step) => step(state, ++id), lockfile)
      const base = play(renamedBefore(play(lockfileOf({}), before.slice(0, 4))), before.slice(4))
      const [mine, other] = [play(base, ours), play(base, theirs)]
      for (const head of [mine, mergeLockfiles(mine, other).lockfile]) {
        assert.equal(
          compare(base, head).filter(({ isEdit }) => isEdit),
          [],
        )
      }
      assert.is(base.lineage, lineage)
    }),
    { numRuns: 300, seed: 3 },
  )
})

test.run()
