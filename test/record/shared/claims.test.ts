import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { claimAll } from '../../../src/record/shared/claims.js'
import { readRows } from '../../../src/record/shared/rows.js'
import { serverFor } from '../../helpers/postgres.js'
import { claimOf, placed, refused, uncertain } from '../temporary-place.js'
import { bareLink, makeDatabase, openAttemptsOf } from './shared-world.js'

const test = suite('shared/claims')
const { onServer, cluster } = serverFor(test, ['fsync=off'])

const own = (address: string, number = 1) => ({ ...claimOf(address, number), attemptId: randomUUID() })

onServer('of many who claim one attempt, one has it', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const links = Array.from({ length: 8 }, () => bareLink(cluster().url(name)))
  const won = new Map<string, number>()
  await Promise.all(
    links.map(async (link) => {
      const attempts = openAttemptsOf(link, lineage)
      const numbers = Array.from({ length: 40 }, (_, index) => index).sort(() => Math.random() - 0.5)
      await Promise.all(
        numbers.map(async (index) => {
          // In each spelling it is the same address.
          const address = index % 2 === 0 ? `call-${index}` : `CALL-${index}`
          if (await attempts.claim(own(address))) won.set(`${index}`, (won.get(`${index}`) ?? 0) + 1)
        }),
      )
    }),
  )
  assert.equal(
    [...won.values()],
    Array.from({ length: 40 }, () => 1),
  )
  for (const link of links) await link.close()
})

onServer('two runners of one saved plan have the same ids of attempts, and one claim', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const claim = own('call')
  const [a, b] = [bareLink(cluster().url(name)), bareLink(cluster().url(name))]
  assert.is(await openAttemptsOf(a, lineage).claim(claim), true)
  assert.is(await openAttemptsOf(b, lineage).claim(claim), false)
  // Nor under another number, or of another workspace.
  assert.is(await openAttemptsOf(b, lineage).claim({ ...claim, number: 2 }), false)
  await a.close()
  await b.close()
})

onServer('the same rows once more are still ours: an answer was lost', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const claim = own('call')
  const row = {
    ...{ lineage, kind: 'attempt' as const, key: 'call', number: 1, id: claim.attemptId },
    ...{ nonce: randomUUID(), text: JSON.stringify(claim) },
  }
  const twice = [
    await link.persist((session) => claimAll(session, [row])),
    await link.persist((session) => claimAll(session, [row])),
  ]
  assert.equal(twice, [[true], [true]])
  const other = { ...row, id: randomUUID(), nonce: randomUUID() }
  assert.equal(await link.persist((session) => claimAll(session, [other, row])), [false, true])
  await link.close()
})

onServer('an outcome may be written again, and not another one', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const attempts = openAttemptsOf(link, lineage)
  const claim = own('call')
  await attempts.claim(claim)
  await attempts.settle(claim, placed('call-1'))
  await attempts.settle(claim, placed('call-1'))
  const error = await attempts.settle(claim, placed('call-2')).catch((each: unknown) => each)
  assert.instance(error, RecordError)
  assert.match((error as Error).message, 'call-2')
  const { attempts: read } = await link.persist((session) => readRows(session, lineage))
  assert.equal(
    read.map(({ outcome }) => outcome),
    [placed('call-1')],
  )
  await link.close()
})

onServer('Graph’s words, which may name people, are not kept there', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const attempts = openAttemptsOf(link, lineage)
  const [first, second] = [own('one'), own('two')]
  await attempts.claim(first)
  await attempts.claim(second)
  await attempts.settle(first, refused)
  await attempts.settle(second, { ...uncertain, raw: '{"displayName":"Kim Example"}' })
  const texts = JSON.stringify(await cluster().sql('select * from callctl.outcome', name))
  assert.not.match(texts, 'Kim')
  assert.not.match(texts, '4915112345678')
  const { attempts: read } = await link.persist((session) => readRows(session, lineage))
  assert.equal(
    read.map(({ outcome }) => outcome?.kind),
    ['refused', 'uncertain'],
  )
  await link.close()
})

onServer('what cannot be read of a row is damage, and never left out', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const attempts = openAttemptsOf(link, lineage)
  for (const address of ['one', 'two']) await attempts.claim(own(address))
  await cluster().sql(`update callctl.claim set claim = '{"address":"one"}' where address_key = 'one'`, name)
  await cluster().sql(
    `insert into callctl.outcome select kind, id, '{"kind":"placed"}' from callctl.claim where address_key = 'two'`,
    name,
  )
  const { attempts: read } = await link.persist((session) => readRows(session, lineage))
  assert.equal(
    read.map(({ address, damage, outcome }) => [address, damage !== undefined, outcome]),
    [
      ['one', true, undefined],
      ['two', true, undefined],
    ],
  )
  await link.close()
})

onServer('a workspace that is not registered claims nothing', async () => {
  const { name } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const error = await openAttemptsOf(link, randomUUID())
    .claim(own('call'))
    .catch((each: unknown) => each)
  assert.instance(error, RecordError)
  assert.match((error as Error).message, '23503')
  await link.close()
})

onServer('a server that is killed is waited for, and what was claimed is claimed', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name), 400)
  const attempts = openAttemptsOf(link, lineage)
  const claims = Array.from({ length: 60 }, (_, index) => own(`call-${index}`))
  for (const claim of claims.slice(0, 20)) assert.is(await attempts.claim(claim), true)
  await cluster().stop('SIGQUIT')
  const waiting = claims.slice(20).map((claim) => attempts.claim(claim))
  await cluster().start()
  assert.ok((await Promise.all(waiting)).every((isOurs) => isOurs))
  for (const claim of claims) await attempts.settle(claim, placed(claim.attemptId))
  const rows = await cluster().sql('select count(*)::integer from callctl.outcome', name)
  assert.is(rows[0]?.['count'], 60)
  await link.close()
})

test.run()
