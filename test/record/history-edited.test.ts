import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry, Lockfile } from '../../src/model/record/lockfile.js'
import { forgetAddress } from '../../src/record/lockfile/forget-address.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { check, inRepository, refusal } from './history-repository.js'
import { entryOf, lockfileOf } from './lockfile-samples.js'
import { uuid } from './temporary-place.js'

// Somebody edits the lockfile, and commits that: what an attempt ever was, it is.

const test = suite('record/history-edited')

const path = 'calls.lock.json'
const witness = { by: 'kim', at: '2026-01-01T00:00:00Z' }
const withForgotten = (forgotten: NonNullable<Lockfile['forgotten']>): Lockfile => ({
  ...lockfileOf({}),
  forgotten,
})
const uncertain = entryOf(1, { state: 'uncertain' })
const elsewhere = 'aaaaaaaa-0000-4000-8000-000000000000'

const forged: readonly (readonly [string, Entry, Lockfile])[] = [
  ['placed became failed', entryOf(1), lockfileOf({ a: entryOf(1, { state: 'failed' }) })],
  [
    'placed became failed by the word of a person',
    entryOf(1),
    lockfileOf({ a: entryOf(1, { state: 'failed', evidence: 'person', witness }) }),
  ],
  ['ended became failed', entryOf(1, { state: 'ended' }), lockfileOf({ a: entryOf(1, { state: 'failed' }) })],
  ['uncertain became failed by nobody’s word', uncertain, lockfileOf({ a: entryOf(1, { state: 'failed' }) })],
  ['the entry is gone', entryOf(1), lockfileOf({})],
  ['the entry has another attempt', entryOf(1), lockfileOf({ a: entryOf(2, { state: 'failed' }) })],
  ['the attempt is another address’s', entryOf(1), lockfileOf({ b: entryOf(1) })],
  [
    'a live attempt is forgotten',
    entryOf(1),
    withForgotten({ a: [{ attempt: uuid(1), state: 'placed', callId: 'call-1', forgottenAt: 'now' }] }),
  ],
  [
    'an ended attempt is forgotten at no time',
    entryOf(1),
    withForgotten({ a: [{ attempt: uuid(1), state: 'ended', callId: 'call-1' }] }),
  ],
  [
    'a placed attempt is forgotten as failed',
    entryOf(1),
    withForgotten({ a: [{ attempt: uuid(1), state: 'failed', forgottenAt: 'now' }] }),
  ],
  ['the lineage is new, and the entry gone', entryOf(1), { ...lockfileOf({}), lineage: elsewhere }],
  [
    'the lineage is new, and the entry failed',
    entryOf(1),
    { ...lockfileOf({ a: entryOf(1, { state: 'failed' }) }), lineage: elsewhere },
  ],
]
for (const [what, before, after] of forged) {
  test(
    `refuses: ${what}`,
    inRepository(({ folder, commit }) => {
      const first = commit(path, lockfileOf({ a: before }))
      commit(path, after)
      const { message } = refusal(() => check(folder, 'a'))
      // What contradicts itself is refused on reading, with what it lacks; the rest by the commit.
      const isByItself = /what no command writes|is no time/.test(message)
      assert.ok(
        isByItself || message.includes(`commit ${first.slice(0, 12)} records it in calls.lock.json`),
        message,
      )
      if (!isByItself) check(folder, 'other')
    }),
  )
}

test(
  'refuses the other side of a conflict of two lineages',
  inRepository(({ folder, git, commit }) => {
    commit('other', '')
    git('checkout', '-q', '-b', 'theirs')
    commit(path, { ...lockfileOf({ b: entryOf(2) }), lineage: elsewhere })
    git('checkout', '-q', 'main')
    commit(path, lockfileOf({ a: entryOf(1) }))
    git('merge', '-q', '-s', 'ours', 'theirs')
    git('checkout', '-q', 'theirs', '--', path)
    git('commit', '-q', '-m', 'theirs it is')
    assert.match(refusal(() => check(folder, 'a')).message, 'a was placed before')
    check(folder, 'c')
  }),
)

const rightful: readonly (readonly [string, Entry, Lockfile])[] = [
  ['placed became ended', entryOf(1), lockfileOf({ a: entryOf(1, { state: 'ended' }) })],
  [
    'placed became an earlier attempt',
    entryOf(1),
    lockfileOf({ a: { ...entryOf(2), attempts: [entryOf(1)] } }),
  ],
  [
    'uncertain became failed by the word of a person',
    uncertain,
    lockfileOf({ a: entryOf(1, { state: 'failed', evidence: 'person', witness }) }),
  ],
  [
    'ended was forgotten',
    entryOf(1),
    forgetAddress(lockfileOf({ a: entryOf(1, { state: 'ended' }) }), {
      address: 'a',
      at: '2025-01-02T00:00:00Z',
      by: 'kim',
    }),
  ],
  [
    'the call was renamed, and its old name is free',
    entryOf(1),
    lockfileOf({ b: entryOf(1, { movedFrom: ['a'] }) }),
  ],
  ['the letter case of its address', entryOf(1), lockfileOf({ A: entryOf(1) })],
]
for (const [what, before, after] of rightful) {
  test(
    `lets pass: ${what}`,
    inRepository(({ folder, commit }) => {
      commit(path, lockfileOf({ a: before }))
      commit(path, after)
      check(folder, 'a')
    }),
  )
}

test(
  'an address is known however it is spelled',
  inRepository(({ folder, git, commit }) => {
    const old = commit(path, lockfileOf({}))
    commit(path, lockfileOf({ 'Ping@INC  1': entryOf(1) }))
    git('checkout', '-q', old)
    refusal(() => check(folder, 'ping@inc 1'))
    check(folder, 'ping@inc 2')
  }),
)

for (const [what, text] of [
  ['quotes alone', '"'.repeat(8_000_000)],
  ['quotes that are escaped', '"\\'.repeat(4_000_000)],
  ['quotes and blanks', '" '.repeat(4_000_000)],
  ['keys without end', '"a'.repeat(4_000_000)],
  ['brackets', '['.repeat(8_000_000)],
] as const) {
  test(
    `a version of ${what} takes its length, and no more`,
    inRepository(({ folder, git, commit }) => {
      const old = commit(path, lockfileOf({}))
      commit(path, text)
      git('checkout', '-q', old)
      check(folder, 'a', 'b')
    }),
  )
}

test(
  'an address with quotes of its own is found in a version with conflict markers',
  inRepository(({ folder, git, commit }) => {
    const old = commit(path, lockfileOf({}))
    const text = formatLockfile(lockfileOf({ 'a@"x"': entryOf(1), b: entryOf(2) }))
    commit(path, `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`)
    git('checkout', '-q', old)
    refusal(() => check(folder, 'a@"x"'))
    refusal(() => check(folder, 'b'))
    check(folder, 'c')
  }),
)

test.run()
