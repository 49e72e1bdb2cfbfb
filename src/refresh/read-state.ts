import type { Answer } from '../model/call.js'
import type { CallEnd, Observation } from '../model/plan.js'

type State = Pick<Observation, 'state' | 'end'>
type Problem = Pick<Observation, 'problem' | 'answer'>

/** A call's state from the answer to a GET: `gone` when Graph no longer knows the call. */
export function readState(answer: Answer): State | Problem {
  const { status, error, call, requestId } = answer
  if (status === 404 || status === 410) return { state: 'gone' }
  if (status < 200 || status > 299) {
    const problem = error === undefined ? `answer ${status}` : `${status} ${error.code}: ${error.message}`
    const seen = { status, ...(error && { code: error.code }), ...(requestId !== undefined && { requestId }) }
    return { problem, answer: seen }
  }
  const state = call?.['state']
  if (typeof state !== 'string' || state === '') return { problem: `answer ${status} without a state` }
  const end = readEnd(call?.['resultInfo'])
  return { state: state.charAt(0).toLowerCase() + state.slice(1), ...(end && { end }) }
}

function readEnd(info: unknown): CallEnd | undefined {
  if (typeof info !== 'object' || info === null) return undefined
  const { code, subcode, message } = info as { readonly [name: string]: unknown }
  if (typeof code !== 'number' || typeof subcode !== 'number') return undefined
  return {
    code,
    subcode,
    ...(typeof message === 'string' && message !== '' && { message: message.slice(0, longestMessage) }),
  }
}

const longestMessage = 200
