// One address in several spellings: one claim, one entry; what older versions took for two calls stays two.

import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../src/model/address.js'
import type { Attempt, Claim, Outcome } from '../../src/model/record/attempt.js'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import { attemptForm } from '../../src/record/attempts/attempt-form.js'
import { openAttempts, openConcurrentAttempts } from '../../src/record/attempts/attempts.js'
import { formatClaimFile, formatSlot } from '../../src/record/attempts/claim-file.js'
import { auditRecord } from '../../src/record/audit-record.js'
import { formatOldFileName } from '../../src/record/disk/names.js'
import type { RecordPlace } from '../../src/record/folders/folders.js'
import { importCall } from '../../src/record/import-call.js'
import { createLockfile, loadRecord, saveLockfile } from '../../src/record/load-record.js'
import { joinRecord, moveEntries } from '../../src/record/lockfile/moved-entries.js'
import { claimOf, inPlace, inPlaceAsync, placed, refused, uncertain, uuid } from './temporary-place.js'

const test = suite('record/spellings')

/** Leaves an attempt as older versions did, under the address as it is spelled. */
function writeOld(place: RecordPlace, claim: Claim, outcome?: Outcome): void {
  openAttempts(place).sweep()
  const slot = outcome === undefined ? Buffer.alloc(0) : formatSlot(attemptForm, claim, outcome)
  const bytes = formatClaimFile(attemptForm, claim)
  slot.copy(bytes, bytes.length / 2)
  writeFileSync(join(place.attempts, formatOldFileName(claim)), bytes)
}

const prepare = (place: RecordPlace): void => {
  createLockfile(place, uuid(900))
}

const attemptOf = (claim: Claim, outcome?: Outcome): Attempt => ({
  ...claim,
  ...(outcome !== undefined && { outcome }),
})

const empty: Lockfile = { lockfileVersion: 1, lineage: uuid(900), calls: {} }

const statesOf = ({ calls }: Lockfile): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(calls).map(([address, { state }]) => [address, state]))

test(
  'of claims in two spellings one is had',
  inPlace((place) => {
    const attempts = openAttempts(place)
    assert.ok(attempts.claim(claimOf('notify-ADELE', 1, 1)))
    assert.not(attempts.claim(claimOf('notify-adele', 1, 2)))
    assert.not(openAttempts(place).claim(claimOf('Notify-Adele', 1, 3)))
    assert.ok(openAttempts(place).claim(claimOf('notify-adele', 2, 4)))
    assert.equal(readdirSync(place.attempts).toSorted(), ['notify-adele@1', 'notify-adele@2', 'rescue'])
  }),
)

test(
  'of many claims at once, each in a spelling of its own, one is had',
  inPlaceAsync(async (place) => {
    const spellings = ['bridge@INC-1', 'bridge@inc-1', 'BRIDGE@Inc-1', 'Bridge@INC-1', 'bridge@iNC-1']
    const sessions = spellings.map(() => openConcurrentAttempts(place))
    const won = await Promise.all(
      spellings.map((address, index) => sessions[index]!.claim(claimOf(address, 1, index + 1))),
    )
    assert.is(won.filter(Boolean).length, 1)
  }),
)

test(
  'an attempt of an older version keeps its number from a claim in another spelling',
  inPlace((place) => {
    prepare(place)
    writeOld(place, claimOf('notify-ADELE', 1, 1), refused)
    const long = `bridge@${'É'.repeat(200)}`
    writeOld(place, claimOf(long, 1, 2), refused)
    const attempts = openAttempts(place)
    assert.not(attempts.claim(claimOf('notify-adele', 1, 3)))
    assert.not(attempts.claim(claimOf('notify-ADELE', 1, 4)))
    assert.not(attempts.claim(claimOf(long.toLowerCase(), 1, 5)))
    assert.ok(attempts.claim(claimOf('notify-adele', 2, 6)))
    assert.ok(attempts.claim(claimOf('notify-diego', 1, 7)))
  }),
)

test(
  'an attempt of an older version is read, settled and completed under its own name',
  inPlace((place) => {
    prepare(place)
    writeOld(place, claimOf('notify-ADELE'))
    assert.equal(statesOf(loadRecord(place).lockfile), { 'notify-ADELE': 'uncertain' })
    openAttempts(place).settle(claimOf('notify-ADELE'), placed())
    const [found, ...more] = openAttempts(place).list()
    assert.is(found?.outcome?.kind, 'placed')
    assert.is(found?.damage, undefined)
    assert.equal(more, [])
    assert.ok(readdirSync(place.attempts).includes('notify-ADELE@1'))
  }),
)

test(
  'a claim that cannot be read is its address’s, however that is spelled in the lockfile',
  inPlace((place) => {
    prepare(place)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('notify-ADELE', 1, 1))
    attempts.settle(claimOf('notify-ADELE', 1, 1), refused)
    saveLockfile(place, loadRecord(place).lockfile)
    attempts.claim(claimOf('notify-ADELE', 2, 2))
    writeFileSync(join(place.attempts, 'notify-adele@2'), 'torn')
    assert.equal(statesOf(loadRecord(place).lockfile), { 'notify-ADELE': 'uncertain' })
  }),
)

test('an attempt goes to the entry of its address, as that is spelled', () => {
  const first = joinRecord(empty, [attemptOf(claimOf('bridge@INC-1', 1, 1), refused)])
  const both = [
    attemptOf(claimOf('bridge@INC-1', 1, 1), refused),
    attemptOf(claimOf('bridge@inc-1', 2, 2), placed()),
  ]
  const joined = joinRecord(first, both)
  assert.equal(statesOf(joined), { 'bridge@INC-1': 'placed' })
  assert.equal(joinRecord(joined, both), joined)
})

