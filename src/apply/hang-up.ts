import { type Answer, parseEndpoint } from '../model/call.js'
import { SignInError } from '../model/errors.js'
import { meaningOf } from '../model/meaning.js'
import type { Entry } from '../model/record/lockfile.js'
import type { CallResult } from '../model/run.js'
import { isAnswer, type Sent, send } from '../send/send.js'
import type { LiveCall } from './live-call.js'
import type { ApplyPorts } from './ports.js'
import type { Run } from './run.js'
import { createHangUpTicket } from './ticket.js'

/** Ends one live call. Makes no claim. */
export async function hangUpCall(run: Run<ApplyPorts>, address: string, entry: Entry): Promise<CallResult> {
  const result = await endCall(run, address, entry)
  run.report({ event: 'result', result })
  return result
}

/** As hangUpCall, and reports nothing but waiting. */
export async function endCall(run: Run<ApplyPorts>, address: string, entry: LiveCall): Promise<CallResult> {
  const callId = entry.callId!
  const target = parseEndpoint(entry.endpoint, entry.cloud)
  if (target === undefined) {
    const message = `not hung up: no endpoint can be read from ${entry.endpoint} (${entry.cloud ?? 'global'})`
    return { address, kind: 'hang-up-failed', message }
  }
  const ended = await send(run, {
    // A request to hang up is safe to repeat, so nothing about it is uncertain.
    repeat: 'always',
    send: () => run.ports.calls.hangUp(target, callId),
    waits: (time, after, isForAll) => {
      if (isForAll) run.tellThrottle(time, address)
      else run.tellPause(time, address, describe(after))
    },
  })
  if ('stopped' in ended && ended.stopped instanceof SignInError) run.stop.forSignIn(ended.stopped)
  const sent = 'stopped' in ended ? ended.last : ended.sent
  if (sent === undefined) return { address, kind: 'skipped', message: `not hung up: ${run.stop.reason()}` }
  if (isAnswer(sent) && hasEnded(sent)) {
    return { address, kind: 'ended', ended: { callId, at: run.time() }, message: `ended: call ${callId}` }
  }
  const ticket = isAnswer(sent) ? createHangUpTicket(entry, sent, run.time()) : undefined
  const message = `not hung up: ${describe(sent)}`
  return { address, kind: 'hang-up-failed', message, ...(ticket && { ticket }) }
}

/** What Graph does not know is over, too. */
const hasEnded = ({ status }: Answer): boolean =>
  meaningOf(status) === 'done' || status === 404 || status === 410

function describe(sent: Sent): string {
  if (!isAnswer(sent)) return sent.message
  const { status, error } = sent
  return error === undefined ? `answer ${status}` : `${status} ${error.code}: ${error.message}`
}
