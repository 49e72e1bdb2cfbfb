import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { attemptForm } from '../../../src/record/attempts/attempt-form.js'
import { openSharedClaims } from '../../../src/record/shared/claims.js'
import type { CallLimits } from '../../../src/record/shared/limits.js'
import type { Link } from '../../../src/record/shared/link.js'
import { serverFor } from '../../helpers/postgres.js'
import { claimOf, placed, refused } from '../temporary-place.js'
import { bareLink, makeDatabase } from './shared-world.js'

// Limits are kept by all runners together, each of which claims and counts by itself.

const test = suite('shared/limits')
const { onServer, cluster } = serverFor(test, ['fsync=off'])

const now = new Date().toISOString()
const own = (address: string) => ({ ...claimOf(address, 1), attemptId: randomUUID(), claimedAt: now })
type Own = ReturnType<typeof own>

const attemptsOf = (link: Link, lineage: string, limits: CallLimits, tellEnded = async () => {}) =>
  openSharedClaims(link, {
    kind: 'attempt',
    form: attemptForm,
    lineage,
    uuid: randomUUID,
    held: { limits, tellEnded },
  })

type Attempts = ReturnType<typeof attemptsOf>

/** Whether it was claimed; false where there was no room for it. */
async function tryClaim(attempts: Attempts, claim: Own): Promise<boolean> {
  try {
    return await attempts.claim(claim)
  } catch (error) {
    assert.instance(error, RecordError)
    return false
  }
}

for (const limit of ['concurrentCalls', 'callsPerMonth'] as const)
  onServer(`of eight who claim side by side no more go on than limits.${limit} allows`, async () => {
    const { name, lineage } = await makeDatabase(cluster())
    const links = Array.from({ length: 8 }, () => bareLink(cluster().url(name)))
    const limits = { [limit]: 50 }
    const counts = await Promise.all(
      links.map(async (link, runner) => {
        const attempts = attemptsOf(link, lineage, limits)
        let count = 0
        for (let index = 0; index < 20; index++)
          if (await tryClaim(attempts, own(`call-${runner}-${index}`))) count += 1
        return count
      }),
    )
    const sum = counts.reduce((all, count) => all + count, 0)
    assert.ok(sum <= 50, `${sum} of 50`)
    // Whoever comes alone has the room that is left, to the last call.
    const attempts = attemptsOf(links[0]!, lineage, limits)
    let late = 0
    while (await tryClaim(attempts, own(`late-${late}`))) late += 1
    assert.is(sum + late, 50)
    for (const link of links) await link.close()
  })

onServer('many that are claimed in one statement have the room that there is', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const attempts = attemptsOf(link, lineage, { callsPerMonth: 12 })
  const tries = Array.from({ length: 40 }, (_, index) => tryClaim(attempts, own(`call-${index}`)))
  const won = (await Promise.all(tries)).filter((isOurs) => isOurs)
  assert.is(won.length, 12)
  await link.close()
})

onServer('what was not placed, and for live calls what has ended, takes no room', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const claims = ['a', 'b', 'c'].map(own) as [Own, Own, Own]
  const attempts = attemptsOf(link, lineage, { concurrentCalls: 2 })
  assert.is(await tryClaim(attempts, claims[0]), true)
  assert.is(await tryClaim(attempts, claims[1]), true)
  assert.is(await tryClaim(attempts, own('x')), false)
  await attempts.settle(claims[0], refused)
  assert.is(await tryClaim(attempts, claims[2]), true)
  await attempts.settle(claims[1], placed('call-1'))
  assert.is(await tryClaim(attempts, own('y')), false)
  // A call that this machine alone knows to have ended is told before anything is refused.
  const end = `insert into callctl.ending (kind, id, outcome) values ('attempt', '${claims[1].attemptId}', '{}')`
  const telling = attemptsOf(link, lineage, { concurrentCalls: 2 }, async () => {
    await cluster().sql(end, name)
  })
  assert.is(await tryClaim(telling, own('z')), true)
  await link.close()
})

onServer('the month counts what was claimed in it, and imports by the time that they name', async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  const free = attemptsOf(link, lineage, {})
  await free.claim({ ...own('long-ago'), claimedAt: '2020-01-01T00:00:00.000Z' })
  await free.claim({ ...own('unknown'), claimedAt: '' })
  const attempts = attemptsOf(link, lineage, { callsPerMonth: 2 })
  assert.is(await tryClaim(attempts, own('one')), true)
  assert.is(await tryClaim(attempts, own('two')), false)
  await link.close()
})

test.run()
