import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { RingClaim, RingOutcome } from '../../../src/model/operation.js'
import { attemptForm } from '../../../src/record/attempts/attempt-form.js'
import { openAttempts, openConcurrentAttempts } from '../../../src/record/attempts/attempts.js'
import { formatClaimFile, formatSlot, lineSize } from '../../../src/record/attempts/claim-file.js'
import { openRings } from '../../../src/record/attempts/rings.js'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import {
  claimOf,
  failing,
  inPlace,
  inPlaceAsync,
  notSent,
  placed,
  uncertain,
  uuid,
} from '../temporary-place.js'

// What others may do to the file of a claim between claim and request, while this process stands still. Whatever it
// is, nothing is sent, and an outcome that is known all the same is found on the disk.

const test = suite('record/held-claim')

const claim = claimOf('a')
const other = claimOf('a', 1, 9)
const asideOf = (path: string): string => join(path, '..', 'aside')
/** Overwrites the slot, where the file lies. */
const writeSlot = (path: string, slot: Buffer): void =>
  writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, lineSize), slot]))

const changes: Readonly<Record<string, (path: string, place: RecordPlace) => void>> = {
  'settled by a person': (_path, place) => openAttempts(place).settle(claim, notSent),
  'half an outcome': (path) => writeSlot(path, formatSlot(attemptForm, claim, placed()).fill(' ', 100)),
  'an outcome that is cut': (path) => {
    writeSlot(path, formatSlot(attemptForm, claim, placed()))
    truncateSync(path, lineSize + 200)
  },
  'one byte of an outcome': (path) => writeSlot(path, Buffer.alloc(lineSize, ' ').fill('{', 0, 1)),
  'an outcome of another attempt': (path) =>
    writeSlot(path, formatSlot(attemptForm, other, placed('foreign'))),
  'the claim of another attempt over it': (path) => writeFileSync(path, formatClaimFile(attemptForm, other)),
  'half a claim of another attempt over it': (path) =>
    writeFileSync(
      path,
      Buffer.concat([formatClaimFile(attemptForm, other).subarray(0, 300), readFileSync(path).subarray(300)]),
    ),
  emptied: (path) => truncateSync(path, 0),
  cut: (path) => truncateSync(path, lineSize + 1),
  'longer than it was': (path) => appendFileSync(path, ' '),
  'a foreign text': (path) => writeFileSync(path, 'foreign'),
  removed: (path) => rmSync(path),
  'moved away': (path) => renameSync(path, asideOf(path)),
  'another attempt under its name': (path) => {
    renameSync(path, asideOf(path))
    writeFileSync(path, formatClaimFile(attemptForm, other))
  },
  'a copy under its name': (path) => {
    renameSync(path, asideOf(path))
    cpSync(asideOf(path), path)
  },
  'a link under its name': (path) => {
    renameSync(path, asideOf(path))
    symlinkSync(asideOf(path), path)
  },
  'a folder under its name': (path) => {
    rmSync(path)
    mkdirSync(path)
  },
  'the whole record moved away': (_path, { attempts }) => renameSync(attempts, `${attempts}.old`),
}

test(
  'a claim that nobody touched is open until it is settled; another process has none',
  inPlaceAsync(async (place) => {
    const attempts = openConcurrentAttempts(place)
    assert.not(attempts.isOpen?.(claim))
    assert.ok(await attempts.claim(claim))
    assert.ok(attempts.isOpen?.(claim))
    assert.not(attempts.isOpen?.(other), 'the same name is not the same attempt')
    assert.not(openConcurrentAttempts(place).isOpen?.(claim))
    await attempts.settle(claim, placed())
    assert.not(attempts.isOpen?.(claim))
  }),
)

for (const [what, change] of Object.entries(changes)) {
  test(
    `${what}: not open`,
    inPlaceAsync(async (place) => {
      const attempts = openConcurrentAttempts(place)
      await attempts.claim(claim)
      change(join(place.attempts, 'a@1'), place)
      assert.not(attempts.isOpen?.(claim))
    }),
  )

  test(
    `${what}: the id of a call that was placed all the same is kept`,
    inPlaceAsync(async (place) => {
      const attempts = openConcurrentAttempts(place)
      await attempts.claim(claim)
      change(join(place.attempts, 'a@1'), place)
      const [settled] = await Promise.allSettled([attempts.settle(claim, placed('our-call'))])
      if (settled.status === 'rejected') {
        assert.instance(settled.reason, RecordError)
        assert.match(settled.reason.message, /our-call.*KEPT IN/)
        const path = /KEPT IN (\S+)/.exec(settled.reason.message)![1]!
        assert.match(readFileSync(path, 'utf8'), 'our-call')
      } else {
        const ids = openAttempts(place)
          .list()
          .map(({ outcome }) => outcome?.kind === 'placed' && outcome.callId)
        assert.equal(ids, ['our-call'])
      }
    }),
  )
}

test(
  'no other attempt’s outcome is covered',
  inPlace((place) => {
    for (const own of [placed('our-call'), notSent, uncertain]) {
      const attempts = openAttempts(place)
      attempts.claim(claim)
      rmSync(join(place.attempts, 'a@1'))
      openAttempts(place).claim(other)
      openAttempts(place).settle(other, placed('their-call'))
      assert.throws(() => attempts.settle(claim, own), /another one’s/)
      const file = readFileSync(join(place.attempts, 'a@1'), 'utf8')
      assert.match(file, 'their-call')
      assert.not.match(file, 'our-call')
      rmSync(place.attempts, { recursive: true })
    }
  }),
)

test(
  'what cannot be read is not open, and its outcome is written where it was claimed',
  inPlaceAsync(async (place) => {
    for (const call of ['readSync', 'lstatSync', 'fstatSync'] as const) {
      const files = { ...nodeFileSystem }
      const attempts = openConcurrentAttempts(place, files)
      const each = { ...claim, address: call, attemptId: uuid(call.length) }
      await attempts.claim(each)
      Object.assign(files, { [call]: failing('EIO') })
      assert.not(attempts.isOpen?.(each), call)
      await attempts.settle(each, placed(call))
    }
    const found = openAttempts(place)
      .list()
      .map(({ address, outcome }) => [address, outcome])
    assert.equal(
      found,
      ['fstatSync', 'lstatSync', 'readSync'].map((call) => [call, placed(call)]),
    )
  }),
)

const ring: RingClaim = {
  address: 'a',
  number: 1,
  operationId: uuid(5),
  operation: 'invite',
  callId: 'call-1',
  digest: 'd'.repeat(64),
  rings: 1,
  route: '/v1.0/communications/calls/call-1/participants/invite',
  cloud: 'global',
  claimedAt: '2025-01-01T00:00:00Z',
}
const accepted: RingOutcome = { kind: 'accepted', graphOperation: 'op-1', at: '2025' }

for (const what of ['emptied', 'cut', 'removed', 'moved away', 'a foreign text', 'a copy under its name']) {
  test(
    `an invitation whose claim is ${what}: not open, and its outcome is kept`,
    inPlace((place) => {
      const rings = openRings(place)
      assert.ok(rings.claim(ring))
      assert.ok(rings.isOpen?.(ring))
      changes[what]!(join(place.attempts, 'rings', 'a@1'), place)
      assert.not(rings.isOpen?.(ring))
      try {
        rings.settle(ring, accepted)
        assert.equal(openRings(place).list()[0]?.outcome, accepted)
      } catch (cause) {
        assert.match(readFileSync(/KEPT IN (\S+)/.exec((cause as Error).message)![1]!, 'utf8'), 'op-1')
      }
    }),
  )
}

test.run()
