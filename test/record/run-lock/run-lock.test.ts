import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { readProcessStart, thisMachine } from '../../../src/record/disk/this-machine.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import { kernelLockName } from '../../../src/record/run-lock/kernel-lock.js'
import { readLockState, releaseRunLock, takeRunLock } from '../../../src/record/run-lock/run-lock.js'
import { failing, filesWith, inPlaceAsync } from '../temporary-place.js'

const test = suite('record/run-lock')

const run = {
  processId: process.pid,
  command: 'apply',
  startedAt: '2025-01-01T00:00:00Z',
  operator: 'kim',
}
const take = (place: RecordPlace) => takeRunLock(place, run)
const pathOf = (place: RecordPlace): string => join(place.attempts, 'run.lock')

/** A pid that no process of this machine can have. */
const nobody = 2 ** 30

/** What a run that was killed on this machine leaves behind, but for these properties. */
function leaveRecord(place: RecordPlace, properties: object = {}): void {
  mkdirSync(place.attempts, { recursive: true })
  const owner = {
    ...thisMachine(),
    pid: nobody,
    processStart: '1',
    lock: kernelLockName(place.attempts),
    command: 'apply',
    startedAt: '2025-01-01T00:00:00Z',
    ...properties,
  }
  writeFileSync(pathOf(place), JSON.stringify(owner))
}

async function refusal(work: () => Promise<unknown>): Promise<RecordError> {
  try {
    await work()
  } catch (cause) {
    assert.instance(cause, RecordError)
    return cause as RecordError
  }
  throw new Error('it was not refused')
}

test(
  'is refused at once while another has it, and names the holder',
  inPlaceAsync(async (place) => {
    const lock = await take(place)
    const { message } = await refusal(() => take(place))
    for (const part of [String(process.pid), thisMachine().host, 'callctl apply', run.startedAt, 'kim']) {
      assert.ok(message.includes(part), message)
    }
    await lock.release()
  }),
)

test(
  'is free after release, and leaves nothing behind',
  inPlaceAsync(async (place) => {
    await (await take(place)).release()
    assert.not(existsSync(pathOf(place)))
    await (await take(place)).release()
  }),
)

test(
  'says who holds it in a file that people can read',
  inPlaceAsync(async (place) => {
    const lock = await take(place)
    const owner = JSON.parse(readFileSync(pathOf(place), 'utf8'))
    assert.is(owner.pid, process.pid)
    assert.is(owner.processStart, readProcessStart(process.pid))
    assert.is(owner.command, 'apply')
    await lock.release()
  }),
)

test(
  'a record of another workspace’s lock does not matter',
  inPlaceAsync(async (place) => {
    const other = { ...place, attempts: `${place.attempts}-2` }
    const lock = await take(place)
    await (await take(other)).release()
    await lock.release()
  }),
)

const dead: readonly (readonly [string, object])[] = [
  ['whose process is gone', {}],
  ['whose pid another process has by now', { pid: process.pid }],
  ['from before this machine started anew', { bootId: 'another' }],
  ['of another pid namespace whose socket would be seen', { pidNamespace: 'pid:[1]' }],
]
for (const [what, properties] of dead) {
  test(
    `a holder ${what} is dead, and the lock free at once`,
    inPlaceAsync(async (place) => {
      leaveRecord(place, properties)
      assert.is((await readLockState(place)).kind, 'dead')
      await (await take(place)).release()
      assert.not(existsSync(pathOf(place)))
    }),
  )
}

const unseen: readonly (readonly [string, object])[] = [
  ['another host', { host: 'elsewhere', bootId: 'another', machineId: 'another' }],
  ['another host of the same name', { bootId: 'another', machineId: 'another' }],
  ['a container with its own network', { pidNamespace: 'pid:[1]', netNamespace: 'net:[1]' }],
  ['the same folder under another path', { pidNamespace: 'pid:[1]', lock: 'another' }],
]
for (const [what, properties] of unseen) {
  test(
    `a holder on ${what} cannot be seen: refused until released by hand`,
    inPlaceAsync(async (place) => {
      leaveRecord(place, properties)
      const { message, hint } = await refusal(() => take(place))
      assert.match(message, `process ${nobody} on `)
      assert.match(hint!, 'callctl lock release')
      const released = await releaseRunLock(place)
      assert.is(released.kind, 'unknown')
      await (await take(place)).release()
    }),
  )
}

test(
  'a live holder counts even where its kernel lock is not in the way',
  inPlaceAsync(async (place) => {
    leaveRecord(place, { pid: process.pid, processStart: readProcessStart(process.pid), lock: 'another' })
    assert.match((await refusal(() => take(place))).message, 'another run holds')
    await refusal(() => releaseRunLock(place))
    assert.ok(existsSync(pathOf(place)))
  }),
)

for (const text of ['', '{', '[]', '{"pid":"x"}', '\0'.repeat(100)]) {
  test(
    `a record of ${JSON.stringify(text.slice(0, 12))} is refused, and released by hand`,
    inPlaceAsync(async (place) => {
      mkdirSync(place.attempts)
      writeFileSync(pathOf(place), text)
      assert.match((await refusal(() => take(place))).hint!, 'callctl lock release')
      assert.is((await releaseRunLock(place)).kind, 'unreadable')
      await (await take(place)).release()
    }),
  )
}

test(
  'is not released by hand while somebody has it',
  inPlaceAsync(async (place) => {
    const lock = await take(place)
    await refusal(() => releaseRunLock(place))
    assert.ok(existsSync(pathOf(place)))
    await lock.release()
    assert.is((await releaseRunLock(place)).kind, 'free')
  }),
)

test(
  'leaves a successor’s record alone',
  inPlaceAsync(async (place) => {
    const lock = await take(place)
    leaveRecord(place, { command: 'hangup' })
    await lock.release()
    assert.ok(existsSync(pathOf(place)))
  }),
)

test(
  'a disk that cannot be written shows here, before anything is dialed',
  inPlaceAsync(async (place) => {
    const files = filesWith({ writeSync: failing('ENOSPC') })
    assert.match((await refusal(() => takeRunLock(place, run, files))).message, 'ENOSPC')
    await (await take(place)).release()
    const readOnly = filesWith({ mkdirSync: failing('EROFS') })
    assert.match((await refusal(() => takeRunLock(place, run, readOnly))).message, 'EROFS')
  }),
)

test('the kernel’s name fills all its room, so that every Node reads it alike', () => {
  const name = kernelLockName('/work/.callctl')
  if (name.startsWith('\0')) assert.is(Buffer.byteLength(name), 108)
})

test.run()
