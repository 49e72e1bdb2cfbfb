import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import { plural } from '../../model/words/count.js'
import { claimAll, noteAll, type OutcomeRow } from './claims.js'
import type { Lacked, LackedClaim } from './local-side.js'
import type { Session } from './session.js'

type Asked = Pick<Session, 'query'>

/** So that no statement gets too long. */
const atOnce = 1000

/**
 * Writes what is known of claims that are there. The same again changes nothing. Another outcome than the one that
 * stands is told: two programs, or two people, say different things of one request.
 */
export async function bringOutcomes(
  session: Asked,
  { outcomes, endings }: Pick<Lacked, 'outcomes' | 'endings'>,
): Promise<void> {
  await note(session, 'outcome', outcomes)
  for (const lot of split(endings)) await noteAll(session, 'ending', lot)
}

export const bringRulings = (session: Asked, { rulings }: Pick<Lacked, 'rulings'>): Promise<void> =>
  note(session, 'ruling', rulings)

async function note(session: Asked, table: 'outcome' | 'ruling', rows: readonly OutcomeRow[]): Promise<void> {
  for (const lot of split(rows)) {
    const standing = await noteAll(session, table, lot)
    const index = standing.findIndex((each) => each !== undefined)
    if (index === -1) continue
    const { id, text } = lot[index]!
    throw new RecordError(
      `The shared record has another outcome of ${id} than this machine: ${standing[index]}, here ${text}`,
      'Look at both; `callctl audit` shows this machine’s.',
    )
  }
}

/** Under the first number that is free where its own is another claim's: two machines counted by themselves before. */
export async function bringClaims(
  session: Asked,
  claims: readonly LackedClaim[],
  { lineage, uuid }: { readonly lineage: string; readonly uuid: () => string },
): Promise<void> {
  let rest = claims.map(({ address, ...claim }) => ({
    ...claim,
    key: keyOfAddress(address),
    lineage,
    nonce: uuid(),
  }))
  while (rest.length > 0) {
    const next: typeof rest = []
    for (const lot of split(rest)) {
      const ours = await claimAll(session, lot)
      const known = await idsAmong(
        session,
        lot.filter((_, index) => !ours[index]),
      )
      for (const [index, each] of lot.entries())
        if (!ours[index] && !known.has(each.id.toLowerCase())) next.push({ ...each, number: each.number + 1 })
    }
    rest = next
  }
}

async function idsAmong(
  session: Asked,
  claims: readonly { readonly kind: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  if (claims.length === 0) return new Set()
  const { rows } = await session.query('select id from callctl.claim where id = any($1::uuid[])', [
    claims.map(({ id }) => id),
  ])
  return new Set(rows.map(({ id }) => String(id)))
}

function* split<Each>(all: readonly Each[]): Generator<readonly Each[]> {
  for (let start = 0; start < all.length; start += atOnce) yield all.slice(start, start + atOnce)
}

/** Every attempt that this machine knows is in a database that was not set back. */
export function refuseLacking({ claims }: Pick<Lacked, 'claims'>, isNoted: boolean): void {
  const [first] = claims
  if (first === undefined) return
  const what = plural(claims.length, 'attempt')
  if (!isNoted) {
    throw new RecordError(
      `The shared record lacks ${what} that this machine knows, such as one of ${first.address}`,
      '`callctl record import` takes this machine’s record over.',
    )
  }
  throw new RecordError(
    `The shared record lacks ${what} that it had, such as one of ${first.address}: it was set back, or a run was killed before it had claimed there`,
    'Stop all runners, and find out. `callctl record import` on each machine puts back what they know; what none of them knows would be placed again.',
  )
}
