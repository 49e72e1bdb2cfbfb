import { RecordError } from '../model/errors.js'
import type { SharedRecord } from '../model/record/shared-record.js'
import { attemptForm } from './attempts/attempt-form.js'
import type { AnyOutcome, ClaimForm, Numbered, Recorded } from './attempts/claim-form.js'
import { type Claims, startClaims } from './attempts/claims.js'
import { ringForm } from './attempts/ring-form.js'
import { placeOfRings } from './attempts/rings.js'
import { nodeFileSystem } from './disk/file-system.js'
import { finishNow } from './disk/syncing.js'
import type { RecordPlace } from './folders/folders.js'
import { asShared, createLockfile, loadRecord, readLockfile, saveLockfile } from './load-record.js'
import { inspectServer } from './shared/inspect.js'
import { openLink } from './shared/link.js'
import { findLacked } from './shared/local-side.js'
import { makeSchema } from './shared/make-schema.js'
import { removeNote, writeNote } from './shared/noted.js'
import { readRuns } from './shared/runs.js'
import { readServer } from './shared/server.js'
import type { Identity } from './shared/unfit.js'
import { linkTo, type SharedOptions } from './shared/workspace-link.js'
import { accept, closeWorkspace, register } from './shared/workspaces.js'
import { openSharedRecord, readLocal } from './shared-record.js'

// What a person does to a shared record: makes it, takes a machine's record over, goes on after a fail-over, and goes back.

export interface MadeRecord {
  readonly lineage: string
  /** Of the schema that was there before; absent where there was none. */
  readonly before?: number
  readonly identity: Identity
}

/** Makes the schema, the workspace's lockfile and its row. What is there stays. Throws RecordError. */
export async function initSharedRecord(place: RecordPlace, options: SharedOptions): Promise<MadeRecord> {
  const { world, environmentName } = options
  const server = readServer(world.environment)
  let identity: Identity | undefined
  const link = openLink(server, {
    world,
    tries: () => 3,
    inspect: async (session) => {
      identity = await inspectServer(session, server)
    },
  })
  try {
    const before = await link.persist(makeSchema)
    const { lineage } = createLockfile(place, place.lineage ?? world.uuid())
    await link.persist((session) => register(session, { lineage, environmentName, by: world.operator }))
    saveLockfile(place, asShared(readLockfile(place, nodeFileSystem)!))
    return { lineage, identity: identity!, ...(before !== undefined && { before }) }
  } finally {
    await link.close()
  }
}

/** Takes over what this machine knows; returns how much of it was news. May be done again. */
export async function importIntoShared(place: RecordPlace, options: SharedOptions): Promise<number> {
  const shared = await openSharedRecord(place, { ...options, isCare: true })
  try {
    return await shared.bring({ claims: true, rulings: true })
  } finally {
    await shared.close()
  }
}

/** Notes by whose word this database, as it is now, goes on. What this machine knows has to be in it. */
export async function acceptShared(place: RecordPlace, options: SharedOptions): Promise<Identity> {
  const shared = await openSharedRecord(place, { ...options, isCare: true })
  const { claims } = findLacked(readLocal(place), shared.rows())
  if (claims.length > 0)
    throw new RecordError(
      `The shared record lacks ${claims.length} of the attempts that this machine knows`,
      '`callctl record import` comes first, on each machine that has placed calls.',
    )
  const link = linkTo(place, { ...options, isCare: true })
  try {
    await link.persist((session) => accept(session, link.identity(), options.world.operator ?? 'unknown'))
    writeNote(place, link.identity())
    return link.identity()
  } finally {
    await link.close()
  }
}

/**
 * Writes what the shared record knows to this disk and into the lockfile; returns how many claims were news. With
 * `leaves`, the workspace goes back to local records: whoever still has the database's name is refused.
 */
export async function exportShared(
  place: RecordPlace,
  { leaves, ...options }: SharedOptions & { readonly leaves: boolean },
): Promise<number> {
  const shared = await openSharedRecord(place, { ...options, isCare: true })
  // Closed first: what is claimed after it was read would be known to nobody here.
  if (leaves) await leave(place, shared, options)
  const { attempts, rings } = shared.rows()
  const local = readLocal(place)
  createLockfile(place, shared.lineage)
  const count =
    writeClaims(attemptForm, place, attempts, local.attempts) +
    writeClaims(ringForm, placeOfRings(place), rings, local.rings)
  const { lockfile } = loadRecord({ ...place, shared })
  const { record: _, ...alone } = lockfile
  saveLockfile(place, leaves ? alone : asShared(lockfile))
  if (leaves) removeNote(place)
  return count
}

/** Throws RecordError while a runner is at work: it would go on to claim. */
async function leave(place: RecordPlace, shared: SharedRecord, options: SharedOptions): Promise<void> {
  const link = linkTo(place, { ...options, isCare: true })
  try {
    const [atWork] = (await link.persist((session) => readRuns(session, shared.lineage))).filter(
      ({ isAlive }) => isAlive,
    )
    if (atWork !== undefined) {
      throw new RecordError(
        `A runner is at work on the shared record: ${atWork.command}, since ${atWork.at}`,
        'Wait for it, or end it; `callctl status --runs` shows it.',
      )
    }
    await link.persist((session) => closeWorkspace(session, shared.lineage, options.world.operator))
    await shared.reread()
  } finally {
    await link.close()
    await shared.close()
  }
}

function writeClaims<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  shared: readonly Recorded<Claim, End>[],
  own: readonly Recorded<Claim, End>[],
): number {
  const claims = startClaims(form, place, nodeFileSystem)
  const known = new Map(own.map((each) => [form.idOf(each), each]))
  let count = 0
  for (const { outcome, damage, ...rest } of shared) {
    const claim = rest as unknown as Claim
    if (damage !== undefined) continue
    const mine = known.get(form.idOf(claim))
    const written = mine ?? publishFree(claims, claim)
    if (mine === undefined) count += 1
    if (outcome !== undefined && mine?.outcome === undefined)
      finishNow(nodeFileSystem, claims.settle(written, outcome as End))
  }
  return count
}

/** Under the first number that no file here has. */
function publishFree<Claim extends Numbered, End extends AnyOutcome>(
  claims: Claims<Claim, End>,
  claim: Claim,
): Claim {
  for (let { number } = claim; ; number++) {
    const each = { ...claim, number }
    if (finishNow(nodeFileSystem, claims.publish(each))) return each
  }
}
