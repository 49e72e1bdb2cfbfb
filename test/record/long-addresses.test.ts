import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../src/model/address.js'
import type { RingClaim } from '../../src/model/operation.js'
import { attemptForm } from '../../src/record/attempts/attempt-form.js'
import { openAttempts } from '../../src/record/attempts/attempts.js'
import { formatClaimFile } from '../../src/record/attempts/claim-file.js'
import { openRings } from '../../src/record/attempts/rings.js'
import { encodeName, formatFileName, formatOldFileName } from '../../src/record/disk/names.js'
import { PayloadFolder } from '../../src/record/payloads/payload-files.js'
import { claimOf, failing, filesWith, inFolder, inPlace, notSent, placed, uuid } from './temporary-place.js'

// Addresses whose names as files are cut: what they have in common is longer than any name may be.

const test = suite('record/long addresses')

const texts: Readonly<Record<string, string>> = {
  'of plain letters': `bridge@${'x'.repeat(200)}`,
  'of letters of two bytes': `bridge@${'é'.repeat(60)}`,
  'of letters of four bytes': `bridge@${'\u{1F4DE}'.repeat(30)}`,
  'of blanks and slashes': `bridge@${'a /b '.repeat(40)}`,
  'cut within a letter': `${'n'.repeat(113)}@${'ü'.repeat(40)}`,
}
/** Each with what it shares its first 180 bytes with. */
const groups = Object.entries(texts).map(
  ([what, text]) => [what, ['one', 'two', '3', '3 4', '', 'ü'].map((end) => `${text}${end}`)] as const,
)

for (const [what, addresses] of groups) {
  test(`${what}: begin alike, and no name is another's`, () => {
    const names = addresses.map((address) => formatFileName({ address, number: 1 }))
    for (const name of names) assert.ok(Buffer.byteLength(name) <= 200, name)
    assert.is(new Set(names.map((name) => name.slice(0, 100))).size, 1)
    assert.is(
      new Set(names.map((name) => name.toLowerCase())).size,
      new Set(addresses.map(keyOfAddress)).size,
    )
  })

  test(
    `${what}: each has an attempt and an outcome of its own`,
    inPlace((place) => {
      const own = distinct(addresses)
      const attempts = openAttempts(place)
      for (const [index, address] of own.entries()) assert.ok(attempts.claim(claimOf(address, 1, index)))
      for (const [index, address] of own.entries())
        attempts.settle(claimOf(address, 1, index), index % 2 === 0 ? placed(`call-${index}`) : notSent)
      for (const address of own) assert.not(openAttempts(place).claim(claimOf(address, 1, 99)))
      const found = new Map(
        openAttempts(place)
          .list()
          .map((each) => [each.address, each]),
      )
      for (const [index, address] of own.entries()) {
        const { attemptId, outcome, damage } = found.get(address)!
        assert.equal([attemptId, damage], [uuid(index), undefined])
        assert.equal(outcome, index % 2 === 0 ? placed(`call-${index}`) : notSent)
      }
      assert.is(found.size, own.length)
    }),
  )

  test(
    `${what}: an outcome that its slot does not take is kept for each`,
    inPlace((place) => {
      const own = distinct(addresses)
      const files = filesWith({})
      const attempts = openAttempts(place, files)
      for (const [index, address] of own.entries()) attempts.claim(claimOf(address, 1, index))
      Object.assign(files, { fsyncSync: failing('EIO') })
      for (const [index, address] of own.entries())
        assert.throws(() => attempts.settle(claimOf(address, 1, index), placed(`call-${index}`)), /call-/)
      const ids = openAttempts(place)
        .list()
        .map(({ outcome }) => outcome?.kind === 'placed' && outcome.callId)
      assert.equal(
        ids.toSorted(),
        own.map((_, index) => `call-${index}`),
      )
    }),
  )

  test(
    `${what}: each has an invitation of its own`,
    inPlace((place) => {
      const own = distinct(addresses)
      const rings = openRings(place)
      for (const [index, address] of own.entries()) assert.ok(rings.claim(ringOf(address, index)))
      assert.equal(
        openRings(place)
          .list()
          .map(({ address }) => address)
          .toSorted(),
        own.toSorted(),
      )
    }),
  )

  test(
    `${what}: each has a payload file of its own, and none is stale because of another`,
    inFolder((folder) => {
      const write = (some: readonly string[]) => {
        const payloads = new PayloadFolder(folder, () => true)
        for (const address of some) payloads.take(address, `${JSON.stringify(address)}\n`)
        return payloads.write(new Set(some))
      }
      const all = [...new Set(addresses.map((address) => address.normalize('NFC')))]
      assert.equal(write(all), { written: all.length, removed: [], unchanged: 0 })
      assert.equal(write(all), { written: 0, removed: [], unchanged: all.length })
      const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      assert.equal(kept.toSorted(), all.toSorted())
      assert.equal(write(all.slice(1)).removed, [`${encodeName(all[0]!)}.json`])
    }),
  )
}

test(
  'attempts of older versions, named by their spelling, hold the name for every spelling',
  inPlace((place) => {
    const long = `Bridge@${'X'.repeat(200)}`
    mkdirSync(place.attempts, { recursive: true })
    for (const [index, end] of ['One', 'Two'].entries()) {
      const claim = claimOf(`${long}${end}`, 1, index)
      writeFileSync(join(place.attempts, formatOldFileName(claim)), formatClaimFile(attemptForm, claim))
    }
    const attempts = openAttempts(place)
    assert.is(attempts.list().length, 2)
    assert.not(attempts.claim(claimOf(`${long.toLowerCase()}one`, 1, 7)))
    assert.not(attempts.claim(claimOf(`${long}TWO`, 1, 8)))
    assert.ok(attempts.claim(claimOf(`${long}three`, 1, 9)))
  }),
)

/** One for each address that is not the same but for its spelling. */
const distinct = (addresses: readonly string[]): readonly string[] => [
  ...new Map(addresses.map((address) => [keyOfAddress(address), address])).values(),
]

const ringOf = (address: string, index: number): RingClaim => ({
  address,
  number: 1,
  operationId: uuid(index + 100),
  operation: 'invite',
  callId: `call-${index}`,
  digest: 'd'.repeat(64),
  rings: 1,
  route: '/v1.0/communications/calls/call-1/participants/invite',
  cloud: 'global',
  claimedAt: '2025-01-01T00:00:00Z',
})

test.run()
