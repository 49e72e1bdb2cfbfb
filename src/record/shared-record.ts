import { InternalError } from '../model/errors.js'
import type { RingClaim } from '../model/operation.js'
import type { Brought, SharedClaims, SharedRecord, SharedRows } from '../model/record/shared-record.js'
import { attemptForm } from './attempts/attempt-form.js'
import { readAttempts } from './attempts/attempts.js'
import type { AnyOutcome, ClaimForm, Numbered } from './attempts/claim-form.js'
import { ringForm } from './attempts/ring-form.js'
import { openRings } from './attempts/rings.js'
import { nodeFileSystem } from './disk/file-system.js'
import type { RecordPlace } from './folders/folders.js'
import { readLockfile } from './load-record.js'
import { bringClaims, bringOutcomes, bringRulings, refuseLacking } from './shared/bring.js'
import { openSharedClaims } from './shared/claims.js'
import { inspectSchema, inspectServer } from './shared/inspect.js'
import { type Link, type LinkWorld, openLink } from './shared/link.js'
import { findLacked, type Lacked, type LocalSide } from './shared/local-side.js'
import { readNote, requireNoted, writeNote } from './shared/noted.js'
import { readRows, textOf } from './shared/rows.js'
import { type OwnRun, readRuns, showRun } from './shared/runs.js'
import { readServer } from './shared/server.js'
import type { Session } from './shared/session.js'
import { type Identity, unfit } from './shared/unfit.js'
import { findUnused, findWorkspace, isAccepted } from './shared/workspaces.js'

export interface SharedOptions {
  readonly world: LinkWorld
  readonly environmentName?: string | undefined
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
    if (run !== undefined) await showRun(session, run)
    first ??= found
  }
  const tries = (): number => (first === undefined ? triesToBegin : triesToGoOn)
  const link = openLink(server, { world, inspect, tries })
  return {
    ...link,
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

/** Connects, looks whether the database is fit, reads what it knows, and lets go of it. Throws RecordError. */
export async function openSharedRecord(place: RecordPlace, options: SharedOptions): Promise<SharedRecord> {
  const link = linkTo(place, options)
  try {
    const { lineage, rows } = await link.persist(async (session) => {
      const lineage = await requireLineage(session, place, options)
      return { lineage, rows: await readRows(session, lineage) }
    })
    if (options.isCare !== true)
      refuseLacking(findLacked(readLocal(place), rows), readNote(place) !== undefined)
    return createRecord({ link, place, lineage, options }, rows)
  } finally {
    await link.close()
  }
}

async function requireLineage(
  session: Pick<Session, 'query'>,
  place: RecordPlace,
  { environmentName }: SharedOptions,
): Promise<string> {
  const { lineage } = place
  if (lineage === undefined) return findUnused(session, environmentName)
  const found = await findWorkspace(session, lineage)
  if (found === undefined) {
    throw unfit(
      `it does not know this workspace (lineage ${lineage})`,
      '`callctl record init` registers it, and `callctl record import` takes over what this machine knows.',
    )
  }
  if (found.closed === undefined) return lineage
  throw unfit(
    `this workspace went back to local records on ${found.closed}`,
    '`callctl record init` shares it again.',
  )
}

/** This machine's side, without what is shared. */
export function readLocal({ shared: _, ...place }: RecordPlace): LocalSide {
  const lockfile = readLockfile(place, nodeFileSystem)
  return {
    ...(lockfile !== undefined && { lockfile }),
    attempts: readAttempts(place, nodeFileSystem),
    rings: openRings(place).list(),
  }
}

interface Opened {
  readonly link: WorkspaceLink
  readonly place: RecordPlace
  readonly lineage: string
  readonly options: SharedOptions
}

function createRecord(opened: Opened, read: SharedRows): SharedRecord {
  const { link, place, lineage, options } = opened
  const { uuid, operator } = options.world
  let rows = read
  let run: string | undefined
  const reread = async (): Promise<void> => {
    rows = await link.persist((session) => readRows(session, lineage, run))
  }
  const claiming = { lineage, uuid, run: () => run }
  return {
    lineage,
    rows: () => rows,
    reread,
    begin(command) {
      run = uuid()
      link.show({ id: run, lineage, command, operator })
    },
    async taken(ids) {
      const { rows: found } = await link.persist((session) =>
        session.query("select id from callctl.claim where kind = 'attempt' and id = any($1::uuid[])", [ids]),
      )
      return new Set(found.map(({ id }) => String(id)))
    },
    runs: () => link.persist((session) => readRuns(session, lineage)),
    async bring(what) {
      await reread()
      const lacked = findLacked(readLocal(place), rows)
      if (what.claims !== true) refuseLacking(lacked, true)
      const count = await bringAll(opened, lacked, what)
      if (count > 0) await reread()
      if (options.isCare !== true) writeNote(place, link.identity())
      return count
    },
    attempts: remembering(
      link,
      openSharedClaims(link, { kind: 'attempt', form: attemptForm, ...claiming }),
      attemptForm,
    ),
    rings: remembering(link, openSharedClaims(link, { kind: 'ring', form: ringForm, ...claiming }), ringForm),
    isAlone: (claim) => isAlone(opened, claim),
    async rule({ operationId }, outcome) {
      const rulings = [{ kind: 'ring', id: operationId, text: textOf(outcome) }] as const
      await link.persist((session) => bringRulings(session, { rulings }))
    },
    close: () => link.close(),
  }
}

function remembering<Claim extends Numbered, End extends AnyOutcome>(
  { made }: WorkspaceLink,
  { claim, settle }: SharedClaims<Claim, End>,
  { idOf }: ClaimForm<Claim, End>,
): SharedClaims<Claim, End> {
  return {
    async claim(each) {
      const isOurs = await claim(each)
      if (isOurs) made.add(idOf(each))
      return isOurs
    },
    settle,
  }
}

/** How much there was to bring. */
async function bringAll(
  { link, lineage, options }: Opened,
  lacked: Lacked,
  { claims, rulings }: Brought,
): Promise<number> {
  const { uuid } = options.world
  if (claims === true) await link.persist((session) => bringClaims(session, lacked.claims, { lineage, uuid }))
  await link.persist((session) => bringOutcomes(session, lacked))
  if (rulings === true) await link.persist((session) => bringRulings(session, lacked))
  return Object.values(lacked).reduce((sum, { length }) => sum + length, 0)
}

/** As each looks after it has claimed, of two that ring people for one call at least one sees the other. */
async function isAlone({ link, lineage }: Opened, claim: RingClaim): Promise<boolean> {
  const { rings } = await link.persist((session) => readRows(session, lineage))
  return !rings.some(
    ({ operationId, callId, outcome, damage }) =>
      operationId !== claim.operationId &&
      callId.toLowerCase() === claim.callId.toLowerCase() &&
      (damage !== undefined || outcome === undefined || outcome.kind === 'uncertain'),
  )
}
