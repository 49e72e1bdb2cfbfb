import { operate } from '../../apply/operate.js'
import type { Answer } from '../../model/call.js'
import { InternalError } from '../../model/errors.js'
import { exitCodes } from '../../model/exit-code.js'
import { meaningOf } from '../../model/meaning.js'
import { type OperationReport, type OperationRun, refusal } from './operation-run.js'
import { ticketOfAnswer } from './operation-ticket.js'
import { bodyOf, readOperation, readParticipants, readRoutingGroups } from './read-operation-answer.js'

/** An operation that rings nobody: asks Graph, and reads what it says. */
export async function operateQuietly(run: OperationRun): Promise<OperationReport> {
  const { handlers, kind, call, path, body, ports } = run
  const { effect } = kind
  if (effect === 'rings') throw new InternalError('what rings is not done quietly')
  const request = { method: kind.method, path, ...(body !== undefined && { text: body.text }) }
  const operated = await handlers.interruptible((interrupted) =>
    operate({ ...ports, interrupted }, call, request, effect),
  )
  if (operated.kind === 'not-sent')
    return refusal(exitCodes.graphRefused, { message: `Not sent: ${operated.message}` })
  if (operated.kind === 'answered') return reportAnswer(operated.answer, run)
  const message = `No answer to \`${kind.name}\`: ${operated.message}`
  if (effect !== 'acts') return refusal(exitCodes.graphRefused, { message })
  const hint = 'Whether it was done is not known, and it is not sent again: those in the call have heard.'
  return refusal(exitCodes.uncertain, { message, hint })
}

function reportAnswer(answer: Answer, run: OperationRun): OperationReport {
  if (meaningOf(answer.status) !== 'done') return reportRefusal(answer, run)
  const { kind, call } = run
  const { address, callId } = call
  const body = bodyOf(answer)
  if (kind.name === 'get') return { kind: 'call', code: exitCodes.done, address, callId, call: body }
  if (kind.name === 'participants' || kind.name === 'participant') {
    return { kind: 'participants', code: exitCodes.done, address, participants: readParticipants(body) }
  }
  if (kind.name === 'routing-groups') {
    return { kind: 'routing-groups', code: exitCodes.done, address, groups: readRoutingGroups(body) }
  }
  const seen = readOperation(body)
  const code = seen.status === 'failed' ? exitCodes.graphRefused : exitCodes.done
  return { kind: 'operation', code, address, operation: kind.name, status: answer.status, seen }
}

/** What Graph refused, in its own words. */
export function reportRefusal(answer: Answer, run: OperationRun): OperationReport {
  const { status, error } = answer
  const words = error === undefined ? `${status}` : `${status} ${error.code}: ${error.message}`
  const hint = hintFor(status, run)
  return refusal(meaningOf(status) === 'sign-in' ? exitCodes.signIn : exitCodes.graphRefused, {
    message: `Graph refused: ${words}`,
    ...(hint !== undefined && { hint }),
    about: { address: run.call.address, ticket: ticketOfAnswer(answer, run) },
  })
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