test('without an entry, attempts whose numbers go on are of one address', () => {
  const joined = joinRecord(empty, [
    attemptOf(claimOf('bridge@INC-1', 1, 1), refused),
    attemptOf(claimOf('Bridge@inc-1', 2, 2), uncertain),
  ])
  assert.equal(statesOf(joined), { 'Bridge@inc-1': 'uncertain' })
})

test('two calls of older versions, whose numbers began anew, stay two', () => {
  const attempts = [
    attemptOf(claimOf('notify-ADELE', 1, 1), placed('call-1')),
    attemptOf(claimOf('notify-adele', 1, 2), placed('call-2')),
  ]
  const joined = joinRecord(empty, attempts)
  assert.equal(statesOf(joined), { 'notify-ADELE': 'placed', 'notify-adele': 'placed' })
  assert.equal(joinRecord(joined, attempts), joined)
  const { 'notify-adele': _, ...one } = joined.calls
  assert.equal(joinRecord({ ...joined, calls: one }, attempts), joined)
})

test('an attempt in a third spelling is nobody’s where the record has two', () => {
  const attempts = [
    attemptOf(claimOf('notify-ADELE', 1, 1), placed('call-1')),
    attemptOf(claimOf('notify-adele', 1, 2), placed('call-2')),
  ]
  const joined = joinRecord(joinRecord(empty, attempts), [
    attemptOf(claimOf('Notify-Adele', 2, 3), uncertain),
  ])
  assert.is(joined.calls['Notify-Adele']?.state, 'uncertain')
})

test('what is forgotten stays forgotten in every spelling, and leaves the name free', () => {
  const [gone, now] = [claimOf('notify-ADELE', 1, 1), claimOf('notify-adele', 2, 2)]
  const ended = { state: 'ended' as const, callId: 'call-1', endedAt: '2026-01-02T00:00:00Z' }
  const forgotten = {
    'notify-ADELE': [{ attempt: gone.attemptId, ...ended, forgottenAt: '2026-01-03T00:00:00Z' }],
  }
  const joined = joinRecord({ ...empty, forgotten }, [attemptOf(gone, placed()), attemptOf(now, placed('c'))])
  assert.equal(statesOf(joined), { 'notify-adele': 'placed' })
})

test('an attempt of a renamed call is found by its old name in any spelling', () => {
  const own = attemptOf(claimOf('Old', 1, 1), placed())
  const moved = moveEntries(joinRecord(empty, [own]), new Map([['new', 'Old']]))
  assert.equal(statesOf(joinRecord(moved, [{ ...own, address: 'old' }])), { new: 'placed' })
})

test(
  'import knows an address in every spelling',
  inPlace((place) => {
    prepare(place)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('notify-ADELE'))
    attempts.settle(claimOf('notify-ADELE'), placed())
    const { number: _, ...claim } = claimOf('notify-adele', 1, 9)
    const imported = { callId: 'call-9', claim, witness: { at: '2026-01-01T00:00:00Z' } }
    assert.throws(() => importCall(place, imported, uuid(900)), /notify-ADELE/)
  }),
)

test('two spellings that both rang are a double ring in the audit', () => {
  const attempts = [
    attemptOf(claimOf('notify-ADELE', 1, 1), placed('call-1')),
    attemptOf(claimOf('notify-adele', 1, 2), placed('call-2')),
    attemptOf(claimOf('notify-diego', 1, 3), placed('call-3')),
  ]
  const lines = auditRecord({ lockfile: joinRecord(empty, attempts), attempts, exists: true })
  assert.equal(
    lines.map(({ address, isDouble }) => `${address} ${isDouble}`),
    ['notify-ADELE true', 'notify-adele true', 'notify-diego false'],
  )
})

/** Some spelling of the address. */
const respell = (address: string, capitals: readonly boolean[]): string =>
  [...address]
    .map((letter, index) => (capitals[index % capitals.length] ? letter.toUpperCase() : letter))
    .join('')

test('whatever spellings runs use one after the other, an address has one entry and each number one claim', () => {
  const run = fc.record({
    name: fc.constantFrom('ping', 'bridge@inc-1', 'bridge@caf\u00e9 x'),
    capitals: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
    outcome: fc.constantFrom<Outcome | undefined>(refused, placed(), uncertain, undefined),
    keepsLockfile: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (runs) => {
      let lockfile = empty
      const attempts: Attempt[] = []
      for (const [index, { name, capitals, outcome, keepsLockfile }] of runs.entries()) {
        const address = respell(name, capitals)
        const key = keyOfAddress(address)
        const number = attempts.filter((each) => keyOfAddress(each.address) === key).length + 1
        attempts.push(attemptOf(claimOf(address, number, index + 1), outcome))
        const joined = joinRecord(lockfile, attempts)
        const keys = Object.keys(joined.calls).map(keyOfAddress)
        assert.is(new Set(keys).size, keys.length)
        assert.equal(joinRecord(joined, attempts.toReversed()), joined)
        if (keepsLockfile) lockfile = joined
      }
    }),
    { seed: 20261129, numRuns: 200 },
  )
})

test(
  'a file that was renamed to another spelling’s name is damaged no more than before',
  inPlace((place) => {
    prepare(place)
    openAttempts(place).claim(claimOf('notify-ADELE'))
    renameSync(join(place.attempts, 'notify-adele@1'), join(place.attempts, 'notify-ADELE@1'))
    assert.is(openAttempts(place).list()[0]?.damage, undefined)
    renameSync(join(place.attempts, 'notify-ADELE@1'), join(place.attempts, 'Notify-Adele@1'))
    assert.ok(openAttempts(place).list()[0]?.damage)
  }),
)

test.run()
