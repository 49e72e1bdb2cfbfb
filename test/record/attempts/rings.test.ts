import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError, UsageError } from '../../../src/model/errors.js'
import type { RingClaim, RingOutcome } from '../../../src/model/operation.js'
import { formatRescue } from '../../../src/record/attempts/claim-file.js'
import { ringForm } from '../../../src/record/attempts/ring-form.js'
import { isOpen, openRings } from '../../../src/record/attempts/rings.js'
import { type FileSystem, nodeFileSystem } from '../../../src/record/disk/file-system.js'
import { settleRings } from '../../../src/record/settle-ring.js'
import { inPlace, inPlaceAsync, uuid } from '../temporary-place.js'

const test = suite('rings')
const at = '2026-01-01T00:00:00.000Z'
const accepted: RingOutcome = { kind: 'accepted', status: 200, graphOperation: 'op', at }

const claim: RingClaim = {
  address: 'ping@INC-7/2',
  number: 1,
  operationId: '00000000-0000-4000-8000-000000000001',
  operation: 'invite',
  callId: 'call-1',
  digest: 'd'.repeat(64),
  rings: 2,
  route: '/v1.0/communications/calls/call-1/participants/invite',
  cloud: 'global',
  claimedAt: at,
}

test(
  'nothing is there before the first claim',
  inPlace((place) => {
    assert.equal(openRings(place).list(), [])
    assert.not(existsSync(place.attempts))
  }),
)

test(
  'a claim without outcome is open, and settled it is not',
  inPlace((place) => {
    const rings = openRings(place)
    assert.ok(rings.claim(claim))
    assert.equal(openRings(place).list(), [claim])
    assert.ok(isOpen(openRings(place).list()[0]!))
    rings.settle(claim, accepted)
    assert.equal(openRings(place).list(), [{ ...claim, outcome: accepted }])
    assert.not(isOpen(openRings(place).list()[0]!))
  }),
)

test(
  'a name is had once',
  inPlace((place) => {
    assert.ok(openRings(place).claim(claim))
    const other = { ...claim, operationId: '00000000-0000-4000-8000-000000000002' }
    assert.not(openRings(place).claim(other))
  }),
)

test(
  'an outcome that stands is not covered by another',
  inPlace((place) => {
    const rings = openRings(place)
    rings.claim(claim)
    rings.settle(claim, accepted)
    assert.throws(() => openRings(place).settle(claim, { kind: 'not-sent', reason: 'x', at }))
    assert.equal(openRings(place).list()[0]?.outcome, accepted)
  }),
)

test(
  'settled by a person while the process stood still: seen before the request, and what tells more stands',
  inPlace((place) => {
    const witness = { by: 'somebody', at }
    const notRung: RingOutcome = { kind: 'not-sent', reason: 'a person says so', witness, at }
    const rang: RingOutcome = { kind: 'accepted', witness, at }
    const late: RingOutcome = { kind: 'not-sent', reason: 'somebody settled it', at }
    const unknown: RingOutcome = { kind: 'uncertain', reason: 'lost', at }
    const cases: readonly (readonly [RingOutcome, RingOutcome, RingOutcome, boolean])[] = [
      [notRung, accepted, accepted, true],
      [notRung, late, notRung, true],
      [notRung, unknown, notRung, false],
      [rang, accepted, accepted, true],
      [rang, late, rang, false],
    ]
    for (const [index, [standing, own, kept, isQuiet]] of cases.entries()) {
      const rings = openRings(place)
      const each = {
        ...claim,
        address: `call-${index}`,
        callId: `call-${index}`,
        operationId: uuid(index + 1),
      }
      assert.ok(rings.claim(each))
      assert.ok(rings.isOpen?.(each))
      openRings(place).settle(each, standing)
      assert.not(rings.isOpen?.(each))
      if (isQuiet) rings.settle(each, own)
      else assert.throws(() => rings.settle(each, own), /already recorded/)
      const found = openRings(place)
        .list()
        .find(({ address }) => address === each.address)
      assert.equal(found?.outcome, kept)
    }
  }),
)

test(
  'cut or changed at any byte it is open or as it was, never something else',
  inPlace((place) => {
    const rings = openRings(place)
    rings.claim(claim)
    rings.settle(claim, accepted)
    const folder = join(place.attempts, 'rings')
    const path = join(folder, readdirSync(folder)[0]!)
    const whole = readFileSync(path)
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length))
      const [found] = openRings(place).list()
      assert.ok(isOpen(found!) || found?.outcome?.kind === 'accepted', String(length))
    }
  }),
)

/** Fails the writes of an outcome, with all that follows or without. */
const failingDisk = (fails: () => boolean): FileSystem => ({
  ...nodeFileSystem,
  fsyncSync: (file) => {
    if (fails()) throw Object.assign(new Error('EIO'), { code: 'EIO' })
    nodeFileSystem.fsyncSync(file)
  },
})

test(
  'an outcome whose slot cannot be written is kept beside it, and read',
  inPlace((place) => {
    let failures = 0
    const rings = openRings(
      place,
      failingDisk(() => failures-- > 0),
    )
    rings.claim(claim)
    const refused: RingOutcome = { kind: 'refused', status: 403, code: '7504', message: 'No.', at }
    failures = 1
    assert.throws(
      () => rings.settle(claim, refused),
      (error: unknown) => error instanceof RecordError,
    )
    assert.equal(openRings(place).list()[0]?.outcome, refused)
  }),
)

test(
  'an outcome that an older version kept beside its claim is read',
  inPlace((place) => {
    openRings(place).claim(claim)
    const path = join(place.attempts, 'rings', 'ping@inc-7%2F2@1.rescue.json')
    writeFileSync(path, formatRescue(ringForm, claim, accepted))
    assert.equal(openRings(place).list(), [{ ...claim, outcome: accepted }])
    writeFileSync(path, 'damaged')
    assert.equal(
      openRings(place)
        .list()
        .map(({ damage }) => damage),
      ['its rescue file cannot be read'],
    )
  }),
)

test(
  'where the record takes no outcome it is kept in the folder for temporary files',
  inPlace((place) => {
    let isBroken = false
    let failures = 0
    const rings = openRings(place, {
      ...failingDisk(() => failures-- > 0),
      openSync: (path, ...rest) => {
        if (isBroken && path.startsWith(place.attempts))
          throw Object.assign(new Error('EIO'), { code: 'EIO' })
        return nodeFileSystem.openSync(path, ...rest)
      },
    })
    rings.claim(claim)
    isBroken = true
    failures = 1
    assert.throws(() => rings.settle(claim, accepted), /graph-operation=op KEPT IN /)
    isBroken = false
    assert.equal(openRings(place).list()[0]?.outcome, accepted)
  }),
)

test(
  'a claim that is not durable is refused',
  inPlace((place) => {
    const rings = openRings(
      place,
      failingDisk(() => true),
    )
    assert.throws(
      () => rings.claim(claim),
      (error: unknown) => error instanceof RecordError,
    )
  }),
)

test(
  'a person’s word settles what is open, and nothing else',
  inPlaceAsync(async (place) => {
    openRings(place).claim(claim)
    const { address } = claim
    const witness = { by: 'ada', at, reason: 'She asked them.' }
    assert.is((await settleRings(place, { address, rang: true, witness })).length, 1)
    assert.equal(openRings(place).list()[0]?.outcome, { kind: 'accepted', witness, at })
    const again = await settleRings(place, { address, rang: false, witness }).catch((error) => error)
    assert.instance(again, UsageError)
  }),
)

test.run()
