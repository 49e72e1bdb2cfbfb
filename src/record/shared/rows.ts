import { isJsonObject } from '../../model/json.js'
import type { SharedEnding, SharedRows } from '../../model/record/shared-record.js'
import { attemptForm } from '../attempts/attempt-form.js'
import type { AnyOutcome, ClaimForm, Numbered, Recorded } from '../attempts/claim-form.js'
import { ringForm } from '../attempts/ring-form.js'
import { haveTwoCalls, isFurther } from '../lockfile/outcome-order.js'
import { isAlive } from './runs.js'
import type { Session } from './session.js'

export type Kind = 'attempt' | 'ring'

/** One line of JSON. PostgreSQL's texts cannot hold a zero byte, and JSON escapes it. */
export const textOf = (value: object): string => JSON.stringify(value)

/** Graph's own words, and what was left of an answer, may name people: they stay on the disk of who got them. */
export function withoutWords(outcome: AnyOutcome): object {
  const { raw: _, ...rest } = outcome as AnyOutcome & { readonly raw?: string }
  return rest.kind === 'refused' ? { ...rest, message: '' } : rest
}

const selectRows = `select c.kind, c.number, c.id, c.claim, o.outcome, r.outcome as ruling, e.outcome as ending,
  o.id is null and c.run is distinct from $2 and c.run in (
    select id from callctl.run where lineage = $1 and ${isAlive('id')}) as flying
from callctl.claim c
left join callctl.outcome o on (o.kind, o.id) = (c.kind, c.id)
left join callctl.ruling r on (r.kind, r.id) = (c.kind, c.id)
left join callctl.ending e on (e.kind, e.id) = (c.kind, c.id)
where c.lineage = $1 order by c.address_key, c.number`

/** All that the database knows of a workspace. What cannot be read is `damage`, never left out. */
export async function readRows(
  session: Pick<Session, 'query'>,
  lineage: string,
  ownRun?: string,
): Promise<SharedRows> {
  const { rows } = await session.query(selectRows, [lineage, ownRun ?? null])
  const attempts = rows.filter(({ kind }) => kind === 'attempt').map((row) => readRow(attemptForm, row))
  const endings = rows.flatMap(({ ending }, index) => (ending === null ? [] : readEnding(rows[index]!)))
  return {
    attempts,
    rings: rows.filter(({ kind }) => kind === 'ring').map((row) => readRow(ringForm, row)),
    endings,
    inFlight: new Set(rows.filter(({ flying }) => flying === true).map(({ id }) => String(id))),
  }
}

type Row = Readonly<Record<string, unknown>>

/** Under the number of its row, by which the next one is claimed; the claim's own may be that of another machine. */
function readRow<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  { number, id, claim, outcome, ruling }: Row,
): Recorded<Claim, End> {
  const known = form.read(parse(claim))
  const name = { address: addressIn(claim), number: Number(number) }
  const whole = known ?? { ...form.unknown(name), [form.idKey]: String(id) }
  const texts = [outcome, ruling].filter((text) => text !== null)
  const outcomes = texts.map((text) => form.readOutcome(parse(text)))
  const [seen, ruled] = outcomes
  const last = ruled !== undefined && isFurther(ruled, seen) ? ruled : seen
  const damage = [
    known === undefined || outcomes.includes(undefined) ? 'its row in the shared record cannot be read' : '',
    haveTwoCalls(outcomes) ? 'its rows in the shared record hold two call ids' : '',
  ].find((text) => text !== '')
  return {
    ...whole,
    number: Number(number),
    ...(last !== undefined && { outcome: last }),
    ...(damage !== undefined && { damage }),
  }
}

function addressIn(claim: unknown): string {
  const value = parse(claim)
  const address = isJsonObject(value) ? value['address'] : undefined
  return typeof address === 'string' ? address : ''
}

function readEnding({ id, claim, ending }: Row): readonly SharedEnding[] {
  const value = parse(ending)
  const at = isJsonObject(value) ? value['at'] : undefined
  return typeof at === 'string' ? [{ address: addressIn(claim), attemptId: String(id), at }] : []
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
