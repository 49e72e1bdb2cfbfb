import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openLink } from '../../../src/record/shared/link.js'
import { readServer } from '../../../src/record/shared/server.js'
import { createThrottles, listen } from '../../../src/record/shared/throttles.js'
import { serverFor } from '../../helpers/postgres.js'
import { bareLink, makeDatabase, worldAt } from './shared-world.js'

const test = suite('shared/throttles')
const { onServer, cluster } = serverFor(test, ['fsync=off'])

/** A runner that is connected, and notes each throttle that it hears of. */
async function startRunner(url: string, lineage: string) {
  const heard: number[] = []
  const run = { id: randomUUID(), lineage }
  const throttles = createThrottles(
    () => link,
    () => run,
  )
  const link = openLink(readServer({ CALLCTL_RECORD: url }), {
    world: worldAt(url),
    tries: () => 1,
    inspect: listen,
    hear: throttles.heard,
  })
  let wake = (): void => {}
  const isTold = new Promise<void>((resolve) => {
    wake = resolve
  })
  throttles.hear((milliseconds) => {
    heard.push(milliseconds)
    wake()
  })
  await link.persist((session) => session.query('select 1'))
  return { throttles, link, heard, isTold }
}

onServer('what Graph tells one runner, the others of its workspace hear, and nobody else', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const url = cluster().url(name)
  const [a, b, stranger] = await Promise.all(
    [lineage, lineage, randomUUID()].map((each) => startRunner(url, each)),
  )
  const other = bareLink(url)
  for (const text of ['', '{', '[]', 'null', JSON.stringify({ lineage, id: 'x', milliseconds: 'long' })])
    await other.persist((session) => session.query("select pg_notify('callctl_throttle', $1)", [text]))
  a!.throttles.tell(30_000)
  await a!.throttles.told()
  await b!.isTold
  // What had been sent by then has come: one connection hears in the order of commits.
  for (const { link } of [a!, stranger!]) await link.persist((session) => session.query('select 1'))
  assert.equal([a!.heard, b!.heard, stranger!.heard], [[], [30_000], []])
  for (const { link } of [a!, b!, stranger!, { link: other }]) await link.close()
})

onServer('nobody is told for longer than a quarter of an hour', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const url = cluster().url(name)
  const [a, b] = await Promise.all([startRunner(url, lineage), startRunner(url, lineage)])
  a.throttles.tell(24 * 3_600_000)
  await b.isTold
  assert.equal(b.heard, [15 * 60_000])
  for (const { link } of [a, b]) await link.close()
})

onServer('where it cannot be told, nothing comes of it', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const { throttles, link } = await startRunner(cluster().url(name), lineage)
  await cluster().sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
  )
  throttles.tell(1000)
  await throttles.told()
  await link.close()
})

test.run()
