import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import type { SharedClaims } from '../../model/record/shared-record.js'
import type { AnyOutcome, ClaimForm, Numbered } from '../attempts/claim-form.js'
import { gather } from './batches.js'
import { type CallLimits, findRoom, pastLimit, type Room } from './limits.js'
import type { Link } from './link.js'
import { type Kind, textOf, withoutWords } from './rows.js'
import type { Session } from './session.js'

interface Timed extends Numbered {
  /** ISO 8601, UTC. */
  readonly claimedAt: string
}

interface Options<Claim extends Timed, End extends AnyOutcome> {
  readonly kind: Kind
  readonly form: ClaimForm<Claim, End>
  readonly lineage: string
  readonly uuid: () => string
  /** The run that claims; absent outside of one. */
  readonly run?: () => string | undefined
  /** Absent where there is none. */
  readonly held?: HeldLimits | undefined
}

/** Limits that all runners keep together. */
export interface HeldLimits {
  readonly limits: CallLimits
  /** Hands over which calls have ended, as far as this machine knows. Throws RecordError. */
  tellEnded(): Promise<void>
}

export function openSharedClaims<Claim extends Timed, End extends AnyOutcome>(
  link: Link,
  { kind, form, lineage, uuid, run, held }: Options<Claim, End>,
): SharedClaims<Claim, End> {
  const insertAll = gather(async (rows: readonly ClaimRow[]): Promise<readonly Claimed[]> => {
    const ours = await link.persist((session) => claimAll(session, rows))
    return held === undefined ? ours : keepToLimits(link, { lineage, held, rows, ours })
  })
  const settleAll = gather((rows: readonly OutcomeRow[]) =>
    link.persist((session) => noteAll(session, 'outcome', rows)),
  )
  return {
    // The nonce is this try's own: two runners of one saved plan have the same ids of attempts.
    async claim(claim) {
      const claimed = await insertAll({
        lineage,
        kind,
        key: keyOfAddress(claim.address),
        number: claim.number,
        id: form.idOf(claim),
        nonce: uuid(),
        text: textOf(form.pick(claim)),
        run: run?.(),
      })
      if (typeof claimed === 'boolean') return claimed
      const outcome = { kind: 'not-sent', reason: `limits.${claimed.limit} is reached`, at: claim.claimedAt }
      await settleAll({ kind, id: form.idOf(claim), text: textOf(outcome) })
      throw pastLimit(claim.address, claimed.limit, held!.limits)
    },
    async settle(claim, outcome) {
      const id = form.idOf(claim)
      const standing = await settleAll({ kind, id, text: textOf(withoutWords(outcome)) })
      if (standing === undefined) return
      throw new RecordError(
        `${form.describe(claim, outcome)} STANDS OTHERWISE IN THE SHARED RECORD: ${standing}`,
        'Two programs settled one claim: look at both, and hang up what nobody wants.',
      )
    },
  }
}

/** Ours; somebody else's; or ours, with no room for it. */
type Claimed = boolean | Pick<Room, 'limit'>

interface Lot {
  readonly lineage: string
  readonly held: HeldLimits
  readonly rows: readonly ClaimRow[]
  readonly ours: readonly boolean[]
}

/** Of the claims that are ours, those that the limits have room for. */
async function keepToLimits(link: Link, { lineage, held, rows, ours }: Lot): Promise<readonly Claimed[]> {
  const look = (): Promise<Room> => link.persist((session) => findRoom(session, lineage, held.limits))
  let room = await look()
  if (room.left < 0) {
    await held.tellEnded()
    room = await look()
  }
  const { left, limit } = room
  if (left >= 0) return ours
  const own = rows.filter((_, index) => ours[index])
  const past = new Set(own.slice(Math.max(0, own.length + left)))
  return rows.map((row, index) => (past.has(row) ? { limit } : ours[index]!))
}

export interface ClaimRow {
  readonly lineage: string
  readonly kind: Kind
  readonly key: string
  readonly number: number
  readonly id: string
  readonly nonce: string
  readonly text: string
  readonly run?: string | undefined
}

