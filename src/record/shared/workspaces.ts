import { RecordError } from '../../model/errors.js'
import type { Session } from './session.js'
import { type Identity, unfit } from './unfit.js'

type Asked = Pick<Session, 'query'>

export interface Registered {
  readonly lineage: string
  /** When the workspace went back to local records, in the database's words; absent while it is shared. */
  readonly closed?: string
}

/** Whether a person has said that this database, as it is now, goes on as the record. */
export async function isAccepted(session: Asked, { system, timeline }: Identity): Promise<boolean> {
  const { rows } = await session.query(
    'select from callctl.acceptance where system_identifier = $1 and timeline = $2',
    [system, timeline],
  )
  return rows.length > 0
}

export async function accept(session: Asked, { system, timeline }: Identity, by: string): Promise<void> {
  await session.query(
    'insert into callctl.acceptance (system_identifier, timeline, accepted_by) values ($1, $2, $3)',
    [system, timeline, by],
  )
}

export async function findWorkspace(session: Asked, lineage: string): Promise<Registered | undefined> {
  const { rows } = await session.query(
    'select lineage, closed_at::text as closed from callctl.workspace where lineage = $1',
    [lineage],
  )
  return rows.map(describe)[0]
}

const describe = ({ lineage, closed }: Readonly<Record<string, unknown>>): Registered => ({
  lineage: String(lineage),
  ...(closed !== null && { closed: String(closed) }),
})

/**
 * The workspace that a checkout without lockfile is: the only one that is registered for its environment, while nothing is
 * claimed. Later a missing lockfile is a loss. Throws RecordError.
 */
export async function findUnused(session: Asked, environmentName: string | undefined): Promise<string> {
  const { rows } = await session.query(
    `select lineage, exists (select from callctl.claim c where c.lineage = w.lineage) as used
from callctl.workspace w where environment is not distinct from $1 and closed_at is null`,
    [environmentName ?? null],
  )
  const [only, ...more] = rows
  if (only === undefined)
    throw unfit(
      'it does not know this workspace',
      '`callctl record init` registers it, and makes its lockfile.',
    )
  if (more.length === 0 && only['used'] !== true) return String(only['lineage'])
  throw new RecordError(
    'There is no lockfile here, and the shared record has claims that may be this workspace’s',
    'Restore the lockfile with git: `callctl record init` made one, to be committed.',
  )
}

export async function register(
  session: Asked,
  {
    lineage,
    environmentName,
    by,
  }: Readonly<Record<'lineage', string>> & {
    readonly environmentName: string | undefined
    readonly by: string | undefined
  },
): Promise<void> {
  await session.query(
    `insert into callctl.workspace (lineage, environment, created_by) values ($1, $2, $3)
on conflict (lineage) do update set closed_at = null, closed_by = null`,
    [lineage, environmentName ?? null, by ?? null],
  )
}

export async function closeWorkspace(session: Asked, lineage: string, by: string | undefined): Promise<void> {
  await session.query(
    'update callctl.workspace set closed_at = clock_timestamp(), closed_by = $2 where lineage = $1',
    [lineage, by ?? null],
  )
}
