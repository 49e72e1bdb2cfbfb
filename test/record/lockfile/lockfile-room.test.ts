import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Lockfile } from '../../../src/model/record/lockfile.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { formatFitting, requireRoom } from '../../../src/record/lockfile/lockfile-room.js'
import { parseLockfile } from '../../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lockfileOf } from '../lockfile-samples.js'
import { uuid } from '../temporary-place.js'

const test = suite('lockfile-room')

const target = { cloud: 'us-gov-dod', version: 'v1.0', collection: 'communications' } as const
const addition = (address: string) => ({ address, target, tenantId: uuid(7) })
const sizeOf = (lockfile: Lockfile): number => Buffer.byteLength(formatLockfile(lockfile))
const always = {
  endpoint: '/v1.0/communications/calls',
  cloud: 'us-gov-dod',
  tenantId: uuid(7),
  placedAt: '2025-01-01T00:00:00.000Z',
  evidence: 'http-201',
} as const
const earlier = { ...entryOf(9), ...always, endedAt: '2025-01-02T00:00:00.000Z' }

/** Of so many calls, each with all that an outcome can bring. */
const longest = (count: number, isAgain = false): Lockfile => {
  const entries = Array.from({ length: count }, (_, index) => {
    const entry = entryOf(index, {
      ...always,
      callId: 'c'.repeat(256),
      requestId: 'r'.repeat(128),
      callChainId: 'h'.repeat(256),
      ...(isAgain && { redial: true, attempts: [earlier] }),
    })
    return [`call-${index}@é`, entry] as const
  })
  return lockfileOf(Object.fromEntries(entries))
}

function fits(after: Lockfile, limit: number, before = lockfileOf({})): boolean {
  try {
    requireRoom('calls.lock.json', before, Object.keys(after.calls).map(addition), limit)
    return true
  } catch (error) {
    assert.instance(error, RecordError)
    return false
  }
}

for (const count of [1, 2, 50]) {
  test(`where there is room for ${count}, every outcome at its longest can be written`, () => {
    const after = longest(count)
    let limit = 100
    while (!fits(after, limit)) limit = Math.ceil(limit * 1.01)
    assert.ok(Buffer.byteLength(formatFitting(after, limit)) <= limit)
  })
}

test('so it is where each was placed before', () => {
  const after = longest(20, true)
  const before = lockfileOf(Object.fromEntries(Object.keys(after.calls).map((address) => [address, earlier])))
  let limit = sizeOf(before)
  while (!fits(after, limit, before)) limit = Math.ceil(limit * 1.01)
  assert.ok(Buffer.byteLength(formatFitting(after, limit)) <= limit)
})

test('what is too long is refused; where nothing is to be rung, nothing is', () => {
  const before = longest(10)
  assert.not.ok(fits(longest(5), sizeOf(before), before))
  assert.ok(fits(lockfileOf({}), 0, before))
})

test('what only helps a support ticket makes room; no call and no id goes', () => {
  const whole = longest(10)
  assert.is(formatFitting(whole), formatLockfile(whole))
  const short = parseLockfile(formatFitting(whole, sizeOf(whole) - 1), 'x')
  const idsOf = ({ calls }: Lockfile) =>
    Object.entries(calls).map(([name, { callId, attempt }]) => [name, callId, attempt])
  assert.equal(idsOf(short), idsOf(whole))
  assert.ok(sizeOf(short) < sizeOf(whole))
})

test('what was refused goes, but not what rang, may have rung, or a person has said', () => {
  const witness = { at: '2025-01-01T00:00:00.000Z' }
  const attempts = [
    { attempt: uuid(1), state: 'failed' },
    { attempt: uuid(2), state: 'failed', evidence: 'person', witness },
    { attempt: uuid(3), state: 'ended', callId: 'call-3' },
    { attempt: uuid(4), state: 'uncertain' },
  ] as const
  const short = parseLockfile(formatFitting(lockfileOf({ a: entryOf(5, { attempts }) }), 1), 'x')
  assert.equal(
    short.calls['a']?.attempts?.map(({ attempt }) => attempt),
    [uuid(2), uuid(3), uuid(4)],
  )
})

test.run()
