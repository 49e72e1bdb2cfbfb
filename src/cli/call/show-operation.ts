import type { Host } from '../../model/host.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeTicket, formatOperationTicket } from '../../report/graph/tickets-text.js'
import {
  describeParticipants,
  formatOperation,
  formatParticipants,
  formatRoutingGroups,
  formatRung,
  settleCommands,
} from '../../report/record/operation-text.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'
import type { Ending, OperationReport } from '../../work/operate/operation-run.js'
import { describeCall, readOperation } from '../../work/operate/read-operation-answer.js'
import type { Arguments } from '../frame/arguments.js'
import { showDiagnostics } from '../frame/show-problems.js'

type Report<Kind> = Extract<OperationReport, { readonly kind: Kind }>

/** Shows what came of an operation: text for people, or with `--json` one document. */
export function showOperation(report: OperationReport, args: Arguments, host: Host): void {
  switch (report.kind) {
    case 'broken':
      showDiagnostics({ ...report, hasErrors: true }, args, host)
      break
    case 'refused':
      showRefusal(report, args, host)
      break
    case 'rung-perhaps':
      showRefusal(describePerhaps(report), args, host)
      break
    case 'rung-already':
      showAlready(report, args, host)
      break
    case 'rung':
      showRung(report, args, host)
      break
    case 'call':
      showCall(report, args, host)
      break
    case 'participants':
      showParticipants(report, args, host)
      break
    case 'routing-groups':
      showRoutingGroups(report, args, host)
      break
    case 'operation':
      showAnswer(report, args, host)
      break
    case 'declined':
      break
  }
}

/** Nothing is done: says why, to people, and with `--json` to programs. */
function showRefusal(
  { code, message, hint, about }: Ending & Pick<OperationReport, 'code'>,
  args: Arguments,
  host: Host,
): void {
  const look = host.terminal.stderr
  if (args.has('json')) {
    const error = { message, ...(hint !== undefined && { hint }) }
    const answer = about === undefined ? {} : describeTicket(about.ticket)
    host.stdout.write(formatJson({ error, ...answer, exitCode: code }))
  }
  const lead = paint(look, 'red', 'error')
  host.stderr.write(`${lead}: ${wrapText(showText(message), look.columns - 7, '  ')}\n`)
  if (hint !== undefined)
    host.stderr.write(`  ${paint(look, 'cyan', wrapText(showText(hint), look.columns - 2, '  '))}\n`)
  if (about !== undefined) host.stderr.write(formatOperationTicket(about.address, about.ticket, look))
}

function describePerhaps({ code, address, words }: Report<'rung-perhaps'>) {
  const message = `The outcome of an earlier invitation or transfer of ${address} is unknown; nothing was sent.`
  const commands = settleCommands(address, words).map((each) => `\`${each}\``)
  return { code, message, hint: `Look at who was rung, then ${commands.join(' or ')}.` }
}

/** Not an error: the second run of a script finds it done. */
function showAlready({ ring, code }: Report<'rung-already'>, args: Arguments, host: Host): void {
  const { address, operation, claimedAt } = ring
  if (args.has('json')) {
    const { outcome, ...claim } = ring
    host.stdout.write(formatJson({ ...claim, outcome, isDoneAlready: true, exitCode: code }))
    return
  }
  host.stdout.write(
    `${showText(address)}: the same ${operation} was accepted at ${claimedAt}; nothing was sent.\n` +
      '  To ring them once more, give `--once WORD` with a word of your own.\n',
  )
}

function showRung(report: Report<'rung'>, args: Arguments, host: Host): void {
  const { claim, outcome, problem, ticket, code, words } = report
  if (problem !== undefined) host.stderr.write(`${showText(problem)}\n`)
  const answer = ticket === undefined ? {} : describeTicket(ticket)
  if (args.has('json')) host.stdout.write(formatJson({ ...claim, outcome, ...answer, exitCode: code }))
  const { text, look } = peopleOf(args, host)
  text.write(`\n${formatRung(claim, outcome, { look, words })}`)
  if (ticket !== undefined) text.write(`\n${formatOperationTicket(claim.address, ticket, look)}`)
}

/** Where text for people goes: with `--json`, stdout is for programs. */
export const peopleOf = (args: Arguments, { stdout, stderr, terminal }: Host) =>
  args.has('json') ? { text: stderr, look: terminal.stderr } : { text: stdout, look: terminal.stdout }

/** Whether names and numbers may be shown in full where the text for people goes. */
export const mayShowPeople = (args: Arguments, { terminal }: Host): boolean =>
  args.has('show-people') || (!args.has('json') && terminal.stdout.isTerminal)

function showCall({ address, callId, call }: Report<'call'>, args: Arguments, host: Host): void {
  const seen = describeCall(call)
  if (args.has('json')) {
    host.stdout.write(formatJson({ address, call: seen }))
    return
  }
  const { result } = readOperation(call)
  const words = `${String(seen['state'] ?? 'no state')}  ${callId}`
  const more = result === undefined ? {} : { result }
  host.stdout.write(formatOperation(address, words, more, host.terminal.stdout))
}

function showParticipants(
  { address, participants }: Report<'participants'>,
  args: Arguments,
  host: Host,
): void {
  const report = { address, participants, showsPeople: mayShowPeople(args, host) }
  if (args.has('json')) host.stdout.write(formatJson(describeParticipants(report)))
  else host.stdout.write(formatParticipants(report, host.terminal.stdout))
}

function showRoutingGroups({ address, groups }: Report<'routing-groups'>, args: Arguments, host: Host): void {
  if (args.has('json')) host.stdout.write(formatJson({ address, groups }))
  else host.stdout.write(formatRoutingGroups(address, groups, host.terminal.stdout))
}

function showAnswer(
  { address, operation, status, seen }: Report<'operation'>,
  args: Arguments,
  host: Host,
): void {
  if (args.has('json')) host.stdout.write(formatJson({ address, operation, status, ...seen }))
  // Some operations are answered without a body.
  else {
    const whole = { ...seen, status: seen.status ?? 'done' }
    host.stdout.write(formatOperation(address, operation, whole, host.terminal.stdout))
  }
}
