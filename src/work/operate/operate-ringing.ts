import { type PlannedRing, type Rung, ring } from '../../apply/ring.js'
import type { OperationBody } from '../../compile/payload/check-body.js'
import { keyOfAddress } from '../../model/address.js'
import { InternalError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { RecordedRing, RingOutcome, Rings } from '../../model/operation.js'
import { openRings } from '../../record/attempts/rings.js'
import { ringsInBoth } from '../../record/both-records.js'
import { loadRecord } from '../../record/load-record.js'
import { findEarlier } from './earlier-rings.js'
import { type OperationReport, type OperationRun, refusal } from './operation-run.js'
import { ticketOfRing } from './operation-ticket.js'

/** Whether an earlier ring of this call decides what happens now: nothing is sent then. Throws UsageError. */
export function endByEarlier(run: OperationRun): OperationReport | undefined {
  const { options, graph, call } = run
  const once = readOnce(options.once)
  const wanted = { ...claimOf(run), callId: call.callId, ...(once !== undefined && { once }) }
  const { lockfile } = loadRecord(graph.place)
  const earlier = findEarlier(openRings(graph.place).list(), lockfile, wanted)
  if (earlier.kind === 'none') return undefined
  if (earlier.kind === 'done') return { kind: 'rung-already', code: exitCodes.done, ring: earlier.ring }
  const { address } = call
  return { kind: 'rung-perhaps', code: exitCodes.uncertain, address, words: graph.words }
}

function claimOf({ kind, call, body }: OperationRun) {
  if (body === undefined || (kind.name !== 'invite' && kind.name !== 'transfer'))
    throw new InternalError(`${kind.name} rings nobody`)
  return { address: call.address, operation: kind.name, digest: body.digest }
}

/** An operation that rings people: says whom, asks, claims, sends once, and tells what is known of it then. */
export async function operateRinging(run: OperationRun): Promise<OperationReport> {
  const { options, handlers, compiled, graph, kind, call } = run
  const body = run.body!
  const rings = openRings(graph.place)
  const known = rings.list()
  const once = readOnce(options.once)
  const claim = claimOf(run)
  const { people, numbers } = body
  const count = people.length + numbers.length
  const { address, operation } = claim
  const report = { address, operation, people, numbers, destination: graph.destination }
  handlers.tellRings(report)
  const { people: limit } = compiled.compilation.settings.limits
  if (limit !== undefined && count > limit) {
    return refusal(exitCodes.refused, {
      message: `It would ring ${count}; limits.people allows ${limit}.`,
    })
  }
  if (!(await handlers.confirm(report))) return { kind: 'declined', code: exitCodes.refused }
  const { shared } = graph.place
  return send(run, shared === undefined ? rings : ringsInBoth(shared, rings), {
    target: call.target,
    callId: call.callId,
    method: kind.method,
    path: run.path,
    number: numberAfter(known, address),
    answered: operationsOf(known),
    claim: { ...claim, rings: count, ...(once !== undefined && { once }) },
    textFor: (operationId) => textFor(body, kind.name, operationId),
  })
}

const longestOnce = 200

function readOnce(text: string | undefined): string | undefined {
  if (text === undefined || (text.trim() !== '' && text.length <= longestOnce)) return text
  throw new UsageError(`\`--once\` takes a word of 1 to ${longestOnce} characters.`)
}

/** By its clientContext, a notification about an invitation tells which request it is of. */
function textFor({ value, text }: OperationBody, name: string, operationId: string): string {
  if (name !== 'invite' || value['clientContext'] !== undefined) return text
  return `${JSON.stringify({ ...value, clientContext: operationId }, null, 2)}\n`
}

const operationsOf = (rings: readonly RecordedRing[]): ReadonlyMap<string, string> =>
  new Map(
    rings.flatMap(({ outcome, address }) =>
      outcome?.kind === 'accepted' && outcome.graphOperation !== undefined
        ? [[outcome.graphOperation.toLowerCase(), address]]
        : [],
    ),
  )

const numberAfter = (rings: readonly RecordedRing[], address: string): number =>
  rings.reduce(
    (highest, each) =>
      keyOfAddress(each.address) === keyOfAddress(address) ? Math.max(highest, each.number) : highest,
    0,
  ) + 1

async function send(run: OperationRun, rings: Rings, planned: PlannedRing): Promise<OperationReport> {
  const { world, handlers, ports, graph } = run
  const { operator, elapsed } = world
  let isClaimed = false
  const rung = await handlers.interruptible(
    (interrupted) =>
      ring(
        {
          ...ports,
          interrupted,
          rings,
          ...(operator !== undefined && { operator }),
          ...(elapsed !== undefined && { elapsed }),
          claimed(claim) {
            isClaimed = true
            handlers.claimed?.(claim, graph.words)
          },
        },
        planned,
      ),
    () => isClaimed,
  )
  return reportRung(rung, run)
}

function reportRung(rung: Rung, run: OperationRun): OperationReport {
  switch (rung.kind) {
    case 'settled':
      return reportSettled(rung, run)
    case 'not-sent':
      return refusal(exitCodes.graphRefused, { message: `Nobody was rung: ${rung.message}` })
    case 'elsewhere':
      return refusal(exitCodes.record, {
        message: 'Another run has just claimed a ring of this call; nothing was sent.',
      })
    case 'no-claim':
      return refusal(exitCodes.record, { message: `Nobody was rung: ${rung.message}` })
  }
}

function reportSettled(
  { claim, outcome, problem }: Extract<Rung, { kind: 'settled' }>,
  run: OperationRun,
): OperationReport {
  const isRecorded = problem === undefined || outcome.kind === 'uncertain'
  const ticket = ticketOfRing(claim, outcome, run)
  return {
    kind: 'rung',
    code: isRecorded ? codes[outcome.kind] : exitCodes.record,
    claim,
    outcome,
    words: run.graph.words,
    ...(problem !== undefined && { problem }),
    ...(ticket !== undefined && { ticket }),
  }
}

const codes: Readonly<Record<RingOutcome['kind'], ExitCode>> = {
  accepted: exitCodes.done,
  refused: exitCodes.graphRefused,
  'not-sent': exitCodes.graphRefused,
  uncertain: exitCodes.uncertain,
}
