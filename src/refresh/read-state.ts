import type { Answer } from '../model/call.js'

/** A call's state from the answer to a GET: `gone` when Graph no longer knows the call. */
export function readState(answer: Answer): { readonly state: string } | { readonly problem: string } {
  const { status, error, call } = answer
  if (status === 404 || status === 410) return { state: 'gone' }
  if (status < 200 || status > 299) {
    return { problem: error === undefined ? `answer ${status}` : `${status} ${error.code}: ${error.message}` }
  }
  const state = call?.['state']
  if (typeof state !== 'string' || state === '') return { problem: `answer ${status} without a state` }
  return { state: state.charAt(0).toLowerCase() + state.slice(1) }
}
