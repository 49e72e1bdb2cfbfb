import { decisiveTables, schemaVersion } from './migrations.js'
import type { Server } from './server.js'
import type { Session } from './session.js'
import { type Identity, unfit } from './unfit.js'

const selectState = `select (pg_control_system()).system_identifier::text as system,
  pg_is_in_recovery() as replica,
  case when pg_is_in_recovery() then null
    else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer end as timeline,
  current_setting('fsync') as fsync,
  current_setting('full_page_writes') as pages,
  current_setting('synchronous_commit') as waits,
  current_setting('transaction_isolation') as isolation,
  pg_backend_pid() as process,
  (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as tls,
  to_regclass('callctl.version') is not null as made`

/** Whether a claim that this server says it has taken will last, and be one. Throws RecordError where it may not. */
export async function inspectServer(session: Session, server: Server): Promise<Identity> {
  const { rows } = await session.query(selectState)
  const state = rows[0] ?? {}
  if (state['process'] !== session.processId) {
    throw unfit(
      'a pooler stands before it, which may give each statement another connection',
      'Connect to the server itself: a pooler’s session mode cannot be told from its other ones.',
    )
  }
  if (state['replica'] === true)
    throw unfit('it is a replica, which may not know the newest claims', 'Connect to the primary server.')
  for (const [name, setting] of [
    ['fsync', state['fsync']],
    ['full_page_writes', state['pages']],
    ['synchronous_commit', state['waits']],
  ])
    if (setting !== 'on')
      throw unfit(`its setting \`${name}\` is ${setting}`, 'A claim would not outlast a crash.')
  if (state['isolation'] !== 'read committed') throw unfit(`it isolates by ${state['isolation']}`)
  if (server.tls !== undefined && state['tls'] !== true) throw unfit('the connection has no TLS')
  return { system: String(state['system']), timeline: Number(state['timeline']) }
}

const selectTables = `select name,
  (select relpersistence = 'p' from pg_class where oid = class) as durable,
  exists (select from pg_index where indrelid = class and indisprimary and indisunique and indisvalid) as keyed,
  (select count(*)::integer from pg_index where indrelid = class and indisunique and indisvalid) as keys,
  exists (select from pg_trigger where tgrelid = class and not tgisinternal) as triggered,
  exists (select from pg_rewrite where ev_class = class) as ruled
from (select name, to_regclass('callctl.' || name) as class from unnest($1::text[]) as name) as tables`

/** Whether the tables are those that `record init` made. Throws RecordError. */
export async function inspectSchema(session: Pick<Session, 'query'>): Promise<void> {
  const version = await readVersion(session)
  if (version === undefined) throw unfit('it has no schema `callctl`', '`callctl record init` makes it.')
  if (version > schemaVersion) {
    throw unfit(
      `its schema has version ${version}, and this callctl knows ${schemaVersion}`,
      'Use the callctl that your colleagues use.',
    )
  }
  if (version < schemaVersion)
    throw unfit(
      `its schema has version ${version}, not ${schemaVersion}`,
      '`callctl record init` brings it up.',
    )
  const { rows } = await session.query(selectTables, [decisiveTables])
  for (const row of rows) requireTable(row)
}

function requireTable({
  name,
  durable,
  keyed,
  keys,
  triggered,
  ruled,
}: Readonly<Record<string, unknown>>): void {
  const table = `its table callctl.${name}`
  if (durable === null) throw unfit(`${table} is missing`)
  if (durable !== true) throw unfit(`${table} is unlogged, and would be empty after a crash`)
  if (keyed !== true || (name === 'claim' && Number(keys) < 3))
    throw unfit(`${table} lacks a key, so that two could claim one attempt`)
  if (triggered === true || ruled === true)
    throw unfit(`${table} has a trigger or a rule, which may change what is claimed`)
}

/** Of the schema; undefined where there is none. Throws what the server says. */
export async function readVersion(session: Pick<Session, 'query'>): Promise<number | undefined> {
  const { rows } = await session.query("select to_regclass('callctl.version') is not null as made")
  if (rows[0]?.['made'] !== true) return undefined
  const found = await session.query('select max(version) as version from callctl.version')
  return Number(found.rows[0]?.['version'])
}
