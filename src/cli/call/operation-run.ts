// Operations on a live call: what is asked for, whether it rings, and what came of it.

import type { OperatePorts } from '../../apply/operate.js'
import type { OperationBody } from '../../compile/payload/check-body.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { CallFacts, OperationKind } from '../../model/operation.js'
import type { Ticket } from '../../model/run.js'
import type { Refusal } from '../../plan/refuse-operation.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeTicket, formatOperationTicket } from '../../report/graph/tickets-text.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'
import type { GraphAccess } from '../../work/apply/graph-access.js'
import type { CompiledWorkspace } from '../../work/workspace/compile-workspace.js'
import type { Arguments } from '../frame/arguments.js'
import type { PlacedCall } from './placed-call.js'

/** One operation on one live call, checked as far as that goes without Graph. */
export interface OperationRun {
  readonly args: Arguments
  readonly host: Host
  readonly compiled: CompiledWorkspace
  readonly graph: GraphAccess
  readonly kind: OperationKind
  readonly call: PlacedCall
  /** With the name that it takes besides the address filled in. */
  readonly path: string
  readonly body: OperationBody | undefined
  readonly facts: CallFacts
  readonly ports: Omit<OperatePorts, 'interrupted'>
}

/** Why nothing was done; `about` is what Graph answered to a request, where there was one. */
interface Ending extends Refusal {
  readonly about?: { readonly address: string; readonly ticket: Ticket }
}

/** Nothing is done: says why, to people, and with `--json` to programs. */
export function endRefused(
  { message, hint, about }: Ending,
  code: ExitCode,
  { args, host }: Pick<OperationRun, 'args' | 'host'>,
): ExitCode {
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
  return code
}

/** Whether names and numbers may be shown in full where the text for people goes. */
export function mayShowPeople({ args, host }: Pick<OperationRun, 'args' | 'host'>): boolean {
  return args.has('show-people') || (!args.has('json') && host.terminal.stdout.isTerminal)
}
