import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Link } from '../../../src/record/shared/link.js'
import { serverFor } from '../../helpers/postgres.js'
import { claimOf, placed } from '../temporary-place.js'
import {
  awaitStandby,
  bareLink,
  endWait,
  forgetStandby,
  makeDatabase,
  openAttemptsOf,
} from './shared-world.js'

// A standby that is waited for and is not there. What only this server has, a fail-over to that standby would lose.

const test = suite('shared/standby')
const { onServer, cluster } = serverFor(test)

type Attempts = ReturnType<typeof openAttemptsOf>

const withAttempts = (work: (attempts: Attempts, link: Link) => Promise<void>) => async () => {
  const { name, lineage } = await makeDatabase(cluster())
  const link = bareLink(cluster().url(name))
  try {
    await work(openAttemptsOf(link, lineage), link)
  } finally {
    await forgetStandby(cluster())
    await link.close()
  }
}

const own = (address: string) => ({ ...claimOf(address), attemptId: randomUUID() })

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => value,
    (error: unknown) => error,
  )

function assertNotDurable(error: unknown): void {
  assert.instance(error, RecordError)
  assert.match((error as Error).message, 'may not last')
}

onServer(
  'a claim whose wait was canceled is not ours',
  withAttempts(async (attempts) => {
    await awaitStandby(cluster())
    const claimed = errorOf(attempts.claim(own('call')))
    await endWait(cluster(), 'pg_cancel_backend')
    assertNotDurable(await claimed)
  }),
)

onServer(
  'nor is one whose connection was ended while it waited: the next one waits as well',
  withAttempts(async (attempts) => {
    await awaitStandby(cluster())
    const claimed = errorOf(attempts.claim(own('call')))
    await endWait(cluster(), 'pg_terminate_backend')
    await endWait(cluster(), 'pg_cancel_backend', claimed)
    assertNotDurable(await claimed)
  }),
)

onServer(
  'nor one whose server was killed while it waited',
  withAttempts(async (attempts) => {
    await awaitStandby(cluster())
    const claimed = errorOf(attempts.claim(own('call')))
    await endWait(cluster())
    await cluster().stop('SIGQUIT')
    await cluster().start()
    await endWait(cluster(), 'pg_cancel_backend', claimed)
    assertNotDurable(await claimed)
  }),
)

onServer(
  'one that waited twice is ours once the standby has it; an outcome waits for nobody’s leave',
  withAttempts(async (attempts) => {
    await awaitStandby(cluster())
    const claim = own('call')
    const claimed = errorOf(attempts.claim(claim))
    await endWait(cluster(), 'pg_terminate_backend')
    await endWait(cluster(), undefined, claimed)
    await forgetStandby(cluster())
    assert.is(await claimed, true)
    await awaitStandby(cluster())
    const settled = errorOf(attempts.settle(claim, placed('call-1')))
    await endWait(cluster(), 'pg_cancel_backend')
    assert.is(await settled, undefined)
  }),
)

test.run()
