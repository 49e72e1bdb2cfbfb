// The judge: from what the server saw and what lies on the disk, whether a call rang twice or an id was lost. It
// reads the record with code of its own, so that a mistake in callctl's reading cannot hide another one.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestLogLine } from '../../src/simulator/request-log.js'

/** What a server says of one request. */
export type Posted = Pick<RequestLogLine, 'method' | 'clientRequestId' | 'callId' | 'created'>

export interface Evidence {
  /** From the server, every request since the workspace was made. */
  readonly posted: readonly Posted[]
  readonly attempts: string
  readonly lockfile: string
  /** Where rescue files may lie besides the record's own folder. */
  readonly temporary?: string
  /** All that callctl wrote to stderr and stdout: an id's last refuge. */
  readonly told?: string
  /** How often a person gave leave to ring an address again. */
  readonly leaves?: ReadonlyMap<string, number>
  /** Whether `posted` may lack calls that have ended, so that an id it does not have says nothing. */
  readonly lacksEnded?: boolean
}

export interface History {
  readonly posts: number
  readonly rang: number
  /** The most often that one address rang. */
  readonly mostRings: number
  /** Addresses whose outcome nobody knows yet. */
  readonly uncertain: number
  /** Of these, the ones that did not ring. */
  readonly neverRang: number
  /** Addresses that are placed. */
  readonly placed: number
  readonly lost: number
  readonly violations: readonly string[]
}

interface Known {
  readonly address: string
  readonly callIds: ReadonlySet<string>
  /** Placed, refused or not sent, by the slot or a rescue file. */
  readonly isSettled: boolean
  readonly isPlaced: boolean
}

export function checkHistory(evidence: Evidence): History {
  const known = readKnown(evidence)
  const posts = evidence.posted.filter(({ method }) => method === 'POST')
  const rings = posts.filter(({ created }) => created)
  const ringsOf = countBy(rings, ({ clientRequestId = '' }) => known.get(clientRequestId)?.address ?? '?')
  const lost = rings.filter((ring) => !isKept(ring, known, evidence.told ?? ''))
  const open = [...known].filter(([, attempt]) => !attempt.isSettled)
  const rangIds = new Set(rings.map(({ clientRequestId }) => clientRequestId))
  return {
    posts: posts.length,
    rang: rings.length,
    mostRings: Math.max(0, ...ringsOf.values()),
    uncertain: open.length,
    neverRang: open.filter(([id]) => !rangIds.has(id)).length,
    placed: new Set([...known.values()].filter(({ isPlaced }) => isPlaced).map(({ address }) => address))
      .size,
    lost: lost.length,
    violations: [
      ...findDoubles(ringsOf, evidence.leaves),
      ...lost.map(({ callId, clientRequestId }) => `the id ${callId} of attempt ${clientRequestId} is lost`),
      ...findStrays(posts, known),
      ...(evidence.lacksEnded === true ? [] : findInvented(rings, known)),
      ...checkLockfile(evidence, known),
    ],
  }
}

function findDoubles(
  rings: ReadonlyMap<string, number>,
  leaves?: ReadonlyMap<string, number>,
): readonly string[] {
  return [...rings]
    .filter(([address, count]) => count > 1 + (leaves?.get(address) ?? 0))
    .map(([address, count]) => `${address} rang ${count} times`)
}

/** The id is recorded, or its attempt stands open, or callctl told it. */
function isKept(
  { clientRequestId = '', callId = '' }: Posted,
  known: ReadonlyMap<string, Known>,
  told: string,
) {
  const attempt = known.get(clientRequestId)
  if (attempt === undefined) return false
  return attempt.callIds.has(callId) || !attempt.isSettled || told.includes(callId)
}

/** Requests without a claim, and claims with more than one request. */
function findStrays(posts: readonly Posted[], known: ReadonlyMap<string, Known>): readonly string[] {
  const counts = countBy(posts, ({ clientRequestId = '' }) => clientRequestId)
  return [...counts].flatMap(([id, count]) => [
    ...(known.has(id) ? [] : [`a request was sent without a claim: ${id}`]),
    ...(count > 1 ? [`attempt ${id} was sent ${count} times`] : []),
  ])
}

function findInvented(rings: readonly Posted[], known: ReadonlyMap<string, Known>): readonly string[] {
  const issued = new Set(rings.map(({ callId }) => callId))
  return [...known.values()].flatMap(({ address, callIds }) =>
    [...callIds]
      .filter((id) => !issued.has(id))
      .map((id) => `${address} has the id ${id} that nobody issued`),
  )
}

/** The projection may be behind, but it may not contradict: each of its attempts is one of ours. */
function checkLockfile(
  { lockfile, posted, lacksEnded }: Evidence,
  known: ReadonlyMap<string, Known>,
): readonly string[] {
  if (!existsSync(lockfile)) return []
  const issued = new Set(posted.map(({ callId }) => callId))
  const claimed = new Set([...known.values()].map(({ address }) => address))
  try {
    const { calls } = JSON.parse(readFileSync(lockfile, 'utf8')) as { calls: Record<string, Entry> }
    return Object.entries(calls).flatMap(([address, { state, attempt, callId }]) => [
      ...(state === 'uncertain' && !claimed.has(address) && !known.has(attempt)
        ? [`${address} is uncertain without a claim`]
        : []),
      ...(lacksEnded !== true && callId !== undefined && !issued.has(callId)
        ? [`${address}: ${callId} was never issued`]
        : []),
    ])
  } catch (error) {
    return [`the lockfile cannot be read: ${String(error)}`]
  }
}

interface Entry {
  readonly state: string
  readonly attempt: string
  readonly callId?: string
}

interface Sealed {
  readonly address?: string
  readonly attemptId?: string
  readonly kind?: string
  readonly callId?: string
}

/** Attempts by their id. */
function readKnown({ attempts, temporary }: Evidence): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>()
  const rescues = [...readRescues(join(attempts, 'rescue')), ...readRescues(temporary)]
  for (const name of list(attempts).filter((each) => each.includes('@') && !each.startsWith('.'))) {
    const bytes = readFileSync(join(attempts, name))
    const claim = unseal(bytes.subarray(0, 4096))
    const id = claim?.attemptId
    if (claim?.address === undefined || id === undefined) continue
    const slot = unseal(bytes.subarray(4096))
    const outcomes = [slot, ...rescues.filter(({ attemptId }) => attemptId === id)]
    const callIds = new Set(outcomes.flatMap((outcome) => outcome?.callId ?? []))
    const isSettled = outcomes.some((outcome) => outcome !== undefined && outcome.kind !== 'uncertain')
    known.set(id, { address: claim.address, callIds, isSettled, isPlaced: callIds.size > 0 })
  }
  return known
}

function readRescues(folder: string | undefined): readonly Sealed[] {
  if (folder === undefined) return []
  return list(folder).flatMap((name) => {
    if (!name.endsWith('.json') || !(name.includes('@') || name.startsWith('callctl-rescue-'))) return []
    const record = unseal(readFileSync(join(folder, name))) as
      | { claim?: Sealed; outcome?: Sealed }
      | undefined
    return record?.claim === undefined ? [] : [{ ...record.outcome, attemptId: record.claim.attemptId ?? '' }]
  })
}

function unseal(bytes: Buffer): Sealed | undefined {
  try {
    return (JSON.parse(bytes.toString('utf8')) as { record?: Sealed }).record
  } catch {
    return undefined
  }
}

const list = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : [])

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
