import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { openAttempts } from '../../../src/record/attempts/attempts.js'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import {
  claimOf,
  failing,
  failure,
  filesWith,
  inPlace,
  notSent,
  placed,
  refused,
  uncertain,
  uuid,
} from '../temporary-place.js'

const test = suite('record/attempts')

const isRecordError = (cause: Error) => cause instanceof RecordError

test(
  'publishes a claim that a person can read, private and of fixed size',
  inPlace((place) => {
    assert.ok(openAttempts(place).claim(claimOf('bridge@INC-1')))
    const path = join(place.attempts, 'bridge@inc-1@1')
    assert.is(statSync(path).size, 8192)
    assert.is(statSync(path).mode & 0o777, 0o600)
    assert.is(statSync(place.attempts).mode & 0o777, 0o700)
    const lines = readFileSync(path, 'latin1').split('\n')
    assert.equal(
      lines.map((line) => line.length),
      [4095, 4095, 0],
    )
    assert.match(lines[0]!, /"address":"bridge@INC-1"/)
    assert.is(lines[1]!.trim(), '')
    assert.equal(readdirSync(place.attempts).toSorted(), ['bridge@inc-1@1', 'rescue'])
  }),
)

test(
  'lists claims and outcomes as they were, by address and number',
  inPlace((place) => {
    const attempts = openAttempts(place)
    const outcomes = [placed(), refused, notSent, uncertain]
    for (const [index, outcome] of outcomes.entries()) {
      attempts.claim(claimOf('b', index + 1))
      attempts.settle(claimOf('b', index + 1), outcome)
    }
    attempts.claim(claimOf('b', 10))
    attempts.claim(claimOf('a', 1, 99))
    assert.equal(openAttempts(place).list(), [
      claimOf('a', 1, 99),
      ...outcomes.map((outcome, index) => ({ ...claimOf('b', index + 1), outcome })),
      claimOf('b', 10),
    ])
  }),
)

test(
  'creates nothing before the first claim',
  inPlace((place) => {
    const attempts = openAttempts(place)
    attempts.sweep()
    assert.equal(attempts.list(), [])
    assert.throws(() => statSync(place.attempts))
  }),
)

test(
  'gives one name to one claimant, and leaves no temporary file of the other',
  inPlace((place) => {
    const [one, other] = [openAttempts(place), openAttempts(place)]
    assert.equal([one.claim(claimOf('a', 1, 1)), other.claim(claimOf('a', 1, 2))], [true, false])
    assert.is(one.list()[0]!.attemptId, uuid(1))
    assert.equal(readdirSync(place.attempts).toSorted(), ['a@1', 'rescue'])
  }),
)

test(
  'gives one name to one claimant when another publishes in between',
  inPlace((place) => {
    const other = openAttempts(place)
    let otherGot: boolean | undefined
    const files = filesWith({
      linkSync: (from, to) => {
        otherGot = other.claim(claimOf('a', 1, 2))
        nodeFileSystem.linkSync(from, to)
      },
    })
    assert.not(openAttempts(place, files).claim(claimOf('a', 1, 1)))
    assert.ok(otherGot)
  }),
)

for (const code of ['EPERM', 'ENOTSUP', 'ENOSYS']) {
  test(
    `claims exclusively without hard links (${code})`,
    inPlace((place) => {
      const files = filesWith({ linkSync: failing(code) })
      const attempts = openAttempts(place, files)
      assert.ok(attempts.claim(claimOf('a', 1, 1)))
      assert.not(openAttempts(place, files).claim(claimOf('a', 1, 2)))
      assert.not(openAttempts(place).claim(claimOf('a', 1, 3)))
      attempts.settle(claimOf('a', 1, 1), placed())
      assert.equal(attempts.list(), [{ ...claimOf('a', 1, 1), outcome: placed() }])
      assert.equal(readdirSync(place.attempts).toSorted(), ['a@1', 'rescue'])
    }),
  )
}

for (const [call, code] of [
  ['mkdirSync', 'EACCES'],
  ['openSync', 'EROFS'],
  ['writeSync', 'ENOSPC'],
  ['fsyncSync', 'EIO'],
  ['linkSync', 'EIO'],
] as const) {
  test(
    `refuses, and leaves nothing, when ${call} fails before the name exists`,
    inPlace((place) => {
      assert.throws(
        () => openAttempts(place, filesWith({ [call]: failing(code) })).claim(claimOf('a')),
        isRecordError,
      )
      assert.equal(openAttempts(place).list(), [])
      assert.ok(openAttempts(place).claim(claimOf('a')))
    }),
  )
}

