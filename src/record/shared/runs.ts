import type { SharedRun } from '../../model/record/shared-record.js'
import type { Session } from './session.js'

type Asked = Pick<Session, 'query'>

/** What a run is known by: a row, and while a connection of it stands, a lock that nobody waits for. */
export interface OwnRun {
  readonly id: string
  readonly lineage: string
  readonly command: string
  readonly operator: string | undefined
}

/** Of a run's lock, which the server frees with its connection. It shows who is alive, and guards nothing. */
const lockOf = (id: string): string => `hashtextextended(${id}::text, 64201)`

/** On each connection of the run. */
export async function showRun(session: Asked, { id, lineage, command, operator }: OwnRun): Promise<void> {
  await session.query(
    'insert into callctl.run (id, lineage, command, operator) values ($1, $2, $3, $4) on conflict do nothing',
    [id, lineage, command, operator ?? null],
  )
  await session.query(`select pg_try_advisory_lock_shared(${lockOf('$1::uuid')})`, [id])
}

/** Whether some connection of the run in this column stands. */
export const isAlive = (column: string): string =>
  `exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32 | objid::bigint) = ${lockOf(column)})`

const selectRuns = `select r.id, r.command, r.operator,
  to_char(r.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, ${isAlive('r.id')} as alive,
  (select count(*)::integer from callctl.claim c where c.run = r.id) as claims,
  (select count(*)::integer from callctl.claim c left join callctl.outcome o on (o.kind, o.id) = (c.kind, c.id)
    where c.run = r.id and o.id is null) as open
from callctl.run r where r.lineage = $1 order by r.at desc limit 100`

/** The newest hundred runs of a workspace, the newest first. */
export async function readRuns(session: Asked, lineage: string): Promise<readonly SharedRun[]> {
  const { rows } = await session.query(selectRuns, [lineage])
  return rows.map(({ id, command, operator, at, alive, claims, open }) => ({
    id: String(id),
    command: String(command),
    ...(operator !== null && { operator: String(operator) }),
    at: String(at),
    isAlive: alive === true,
    claims: Number(claims),
    open: Number(open),
  }))
}
