import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Plan, SavedChange, SavedPlan } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { attemptIdsOf, findStale, openSavedPlan, saveChanges } from '../../src/plan/saved-plan.js'
import { entryOf, inputOf, lockfileOf, payloadOf } from './fakes.js'

const test = suite('saved-plan')

const known = {
  b: entryOf({ digest: 'digest-b' }),
  c: entryOf({ digest: 'digest-c' }),
  old: entryOf(),
  gone: entryOf({ digest: '4' }),
}
const plan: Plan = createPlan(
  inputOf(
    [
      payloadOf('a', 'digest-a'),
      payloadOf('b', 'digest-b'),
      payloadOf('c', 'digest-c'),
      { ...payloadOf('new'), movedFrom: 'old' },
    ],
    known,
    { redialNames: new Set(['b']), prunes: true },
  ),
)

function save(isFirst = false): SavedPlan {
  let ids = 0
  return {
    createdAt: '2025-01-01T00:00:00.000Z',
    callctl: '1',
    destination: 'simulator',
    lineage: lockfileOf().lineage,
    ...(isFirst && { workspace: { folder: '' } }),
    changes: [...saveChanges(plan, () => `id-${++ids}`)],
  }
}

const staleAfter = (calls: Record<string, Entry>, attemptIds: readonly string[] = []): string =>
  findStale(save(), { lockfile: lockfileOf(calls), exists: true, attemptIds: new Set(attemptIds) }).join('\n')

test('what is done is saved, each ring with an id of its own; what is left alone is not', () => {
  assert.equal(
    save().changes.map(({ address, action, attemptId = '-' }) => `${address} ${action} ${attemptId}`),
    ['a place id-1', 'b redial id-2', 'gone hang-up -', 'new none -'],
  )
})

test('opened again it is the same plan', () => {
  const payloads = new Map(
    plan.changes.flatMap(({ payload }) => (payload ? [[payload.address, payload]] : [])),
  )
  const { changes } = openSavedPlan(save(), lockfileOf(known), payloads)
  for (const change of changes) {
    const before = plan.changes.find(({ address }) => address === change.address)!
    assert.equal(
      [change.action, change.reason, change.movedFrom, change.entry],
      [before.action, before.reason, before.movedFrom, before.entry],
    )
    assert.is(change.payload?.text, before.payload?.text)
  }
})

test('while nothing has happened it is not stale', () => {
  assert.is(staleAfter(known), '')
})

test('every address that has moved on is named', () => {
  const calls = {
    ...known,
    a: entryOf(),
    b: entryOf({ state: 'ended' }),
    gone: entryOf({ attempt: 'uuid-2' }),
  }
  assert.is(
    staleAfter(calls),
    'a: it is placed by now\nb: it was placed and is ended by now\ngone: it has another attempt by now',
  )
})

test('an entry that is gone, and a rename that has happened, are moved on too', () => {
  const { b: _, ...rest } = known
  assert.is(staleAfter(rest), 'b: its entry is gone')
  assert.is(staleAfter({ ...known, new: entryOf() }), 'new: it is known by now')
})

test('an attempt that has been used is used, whatever became of it', () => {
  assert.is(staleAfter(known, ['id-2']), 'b: its attempt has been used')
  const attempts = [{ attempt: 'id-1', state: 'failed' }] as const
  const forgotten = { gone: [{ attempt: 'ID-2', state: 'failed' }] } as const
  const ids = [...attemptIdsOf({ ...lockfileOf({ b: entryOf({ attempts }) }), forgotten })]
  assert.equal(ids, ['uuid-1', 'id-1', 'id-2'])
})

test('another lockfile than that of the plan makes it stale, a first plan excepted', () => {
  const other = { ...lockfileOf(known), lineage: '11111111-0000-4000-8000-000000000000' }
  const attemptIds = new Set<string>()
  const stale = (isFirst: boolean, lockfile: typeof other, exists: boolean): number =>
    findStale(save(isFirst), { lockfile, exists, attemptIds }).length
  assert.is(stale(false, other, true), 1)
  assert.is(stale(true, other, true), 1)
  assert.is(stale(false, { ...other, lineage: '' }, false), 1)
  assert.is(stale(true, lockfileOf(known), true), 0)
})

/** The lines that say what is wrong, where a file says this of the call `b`. */
function undue(
  more: { readonly [Key in keyof SavedChange]?: SavedChange[Key] | undefined },
  entry: Entry,
): readonly string[] {
  const { payload, attemptId } = save().changes.find(({ address }) => address === 'b')!
  const { state, attempt } = entry
  const change = { address: 'b', entry: { state, attempt }, payload, attemptId, ...more } as SavedChange
  const lockfile = lockfileOf({ b: entry })
  return findStale({ ...save(), changes: [change] }, { lockfile, exists: true, attemptIds: new Set() })
}

test('what was placed is placed again only as what it is: a redial', () => {
  assert.is(undue({ action: 'redial' }, entryOf()).length, 0)
  assert.is(undue({ action: 'place' }, entryOf()).length, 1)
  assert.is(undue({ action: 'place' }, entryOf({ state: 'ended' })).length, 1)
  const attempts = [{ attempt: 'earlier', state: 'ended' }] as const
  assert.is(undue({ action: 'place' }, entryOf({ state: 'failed', attempts })).length, 1)
  assert.is(undue({ action: 'place' }, entryOf({ state: 'failed' })).length, 0)
})

test('no file is leave to ring while an outcome is unknown', () => {
  const attempts = [{ attempt: 'earlier', state: 'uncertain' }] as const
  for (const entry of [entryOf({ state: 'uncertain' }), entryOf({ attempts })])
    for (const action of ['place', 'redial'] as const) assert.is(undue({ action }, entry).length, 1)
})

test('only what may be live is hung up', () => {
  const hangUp = { action: 'hang-up', payload: undefined, attemptId: undefined } as const
  assert.is(undue(hangUp, entryOf()).length, 0)
  assert.is(undue(hangUp, entryOf({ state: 'ended' })).length, 1)
  const { callId: _, ...unknown } = entryOf()
  assert.is(undue(hangUp, unknown).length, 1)
})

test.run()