const insertClaims = `insert into callctl.claim (lineage, kind, address_key, number, id, nonce, claim, run)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[])
on conflict do nothing returning nonce`

/**
 * Whether each claim is ours. After a lost connection the very same rows are inserted again: the insert waits for one
 * that is still under way, where a look would miss it. Whose a row is, its nonce tells. In an order that all runners
 * have, so that none waits for another crosswise.
 */
export async function claimAll(
  session: Pick<Session, 'query'>,
  rows: readonly ClaimRow[],
): Promise<readonly boolean[]> {
  const ordered = rows.toSorted((a, b) => compare(a.key, b.key) || a.number - b.number)
  const { rows: made, notices } = await session.query(insertClaims, [
    ordered.map(({ lineage }) => lineage),
    ordered.map(({ kind }) => kind),
    ordered.map(({ key }) => key),
    ordered.map(({ number }) => number),
    ordered.map(({ id }) => id),
    ordered.map(({ nonce }) => nonce),
    ordered.map(({ text }) => text),
    ordered.map(({ run }) => run ?? null),
  ])
  // A canceled wait for a standby succeeds with a remark: the row is not where a fail-over would find it.
  if (notices.length > 0) throw notDurable(notices)
  const ours = new Set<unknown>(made.map(({ nonce }) => nonce))
  const others = rows.map(({ nonce }) => nonce).filter((nonce) => !ours.has(nonce))
  if (others.length > 0) for (const nonce of await findEarlier(session, others)) ours.add(nonce)
  return rows.map(({ nonce }) => ours.has(nonce))
}

/**
 * Rows of an earlier try whose answer was lost. Its wait for a standby may have ended with its connection, or with the
 * server, and inserting what is there waits for nothing: so something is written that is waited for in its stead.
 */
async function findEarlier(
  session: Pick<Session, 'query'>,
  nonces: readonly string[],
): Promise<readonly unknown[]> {
  const { rows } = await session.query('select nonce from callctl.claim where nonce = any($1::uuid[])', [
    nonces,
  ])
  if (rows.length === 0) return []
  const { notices } = await session.query("select pg_logical_emit_message(true, 'callctl', 'claimed')")
  if (notices.length > 0) throw notDurable(notices)
  return rows.map(({ nonce }) => nonce)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const notDurable = (notices: readonly string[]): RecordError =>
  new RecordError(
    `The shared record claimed an attempt with a remark, so that it may not last: ${notices.join('; ')}`,
    'Nothing was sent; what was claimed shows as uncertain. Look at the standbys of the database.',
  )

export interface OutcomeRow {
  readonly kind: Kind
  readonly id: string
  readonly text: string
}

/**
 * Notes what became of claims, each once: what an outcome says that stands already, where it says something else.
 * Remarks do not matter here: the same outcome is on the disk of whoever writes it.
 */
export async function noteAll(
  session: Pick<Session, 'query'>,
  table: 'outcome' | 'ruling' | 'ending',
  rows: readonly OutcomeRow[],
): Promise<readonly (string | undefined)[]> {
  const ordered = rows.toSorted((a, b) => compare(a.id, b.id))
  const values = [
    ordered.map(({ kind }) => kind),
    ordered.map(({ id }) => id),
    ordered.map(({ text }) => text),
  ]
  const { rows: made } = await session.query(
    `insert into callctl.${table} (kind, id, outcome) select * from unnest($1::text[], $2::uuid[], $3::text[])
on conflict do nothing returning id`,
    values,
  )
  const written = new Set(made.map(({ id }) => id))
  const rest = rows.filter(({ id }) => !written.has(id.toLowerCase()))
  if (rest.length === 0) return rows.map(() => undefined)
  const { rows: found } = await session.query(
    `select kind, id, outcome from callctl.${table} where id = any($1::uuid[])`,
    [rest.map(({ id }) => id)],
  )
  const standing = new Map(found.map(({ kind, id, outcome }) => [`${kind} ${id}`, String(outcome)]))
  return rows.map(({ kind, id, text }) => {
    const stands = standing.get(`${kind} ${id.toLowerCase()}`)
    return stands === undefined || stands === text ? undefined : stands
  })
}
