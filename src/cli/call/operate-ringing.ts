import { type PlannedRing, type Rung, ring } from '../../apply/ring.js'
import type { OperationBody } from '../../compile/payload/check-body.js'
import { keyOfAddress } from '../../model/address.js'
import { exitCodeOf } from '../../model/error-codes.js'
import { InternalError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { RecordedRing, RingClaim, RingOutcome } from '../../model/operation.js'
import { openRings } from '../../record/attempts/rings.js'
import { loadRecord } from '../../record/load-record.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeTicket, formatOperationTicket } from '../../report/graph/tickets-text.js'
import {
  formatRingPlan,
  formatRung,
  settleCommands,
  unknownAdvice,
} from '../../report/record/operation-text.js'
import { showText } from '../../report/text/paint.js'
import { confirm } from '../frame/confirm.js'
import { describeInternal } from '../frame/error-codes.js'
import { interruptible } from '../frame/interruptible.js'
import { findEarlier } from './earlier-rings.js'
import { endRefused, mayShowPeople, type OperationRun } from './operation-run.js'
import { ticketOfRing } from './operation-ticket.js'

/** Whether an earlier ring of this call decides what happens now: nothing is sent then. Throws UsageError. */
export function endByEarlier(run: OperationRun): ExitCode | undefined {
  const { args, graph, call } = run
  const once = readOnce(args.text('once'))
  const wanted = { ...claimOf(run), callId: call.callId, ...(once !== undefined && { once }) }
  const { lockfile } = loadRecord(graph.place)
  const earlier = findEarlier(openRings(graph.place).list(), lockfile, wanted)
  if (earlier.kind === 'none') return undefined
  return earlier.kind === 'unknown' ? endUnknown(run) : endDone(earlier.ring, run)
}

function claimOf({ kind, call, body }: OperationRun) {
  if (body === undefined || (kind.name !== 'invite' && kind.name !== 'transfer'))
    throw new InternalError(`${kind.name} rings nobody`)
  return { address: call.address, operation: kind.name, digest: body.digest }
}

/** An operation that rings people: shows whom, asks, claims, sends once, and says what is known of it then. */
export async function operateRinging(run: OperationRun): Promise<ExitCode> {
  const { args, host, compiled, graph, kind, call } = run
  const body = run.body!
  const rings = openRings(graph.place)
  const known = rings.list()
  const once = readOnce(args.text('once'))
  const claim = claimOf(run)
  const report = { ...claim, ...body, destination: graph.destination, showsPeople: mayShowPeople(run) }
  const text = args.has('json') ? host.stderr : host.stdout
  const look = args.has('json') ? host.terminal.stderr : host.terminal.stdout
  text.write(formatRingPlan(report, look))
  const totals = { people: body.people.length, numbers: body.numbers.length }
  const count = totals.people + totals.numbers
  const { people: limit } = compiled.compilation.settings.limits
  if (limit !== undefined && count > limit) {
    return endRefused(
      { message: `It would ring ${count}; limits.people allows ${limit}.` },
      exitCodes.refused,
      run,
    )
  }
  if (!(await confirm({ totals }, args, host))) return exitCodes.refused
  const planned: PlannedRing = {
    target: call.target,
    callId: call.callId,
    method: kind.method,
    path: run.path,
    number: numberAfter(known, call.address),
    answered: operationsOf(known),
    claim: { ...claim, rings: count, ...(once !== undefined && { once }) },
    textFor: (operationId) => textFor(body, kind.name, operationId),
  }
  return send(planned, run, rings)
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
    (highest, ring) =>
      keyOfAddress(ring.address) === keyOfAddress(address) ? Math.max(highest, ring.number) : highest,
    0,
  ) + 1

async function send(
  planned: PlannedRing,
  run: OperationRun,
  rings: ReturnType<typeof openRings>,
): Promise<ExitCode> {
  const { host, ports, call } = run
  const { operator, elapsed } = host
  let isClaimed = false
  const leave = (): ExitCode => {
    const advice = unknownAdvice(call.address, run.graph.words, host.terminal.stderr)
    host.stderr.write(`${isClaimed ? advice : 'Leaving: nothing was sent.'}\n`)
    return isClaimed ? exitCodes.uncertain : exitCodes.stopped
  }
  const tell = (text: string): void => host.stderr.write(text)
  try {
    const rung = await interruptible(
      host,
      (interrupted) =>
        ring(
          {
            ...ports,
            interrupted,
            rings,
            ...(operator !== undefined && { operator }),
            ...(elapsed !== undefined && { elapsed }),
            claimed() {
              isClaimed = true
            },
          },
          planned,
        ),
      { tell, leave },
    )
    return showRung(rung, run)
  } catch (error) {
    if (!isClaimed || exitCodeOf(error) !== exitCodes.internal) throw error
    // Exit code 1 would say that nobody was rung.
    host.stderr.write(
      `${describeInternal(error)}\n${unknownAdvice(call.address, run.graph.words, host.terminal.stderr)}\n`,
    )
    return exitCodes.uncertain
  }
}

function showRung(rung: Rung, run: OperationRun): ExitCode {
  switch (rung.kind) {
    case 'settled':
      return showSettled(rung.claim, rung.outcome, rung.problem, run)
    case 'not-sent':
      return endRefused({ message: `Nobody was rung: ${rung.message}` }, exitCodes.graphRefused, run)
    case 'elsewhere':
      return endRefused(
        { message: 'Another run has just claimed a ring of this call; nothing was sent.' },
        exitCodes.record,
        run,
      )
    case 'no-claim':
      return endRefused({ message: `Nobody was rung: ${rung.message}` }, exitCodes.record, run)
  }
}

function showSettled(
  claim: RingClaim,
  outcome: RingOutcome,
  problem: string | undefined,
  run: OperationRun,
): ExitCode {
  const { args, host } = run
  const code = problem === undefined ? codes[outcome.kind] : exitCodes.record
  if (problem !== undefined) host.stderr.write(`${showText(problem)}\n`)
  const exitCode = outcome.kind === 'uncertain' ? exitCodes.uncertain : code
  const ticket = ticketOfRing(claim, outcome, run)
  const answer = ticket === undefined ? {} : describeTicket(ticket)
  if (args.has('json')) host.stdout.write(formatJson({ ...claim, outcome, ...answer, exitCode }))
  const text = args.has('json') ? host.stderr : host.stdout
  const look = args.has('json') ? host.terminal.stderr : host.terminal.stdout
  text.write(`\n${formatRung(claim, outcome, { look, words: run.graph.words })}`)
  if (ticket !== undefined) text.write(`\n${formatOperationTicket(claim.address, ticket, look)}`)
  return exitCode
}

const codes: Readonly<Record<RingOutcome['kind'], ExitCode>> = {
  accepted: exitCodes.done,
  refused: exitCodes.graphRefused,
  'not-sent': exitCodes.graphRefused,
  uncertain: exitCodes.uncertain,
}

function endUnknown(run: OperationRun): ExitCode {
  const { address } = run.call
  const message = `The outcome of an earlier invitation or transfer of ${address} is unknown; nothing was sent.`
  const commands = settleCommands(address, run.graph.words).map((each) => `\`${each}\``)
  const hint = `Look at who was rung, then ${commands.join(' or ')}.`
  return endRefused({ message, hint }, exitCodes.uncertain, run)
}

/** Not an error: the second run of a script finds it done. */
function endDone(earlier: RecordedRing, { args, host }: OperationRun): ExitCode {
  const { address, operation, claimedAt } = earlier
  if (args.has('json')) {
    const { outcome, ...claim } = earlier
    host.stdout.write(formatJson({ ...claim, outcome, isDoneAlready: true, exitCode: exitCodes.done }))
  } else {
    host.stdout.write(
      `${showText(address)}: the same ${operation} was accepted at ${claimedAt}; nothing was sent.\n` +
        '  To ring them once more, give `--once WORD` with a word of your own.\n',
    )
  }
  return exitCodes.done
}
