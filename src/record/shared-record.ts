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
import { hasLimits } from './shared/limits.js'
import { findLacked, type Lacked, type LocalSide } from './shared/local-side.js'
import { readNote, writeNote } from './shared/noted.js'
import { readRows, textOf } from './shared/rows.js'
import { readRuns } from './shared/runs.js'
import type { Session } from './shared/session.js'
import { unfit } from './shared/unfit.js'
import { linkTo, type SharedOptions, type WorkspaceLink } from './shared/workspace-link.js'
import { findUnused, findWorkspace } from './shared/workspaces.js'

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
  const { limits = {} } = options
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
    taken: (ids) => link.persist((session) => findTaken(session, ids)),
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
      openSharedClaims(link, {
        kind: 'attempt',
        form: attemptForm,
        ...claiming,
        ...(hasLimits(limits) && { held: { limits, tellEnded: () => tellEnded(opened, rows) } }),
      }),
      attemptForm,
    ),
    rings: remembering(link, openSharedClaims(link, { kind: 'ring', form: ringForm, ...claiming }), ringForm),
    throttles: link.throttles,
    isAlone: (claim) => isAlone(opened, claim),
    async rule({ operationId }, outcome) {
      const rulings = [{ kind: 'ring', id: operationId, text: textOf(outcome) }] as const
      await link.persist((session) => bringRulings(session, { rulings }))
    },
    close: () => link.close(),
  }
}

async function findTaken(
  session: Pick<Session, 'query'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await session.query(
    "select id from callctl.claim where kind = 'attempt' and id = any($1::uuid[])",
    [ids],
  )
  return new Set(rows.map(({ id }) => String(id)))
}

/** Calls that this machine knows to have ended: they make room. */
async function tellEnded({ link, place }: Opened, rows: SharedRows): Promise<void> {
  const { endings } = findLacked(readLocal(place), rows)
  await link.persist((session) => bringOutcomes(session, { outcomes: [], endings }))
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
