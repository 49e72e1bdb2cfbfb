import { RecordError } from '../../model/errors.js'
import type { Limits } from '../../model/language/settings.js'
import type { Session } from './session.js'

/** What a workspace lets its runners have together. */
export type CallLimits = Pick<Limits, 'concurrentCalls' | 'callsPerMonth'>

/** How many more calls there may be, and which limit says so. */
export interface Room {
  readonly left: number
  readonly limit: keyof CallLimits
}

export const hasLimits = ({ concurrentCalls, callsPerMonth }: CallLimits): boolean =>
  (concurrentCalls ?? callsPerMonth) !== undefined

/**
 * As a plan counts them: a call is live until it is known to have ended, and what may have rung did. Months are those of
 * the database's clock; what was imported counts by the time that it names.
 */
const selectUse = `with month as (
  select date_trunc('month', clock_timestamp() at time zone 'utc') as start
), attempt as (
  select e.id is null as live, c.at at time zone 'utc' >= month.start and (c.run is not null
      or coalesce(c.claim::jsonb->>'claimedAt', '') = ''
      or c.claim::jsonb->>'claimedAt' >= to_char(month.start, 'YYYY-MM-DD') collate "C") as placed,
    o.outcome::jsonb->>'kind' as seen, r.outcome::jsonb->>'kind' as ruled
  from month, callctl.claim c
  left join callctl.outcome o on (o.kind, o.id) = (c.kind, c.id)
  left join callctl.ruling r on (r.kind, r.id) = (c.kind, c.id)
  left join callctl.ending e on (e.kind, e.id) = (c.kind, c.id)
  where c.lineage = $1 and c.kind = 'attempt'
)
select count(*) filter (where live)::integer as live, count(*) filter (where placed)::integer as placed
from attempt where 'placed' in (seen, ruled)
  or coalesce(seen, '') not in ('not-sent', 'refused') and coalesce(ruled, '') not in ('not-sent', 'refused')`

/**
 * The room that the limits leave. Whoever has claimed and then counts, sees every claim that was made before: so of all
 * who claim at once no more go on than there is room for, and perhaps fewer.
 */
export async function findRoom(
  session: Pick<Session, 'query'>,
  lineage: string,
  { concurrentCalls, callsPerMonth }: CallLimits,
): Promise<Room> {
  const { rows } = await session.query(selectUse, [lineage])
  const { live, placed } = rows[0] ?? {}
  const rooms: readonly Room[] = [
    { limit: 'concurrentCalls', left: (concurrentCalls ?? Number.POSITIVE_INFINITY) - Number(live) },
    { limit: 'callsPerMonth', left: (callsPerMonth ?? Number.POSITIVE_INFINITY) - Number(placed) },
  ]
  return rooms.reduce((least, room) => (room.left < least.left ? room : least))
}

export const pastLimit = (address: string, limit: keyof CallLimits, limits: CallLimits): RecordError =>
  new RecordError(
    `${JSON.stringify(address)}: limits.${limit} is ${limits[limit]}, and all runners together have reached it`,
    limit === 'concurrentCalls'
      ? 'Nothing was sent. `callctl status --refresh` records calls that have ended.'
      : 'Nothing was sent. The month is counted in UTC, by the clock of the database.',
  )
