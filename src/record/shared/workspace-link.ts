import { InternalError } from '../../model/errors.js'
import type { SharedThrottles } from '../../model/record/shared-record.js'
import type { RecordPlace } from '../folders/folders.js'
import { inspectSchema, inspectServer } from './inspect.js'
import type { CallLimits } from './limits.js'
import { type Link, type LinkWorld, openLink } from './link.js'
import { readNote, requireNoted } from './noted.js'
import { type OwnRun, showRun } from './runs.js'
import { readServer } from './server.js'
import type { Session } from './session.js'
import { createThrottles, listen } from './throttles.js'
import { type Identity, unfit } from './unfit.js'
import { isAccepted } from './workspaces.js'

export interface SharedOptions {
  readonly world: LinkWorld
  readonly environmentName?: string | undefined
  /** That all runners keep together. */
  readonly limits?: CallLimits | undefined
  /** For whoever repairs what makes others refuse: a database that is another one, or lacks what this machine knows. */
  readonly isCare?: boolean
}

/** Tries to connect: while a command begins, somebody waits; while calls are in flight, an outcome does. */
const triesToBegin = 3
const triesToGoOn = 40

export interface WorkspaceLink extends Link {
  identity(): Identity
  /** Shown on each connection from now on. */
  show(run: OwnRun): void
  readonly throttles: SharedThrottles
  /** Ids of claims that the database has taken from this process: one that has lost them was set back meanwhile. */
  readonly made: Set<string>
}

/** A link to the workspace's database. Each of its connections is looked at before anything is asked. */
export function linkTo(place: RecordPlace, { world, isCare = false }: SharedOptions): WorkspaceLink {
  const server = readServer(world.environment)
  const made = new Set<string>()
  let first: Identity | undefined
  let run: OwnRun | undefined
  const inspect = async (session: Session): Promise<void> => {
    const found = await inspectServer(session, server)
    await inspectSchema(session)
    // A fail-over in the middle of a run is one, too.
    if (first === undefined) {
      if (!isCare) await requireKnown(session, readNote(place), found)
    } else {
      requireNoted(first, found)
      await requireMade(session, made)
    }
    if (run !== undefined) {
      await showRun(session, run)
      await listen(session)
    }
    first ??= found
  }
  const tries = (): number => (first === undefined ? triesToBegin : triesToGoOn)
  const throttles = createThrottles(
    () => link,
    () => run,
  )
  const link = openLink(server, { world, inspect, tries, hear: throttles.heard })
  return {
    ...link,
    async close() {
      await throttles.told()
      await link.close()
    },
    throttles,
    made,
    show(own) {
      run = own
    },
    identity() {
      if (first === undefined) throw new InternalError('no connection to the shared record has been made')
      return first
    },
  }
}

async function requireMade(session: Session, made: ReadonlySet<string>): Promise<void> {
  const { rows } = await session.query(
    'select from unnest($1::uuid[]) as made(id) where not exists (select from callctl.claim c where c.id = made.id) limit 1',
    [[...made]],
  )
  if (rows.length > 0) throw unfit('it was set back while this run went on: it lacks what it had claimed')
}

async function requireKnown(session: Session, noted: Identity | undefined, found: Identity): Promise<void> {
  const isSame = noted === undefined || (noted.system === found.system && noted.timeline === found.timeline)
  // An old primary is never accepted.
  if (!isSame && noted.timeline <= found.timeline && (await isAccepted(session, found))) return
  requireNoted(noted, found)
}
