import { randomUUID } from 'node:crypto'
import { attemptForm } from '../../../src/record/attempts/attempt-form.js'
import { openSharedClaims } from '../../../src/record/shared/claims.js'
import { type Link, openLink } from '../../../src/record/shared/link.js'
import { makeSchema } from '../../../src/record/shared/make-schema.js'
import { readServer } from '../../../src/record/shared/server.js'
import { register } from '../../../src/record/shared/workspaces.js'
import type { Cluster } from '../../helpers/postgres.js'

export const worldAt = (url: string) => ({
  environment: { CALLCTL_RECORD: url },
  uuid: () => randomUUID(),
  operator: 'kim',
  wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
})

/** A link that looks at nothing. */
export const bareLink = (url: string, tries = 40): Link =>
  openLink(readServer({ CALLCTL_RECORD: url }), {
    world: worldAt(url),
    tries: () => tries,
    inspect: async () => {},
  })

/** A database of its own for one test, with the schema and one workspace. */
export async function makeDatabase(
  cluster: Cluster,
): Promise<{ readonly name: string; readonly lineage: string }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const lineage = randomUUID()
  await cluster.sql(`create database ${name}`)
  const link = bareLink(cluster.url(name))
  await link.persist(makeSchema)
  await link.persist((session) => register(session, { lineage, environmentName: undefined, by: 'kim' }))
  await link.close()
  return { name, lineage }
}

export const openAttemptsOf = (link: Link, lineage: string, uuid: () => string = randomUUID) =>
  openSharedClaims(link, { kind: 'attempt', form: attemptForm, lineage, uuid })

/** From now on each commit waits for a standby, and none is there. */
export async function awaitStandby(cluster: Cluster): Promise<void> {
  await cluster.sql("alter system set synchronous_standby_names = 'nobody'")
  await reload(cluster, 'nobody')
}

/** Whoever waits goes on. */
export async function forgetStandby(cluster: Cluster): Promise<void> {
  await cluster.sql('alter system reset synchronous_standby_names')
  await reload(cluster, '')
}

async function reload(cluster: Cluster, wanted: string): Promise<void> {
  await cluster.sql('select pg_reload_conf()')
  const isThere = async (): Promise<boolean> => {
    const rows = await cluster.sql("select current_setting('synchronous_standby_names') as names")
    return rows[0]?.['names'] === wanted
  }
  while (!(await isThere())) await pause()
}

/** Once a connection of callctl waits for the standby, ends that; fails where `work` ends before one waits. */
export async function endWait(
  cluster: Cluster,
  how?: 'pg_cancel_backend' | 'pg_terminate_backend',
  work: Promise<unknown> = new Promise(() => {}),
): Promise<void> {
  let isDone = false
  void work.then(() => {
    isDone = true
  })
  const act = how === undefined ? 'true' : `${how}(pid)`
  for (;;) {
    const ended = await cluster.sql(
      `select ${act} from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'callctl'`,
    )
    if (ended.length > 0) return
    if (isDone) throw new Error('it ended without a wait for the standby')
    await pause()
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
