import type { SharedDesk } from '../../cli/shared/shared-desk.js'
import type { Finished } from '../../helpers/callctl.js'
import type { Cluster } from '../../helpers/postgres.js'
import { awaitStandby, forgetStandby } from '../../record/shared/shared-world.js'
import { pause } from './links.js'
import { backUp, dump, pool, promote, recover, snapshot } from './other-servers.js'

/** A workspace of three calls on a shared record; the first one is placed. */
export interface Scene {
  readonly desk: SharedDesk
  readonly cluster: Cluster
  /** Places all that is left, or runs these words, with the record at this address. */
  apply(url: string, folder?: string, ...words: readonly string[]): Promise<Finished>
  place(name: string): Promise<void>
  /** Done at the end, the last one first. */
  readonly ends: (() => unknown)[]
}

interface Verdict {
  /** Of the refusal, with exit 7 and nobody rung; absent where all goes on, and nobody is rung twice. */
  readonly says?: RegExp
  readonly needsPooler?: boolean
  act(scene: Scene): Promise<Finished>
}

type Fate = (scene: Scene) => Promise<Cluster>

/** On the machine that placed calls, which has noted which database it used. */
const here =
  (fate: Fate): Verdict['act'] =>
  async (scene) => {
    const other = await fate(scene)
    return scene.apply(other.url(scene.desk.database))
  }

/** In a fresh clone, which has the lockfile alone. */
const inClone =
  (fate: Fate): Verdict['act'] =>
  async (scene) => {
    const other = await fate(scene)
    return scene.apply(other.url(scene.desk.database), scene.desk.clone())
  }

const kept = ({ ends }: Scene, other: Cluster): Cluster => {
  ends.push(() => other.end())
  return other
}

const replica: Fate = async (scene) => {
  const other = kept(scene, backUp(scene.cluster, '-R'))
  await other.start()
  return other
}

/** The second call is placed on the old primary, and the standby never gets it. */
const lagging: Fate = async (scene) => {
  const other = kept(scene, backUp(scene.cluster, '-R'))
  await scene.place('two')
  await scene.cluster.stop()
  await other.start()
  await promote(other)
  return other
}

/** As the page says: what this machine knows is put back, and a person accepts. */
const mended: Fate = async (scene) => {
  const other = await lagging(scene)
  const url = other.url(scene.desk.database)
  for (const word of ['import', 'accept']) {
    const { code, stderr } = await scene.apply(url, undefined, 'record', word)
    if (code !== 0) throw new Error(`record ${word}: ${stderr}`)
  }
  return other
}

const oldPrimary: Fate = async (scene) => {
  await mended(scene)
  await scene.cluster.start()
  return scene.cluster
}

const restored =
  (more: number): Fate =>
  async (scene) => {
    const other = kept(scene, await snapshot(scene.cluster))
    await scene.place('two')
    await scene.cluster.stop()
    await other.start()
    await other.sql(
      `insert into callctl.claim (lineage, kind, address_key, number, id, nonce, claim)
select lineage, 'attempt', 'more-' || each, 1, gen_random_uuid(), gen_random_uuid(), '{}'
from callctl.workspace, generate_series(1, ${more}) as each`,
      scene.desk.database,
    )
    return other
  }

const recovered: Fate = async (scene) => {
  const other = kept(scene, backUp(scene.cluster))
  await scene.place('two')
  await recover(other)
  return other
}

const dumped: Fate = async (scene) => {
  const other = kept(scene, await dump(scene.cluster, scene.desk.database))
  await scene.place('two')
  return other
}

const withSetting =
  (setting: string): Fate =>
  async ({ cluster }) => {
    await cluster.stop()
    await cluster.start([setting])
    return cluster
  }

const unlogged: Fate = async ({ cluster, desk }) => {
  await cluster.sql('alter table callctl.outcome set unlogged', desk.database)
  return cluster
}

/** No standby is there; what waits for one is ended by an operator, as these functions do to a claim. */
const waiting =
  (...hows: readonly string[]): Verdict['act'] =>
  async ({ cluster, desk, apply }) => {
    await awaitStandby(cluster)
    const left = [...hows]
    let isDone = false
    const applied = apply(cluster.url(desk.database)).finally(() => {
      isDone = true
    })
    while (!isDone) {
      const [waits] = await cluster.sql(
        `select pid, query like 'insert into callctl.claim%' or query like '%emit_message%' as claims
from pg_stat_activity where wait_event = 'SyncRep'`,
      )
      const how = waits?.['claims'] === true ? (left.shift() ?? 'pg_cancel_backend') : 'pg_cancel_backend'
      if (waits === undefined) await pause(5)
      else await cluster.sql(`select ${how}(${Number(waits['pid'])})`)
    }
    await forgetStandby(cluster)
    return applied
  }

const pooled =
  (mode: 'session' | 'transaction'): Verdict['act'] =>
  async ({ cluster, desk, apply, ends }) => {
    const { url, end } = await pool(cluster, desk.database, mode)
    ends.push(end)
    return apply(url)
  }

const behind = /lacks 1 attempt/

export const verdicts: Readonly<Record<string, Verdict>> = {
  nothing: { act: here(async ({ cluster }) => cluster) },
  replica: { says: /it is a replica/, act: here(replica) },
  'fail-over to one that lags': { says: /went over to timeline 2/, act: here(lagging) },
  'the same, in a fresh clone': { says: behind, act: inClone(lagging) },
  'the same, put back and accepted': { act: here(mended) },
  'the old primary': { says: /an old primary/, act: here(oldPrimary) },
  'a snapshot': { says: behind, act: here(restored(0)) },
  'a snapshot, 3,000 claims later': { says: behind, act: here(restored(3000)) },
  'the same snapshot, in a fresh clone': { says: behind, act: inClone(restored(3000)) },
  'point-in-time recovery': { says: /went over to timeline 2/, act: here(recovered) },
  'the same recovery, in a fresh clone': { says: behind, act: inClone(recovered) },
  'a dump in a new cluster': { says: /it is another database/, act: here(dumped) },
  'the same dump, in a fresh clone': { says: behind, act: inClone(dumped) },
  'fsync off': { says: /`fsync` is off/, act: here(withSetting('fsync=off')) },
  'full_page_writes off': {
    says: /`full_page_writes` is off/,
    act: here(withSetting('full_page_writes=off')),
  },
  'an unlogged table': { says: /is unlogged/, act: here(unlogged) },
  'a canceled wait for a standby': { says: /may not last/, act: waiting('pg_cancel_backend') },
  'an ended wait for a standby': {
    says: /may not last/,
    act: waiting('pg_terminate_backend', 'pg_cancel_backend'),
  },
  'a pooler by transaction': {
    says: /a pooler stands before it/,
    needsPooler: true,
    act: pooled('transaction'),
  },
  'a pooler by session': { says: /a pooler stands before it/, needsPooler: true, act: pooled('session') },
}
