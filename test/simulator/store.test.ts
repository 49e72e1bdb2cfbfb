import { appendFileSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../src/model/errors.js'
import { type CallRecord, openStore } from '../../src/simulator/store.js'
import { inFolder } from './folder.js'

const storeSuite = suite('simulator/store')

const record = (id: string, createdAt = 0): CallRecord => ({
  id,
  createdAt,
  version: 'beta',
  collection: 'app',
  scenarioId: 's',
  call: { subject: 'Bridge' },
})

const open = (path?: string, isOver: (record: CallRecord) => boolean = () => false) =>
  openStore({ path, isOver, uuid: () => 'temporary' })

storeSuite('keeps calls in memory without a path', () => {
  const store = open()
  store.add(record('a'))
  assert.equal(store.find('a'), record('a'))
  store.end('a')
  assert.is(store.find('a'), undefined)
  assert.is(store.find('__proto__'), undefined)
})

storeSuite('lets calls outlive the process, in a folder that it makes', () =>
  inFolder((folder) => {
    const path = join(folder, 'deep', 'calls.ndjson')
    const store = open(path)
    store.add(record('a'))
    store.add(record('b'))
    store.end('a')
    const later = open(path)
    assert.is(later.find('a'), undefined)
    assert.equal(later.find('b'), record('b'))
    assert.is(statSync(path).mode & 0o077, 0)
  }),
)

storeSuite('reads a file whose last line was cut off, and goes on behind it', () =>
  inFolder((folder) => {
    const path = join(folder, 'calls.ndjson')
    open(path).add(record('a'))
    appendFileSync(path, '{"created":{"id":"b","creat')
    open(path).add(record('c'))
    const last = open(path)
    assert.equal([last.find('a')?.id, last.find('b'), last.find('c')?.id], ['a', undefined, 'c'])
  }),
)

storeSuite('skips lines without a call', () =>
  inFolder((folder) => {
    const path = join(folder, 'calls.ndjson')
    appendFileSync(path, '{"created":{"id":1}}\n{"created":null,"ended":null}\n\n')
    open(path).add(record('a'))
    assert.is(open(path).find('a')?.id, 'a')
  }),
)

for (const text of ['null\n', '{"name":"package"}\n', 'export PATH=/bin\n', '{"created":{}}\nmine\n']) {
  storeSuite(`refuses a file that is no store, and leaves it as it is: ${JSON.stringify(text)}`, () =>
    inFolder((folder) => {
      const path = join(folder, 'calls.ndjson')
      appendFileSync(path, text)
      assert.throws(
        () => open(path),
        (error: unknown) => error instanceof UsageError,
      )
      assert.is(readFileSync(path, 'utf8'), text)
    }),
  )
}

storeSuite('follows no link', () =>
  inFolder((folder) => {
    const path = join(folder, 'calls.ndjson')
    symlinkSync(join(folder, 'elsewhere'), path)
    assert.throws(() => open(path).add(record('a')))
    assert.equal(readdirSync(folder), ['calls.ndjson'])
  }),
)

storeSuite('drops ended calls from the file when it starts', () =>
  inFolder((folder) => {
    const path = join(folder, 'calls.ndjson')
    const store = open(path)
    for (const id of ['a', 'b', 'c']) store.add(record(id))
    store.end('b')
    open(path, ({ id }) => id === 'c')
    assert.equal(
      readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).created.id),
      ['a'],
    )
    assert.equal(readdirSync(folder), ['calls.ndjson'])
  }),
)

storeSuite('forgets calls that have ended by themselves', () => {
  let now = 0
  const store = open(undefined, ({ createdAt }) => now - createdAt > 10)
  store.add(record('a', 0))
  now = 20
  store.add(record('b', 20))
  assert.is(store.find('a'), undefined)
  assert.is(store.find('b')?.id, 'b')
})

storeSuite.run()
