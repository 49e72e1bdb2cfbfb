import { type Answer, type GraphTarget, parseEndpoint } from '../model/call.js'
import { LostAnswerError, NotSentError, SignInError } from '../model/errors.js'
import { mayPass } from '../model/meaning.js'
import type { Entry } from '../model/record/lockfile.js'
import type { CallResult } from '../model/run.js'
import { backoffTime, throttleTime } from './backoff.js'
import { pauseOf } from './classify-answer.js'
import type { LiveCall } from './live-call.js'
import type { Run } from './run.js'
import { createHangUpTicket } from './ticket.js'

/** What one request came to. A request to hang up is safe to repeat, so nothing about it is uncertain. */
type Asked =
  | { readonly kind: 'ended' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string; readonly mayPass: boolean; readonly answer?: Answer }

/** Ends one live call. Makes no claim. */
export async function hangUpCall(run: Run, address: string, entry: Entry): Promise<CallResult> {
  const result = await endCall(run, address, entry)
  run.report({ event: 'result', result })
  return result
}

/** As hangUpCall, and reports nothing but waiting. */
export async function endCall(run: Run, address: string, entry: LiveCall): Promise<CallResult> {
  const callId = entry.callId!
  const target = parseEndpoint(entry.endpoint, entry.cloud)
  if (target === undefined) {
    const message = `not hung up: no endpoint can be read from ${entry.endpoint} (${entry.cloud ?? 'global'})`
    return { address, kind: 'hang-up-failed', message }
  }
  let failure: Extract<Asked, { kind: 'failed' }> | undefined
  for (let tries = 1; ; tries += 1) {
    const asked = await askOnce(run, target, callId)
    if (asked.kind === 'ended') {
      return { address, kind: 'ended', ended: { callId, at: run.time() }, message: `ended: call ${callId}` }
    }
    if (asked.kind === 'stopped' && failure === undefined) {
      return { address, kind: 'skipped', message: `not hung up: ${run.stop.reason()}` }
    }
    if (asked.kind === 'failed') failure = asked
    const backoff = backoffTime(tries - 1, run.ports.random(), run.bounds)
    const throttle = throttleOf(asked, backoff, run)
    if (throttle !== undefined) run.throttle(throttle, address)
    if (asked.kind === 'stopped' || !asked.mayPass || tries >= run.bounds.hangUpTries) {
      const ticket = failure?.answer && createHangUpTicket(entry, failure.answer, run.time())
      const message = `not hung up: ${failure?.message}`
      return { address, kind: 'hang-up-failed', message, ...(ticket && { ticket }) }
    }
    if (throttle === undefined) await run.pause(backoff, address, asked.message)
  }
}

async function askOnce(run: Run, target: GraphTarget, callId: string): Promise<Asked> {
  const leave = await run.slots.take()
  try {
    await run.gate.pass()
    if (run.stop.reason() !== undefined) return { kind: 'stopped' }
    const token = await run.session.signIn()
    if (run.stop.reason() !== undefined) return { kind: 'stopped' }
    const answer = await run.ports.calls.hangUp(target, callId)
    if (answer.status !== 401) return readAnswer(answer)
    run.session.renew(token)
    await run.session.signIn()
    return readAnswer(await run.ports.calls.hangUp(target, callId))
  } catch (error) {
    return readFailure(run, error)
  } finally {
    leave()
  }
}

function readAnswer(answer: Answer): Asked {
  const { status } = answer
  if ((status >= 200 && status <= 299) || status === 404 || status === 410) return { kind: 'ended' }
  const message = describe(answer)
  return { kind: 'failed', message, mayPass: mayPass(status), answer }
}

/** How long all senders wait: where Graph asks for it, or throttles without saying how long. */
function throttleOf(asked: Asked, backoff: number, { bounds }: Run): number | undefined {
  if (asked.kind !== 'failed' || asked.answer === undefined || !asked.mayPass) return undefined
  const pause = pauseOf(asked.answer)
  return pause === undefined ? undefined : throttleTime(pause || backoff / 1000, bounds)
}

function readFailure(run: Run, error: unknown): Asked {
  if (error instanceof SignInError) {
    run.stop.forSignIn(error)
    return { kind: 'stopped' }
  }
  if (error instanceof LostAnswerError) return { kind: 'failed', message: error.message, mayPass: true }
  if (!(error instanceof NotSentError)) throw error
  return { kind: 'failed', message: error.message, mayPass: error.retryable }
}

const describe = ({ status, error }: Answer): string =>
  error === undefined ? `answer ${status}` : `${status} ${error.code}: ${error.message}`
