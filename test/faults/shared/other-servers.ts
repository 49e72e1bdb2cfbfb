// What becomes of a database: standbys, copies, recoveries, dumps, poolers. Each is a server of its own.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cluster, createCluster, makeFolder, runAsOwner } from '../../helpers/postgres.js'
import { pause } from './links.js'

const superuser = 'callctl_test'

/** A copy of the running server; with `-R` among `words`, one that follows it. */
export function backUp({ folder }: Cluster, ...words: readonly string[]): Cluster {
  const copy = makeFolder()
  const to = ['-D', join(copy, 'data'), '-c', 'fast', '-X', 'stream', '--no-sync']
  runAsOwner('pg_basebackup', ['-h', folder, '-U', superuser, ...to, ...words])
  return createCluster(copy)
}

/** Files of a server that stands still, as a snapshot of its disk has them. */
export async function snapshot(cluster: Cluster): Promise<Cluster> {
  await cluster.stop()
  const copy = makeFolder()
  runAsOwner('/bin/cp', ['-a', join(cluster.folder, 'data'), join(copy, 'data')])
  await cluster.start()
  return createCluster(copy)
}

export async function promote(cluster: Cluster): Promise<void> {
  runAsOwner('pg_ctl', ['promote', '-w', '-D', join(cluster.folder, 'data')])
}

/** Begins anew where the copy was taken, on a timeline of its own. */
export async function recover(copy: Cluster): Promise<void> {
  runAsOwner('/bin/touch', [join(copy.folder, 'data', 'recovery.signal')])
  const settings = [
    'restore_command=/bin/false',
    'recovery_target=immediate',
    'recovery_target_action=promote',
  ]
  await copy.start(settings)
  while ((await copy.sql('select pg_is_in_recovery() as is'))[0]?.['is'] === true) await pause(50)
}

/** The database in a new cluster. */
export async function dump({ folder }: Cluster, database: string): Promise<Cluster> {
  const text = runAsOwner('pg_dump', ['-h', folder, '-U', superuser, '--inserts', database])
  const fresh = createCluster()
  await fresh.start()
  await fresh.sql(`create database ${database}`)
  // Commands of psql’s own are none of the server’s.
  await fresh.sql(text.replace(/^\\.*$/gm, ''), database)
  return fresh
}

const pooler = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path))

export const hasPooler = pooler !== undefined

/** A pooler before the server; the address of a database through it. */
export async function pool(
  { folder }: Cluster,
  database: string,
  mode: 'session' | 'transaction',
): Promise<{ readonly url: string; end(): void }> {
  const own = makeFolder()
  const lines = [
    ...['[databases]', `* = host=${folder} user=${superuser}`, '[pgbouncer]', 'auth_type = any'],
    ...[`pool_mode = ${mode}`, `unix_socket_dir = ${own}`, 'listen_port = 6432', 'listen_addr ='],
    ...[`pidfile = ${join(own, 'pid')}`, `logfile = ${join(own, 'log')}`],
  ]
  const file = join(own, 'pooler.ini')
  writeFileSync(file, `${lines.join('\n')}\n`)
  runAsOwner(pooler!, ['-d', file])
  while (!existsSync(join(own, 'pid'))) await pause(20)
  const pid = Number(readFileSync(join(own, 'pid'), 'utf8'))
  return {
    url: `postgres://${superuser}@localhost:6432/${database}?host=${own}`,
    end() {
      process.kill(pid, 'SIGKILL')
      rmSync(own, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