test(
  'refuses when the name cannot be made durable; what stays is uncertain',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('first'))
    let hasLinked = false
    const files = filesWith({
      linkSync: (from, to) => {
        nodeFileSystem.linkSync(from, to)
        hasLinked = true
      },
      fsyncSync: (file) => {
        if (hasLinked) throw failure('EIO')
        nodeFileSystem.fsyncSync(file)
      },
    })
    assert.throws(() => openAttempts(place, files).claim(claimOf('a')), /nothing was sent/)
    assert.equal(openAttempts(place).list()[0], claimOf('a'))
    assert.not(openAttempts(place).claim(claimOf('a', 1, 5)))
  }),
)

test(
  'writes until all is written, claim and outcome',
  inPlace((place) => {
    const files = filesWith({
      writeSync: (file, bytes, offset, length, position) =>
        nodeFileSystem.writeSync(file, bytes, offset, Math.min(length, 1000), position),
    })
    const attempts = openAttempts(place, files)
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), placed())
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

for (const claim of [
  { ...claimOf('a'), address: '__proto__' },
  { ...claimOf('a'), address: '../a' },
  { ...claimOf('a'), attemptId: '../../a' },
  { ...claimOf('a'), number: 0 },
  { ...claimOf('a'), number: 1.5 },
  { ...claimOf('a'), operator: 'x'.repeat(5000) },
]) {
  test(
    `refuses a claim that could not be read back: ${JSON.stringify(claim).slice(0, 60)}`,
    inPlace((place) => {
      assert.throws(() => openAttempts(place).claim(claim), isRecordError)
      assert.throws(() => statSync(join(place.attempts, 'a@1')))
    }),
  )
}

test(
  'settles without opening or looking anything up',
  inPlace((place) => {
    let isFrozen = false
    const frozen = (path: string, flags: number, mode?: number): number => {
      if (isFrozen) throw failure('EMFILE')
      return nodeFileSystem.openSync(path, flags, mode)
    }
    const attempts = openAttempts(place, filesWith({ openSync: frozen }))
    attempts.claim(claimOf('a'))
    isFrozen = true
    attempts.settle(claimOf('a'), placed())
    assert.equal(openAttempts(place).list()[0]!.outcome, placed())
  }),
)

test(
  'cuts long answers so that they fit, and never an id',
  inPlace((place) => {
    const attempts = openAttempts(place)
    const long = { ...placed('c'.repeat(256)), requestId: 'r'.repeat(500) }
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), { ...uncertain, raw: '\u0001é'.repeat(9000) })
    attempts.claim(claimOf('b'))
    attempts.settle(claimOf('b'), { ...refused, message: '😀'.repeat(5001), code: 'x'.repeat(9000) })
    attempts.claim(claimOf('c'))
    attempts.settle(claimOf('c'), long)
    const [a, b, c] = openAttempts(place).list()
    assert.equal([a!.damage, b!.damage, c!.damage], [undefined, undefined, undefined])
    assert.ok(a!.outcome?.kind === 'uncertain' && a!.outcome.raw!.length > 300)
    assert.ok(b!.outcome?.kind === 'refused' && b!.outcome.message.length > 300)
    assert.equal(c!.outcome, long)
  }),
)

test(
  'settles an attempt of an earlier run, once',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a'))
    openAttempts(place).settle(claimOf('a'), uncertain)
    openAttempts(place).settle(claimOf('a'), placed())
    openAttempts(place).settle(claimOf('a'), placed())
    assert.throws(() => openAttempts(place).settle(claimOf('a'), notSent), /already recorded as placed/)
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test(
  'never replaces a call id by another: both stay, and a person must look',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a'))
    openAttempts(place).settle(claimOf('a'), placed('call-1'))
    assert.throws(() => openAttempts(place).settle(claimOf('a'), placed('call-2')), /call-id=call-2 KEPT IN/)
    const [attempt] = openAttempts(place).list()
    assert.equal(attempt!.outcome, placed('call-1'))
    assert.match(attempt!.damage!, /two call ids/)
  }),
)

test(
  'keeps the outcome of a claim that is gone or another’s',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a', 1, 1))
    assert.throws(() => openAttempts(place).settle(claimOf('a', 1, 2), placed()), /KEPT IN .*a@1\.json/)
    assert.throws(() => openAttempts(place).settle(claimOf('b'), placed()), /KEPT IN .*b@1\.json/)
    const [a, b] = openAttempts(place).list()
    assert.match(a!.damage!, /rescue file belongs to another attempt/)
    assert.equal(b, { ...claimOf('b'), outcome: placed() })
  }),
)

test(
  'sweeps what interrupted runs left, and nothing else',
  inPlace((place) => {
    const attempts = openAttempts(place)
    attempts.claim(claimOf('a'))
    writeFileSync(join(place.attempts, `.claim-${uuid(9)}`), 'half')
    assert.equal(attempts.list(), [claimOf('a')])
    attempts.sweep()
    assert.equal(readdirSync(place.attempts).toSorted(), ['a@1', 'rescue'])
  }),
)

test.run()
