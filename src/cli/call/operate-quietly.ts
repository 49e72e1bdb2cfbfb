import { operate } from '../../apply/operate.js'
import type { Answer } from '../../model/call.js'
import { InternalError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import {
  describeParticipants,
  formatOperation,
  formatParticipants,
} from '../../report/record/operation-text.js'
import { interruptible } from '../frame/interruptible.js'
import { endRefused, mayShowPeople, type OperationRun } from './operation-run.js'
import { ticketOfAnswer } from './operation-ticket.js'
import { bodyOf, describeCall, readOperation, readParticipants } from './read-operation-answer.js'

/** An operation that rings nobody: asks Graph, and shows what it says. */
export async function operateQuietly(run: OperationRun): Promise<ExitCode> {
  const { host, kind, call, path, body, ports } = run
  const { effect } = kind
  if (effect === 'rings') throw new InternalError('what rings is not done quietly')
  const request = { method: kind.method, path, ...(body !== undefined && { text: body.text }) }
  const operated = await interruptible(host, (interrupted) =>
    operate({ ...ports, interrupted }, call, request, effect),
  )
  if (operated.kind === 'not-sent')
    return endRefused({ message: `Not sent: ${operated.message}` }, exitCodes.graphRefused, run)
  if (operated.kind === 'answered') {
    const { status } = operated.answer
    return status >= 200 && status <= 299 ? show(operated.answer, run) : refused(operated.answer, run)
  }
  const message = `No answer to \`${kind.name}\`: ${operated.message}`
  if (kind.effect !== 'acts') return endRefused({ message }, exitCodes.graphRefused, run)
  const hint = 'Whether it was done is not known, and it is not sent again: those in the call have heard.'
  return endRefused({ message, hint }, exitCodes.uncertain, run)
}

/** What Graph refused, in its own words. */
export function refused(answer: Answer, run: OperationRun): ExitCode {
  const { status, error } = answer
  const words = error === undefined ? `${status}` : `${status} ${error.code}: ${error.message}`
  const hint = hintFor(status, run)
  const code = status === 401 ? exitCodes.signIn : exitCodes.graphRefused
  return endRefused(
    {
      message: `Graph refused: ${words}`,
      ...(hint !== undefined && { hint }),
      about: { address: run.call.address, ticket: ticketOfAnswer(answer, run) },
    },
    code,
    run,
  )
}

function hintFor(status: number, { kind }: OperationRun): string | undefined {
  if (status === 404 && !kind.path.includes('{id}')) {
    return 'The call has ended: `callctl status --refresh` records that.'
  }
  if (status === 403 && kind.name === 'remove-participant') {
    return 'The tenant has to allow it: Set-CsApplicationMeetingConfiguration.'
  }
  return undefined
}

function show(answer: Answer, run: OperationRun): ExitCode {
  const { kind } = run
  if (kind.name === 'get') return showCall(answer, run)
  if (kind.name === 'participants' || kind.name === 'participant') return showParticipants(answer, run)
  return showOperation(answer, run)
}

function showCall(answer: Answer, { args, host, call }: OperationRun): ExitCode {
  const seen = describeCall(bodyOf(answer))
  const { address, callId } = call
  if (args.has('json')) host.stdout.write(formatJson({ address, call: seen }))
  else {
    const { result } = readOperation(bodyOf(answer))
    const words = `${String(seen['state'] ?? 'no state')}  ${callId}`
    const more = result === undefined ? {} : { result }
    host.stdout.write(formatOperation(address, words, more, host.terminal.stdout))
  }
  return exitCodes.done
}

function showParticipants(answer: Answer, run: OperationRun): ExitCode {
  const { args, host, call } = run
  const report = {
    address: call.address,
    participants: readParticipants(bodyOf(answer)),
    showsPeople: mayShowPeople(run),
  }
  if (args.has('json')) host.stdout.write(formatJson(describeParticipants(report)))
  else host.stdout.write(formatParticipants(report, host.terminal.stdout))
  return exitCodes.done
}

function showOperation(answer: Answer, { args, host, call, kind }: OperationRun): ExitCode {
  const seen = readOperation(bodyOf(answer))
  const { address } = call
  if (args.has('json')) {
    host.stdout.write(formatJson({ address, operation: kind.name, status: answer.status, ...seen }))
  } else host.stdout.write(formatOperation(address, kind.name, withStatus(seen), host.terminal.stdout))
  return seen.status === 'failed' ? exitCodes.graphRefused : exitCodes.done
}

/** Some operations are answered without a body. */
const withStatus = (seen: ReturnType<typeof readOperation>) => ({ ...seen, status: seen.status ?? 'done' })
