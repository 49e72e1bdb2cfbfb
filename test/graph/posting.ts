// One request over a real socket to a scripted peer.

import type { Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { createGraphCalls } from '../../src/graph/client.js'
import { fixedTokenSource } from '../../src/graph/sign-in/tokens.js'
import type { Answer, Connection } from '../../src/model/call.js'
import { LostAnswerError } from '../../src/model/errors.js'
import { formatAnswer, type Peer, readCertificate, rejection, target, withPeer } from './peer.js'

export const token = 'eyJ0.the-secret-token.sig'
export const request = { attemptId: '0e7a', text: '{"subject":"x"}' }
export const location = 'Location: https://graph.microsoft.com/v1.0/communications/calls/call-1'
export const created = formatAnswer('201 Created', [location, 'request-id: r-1'], '{"id":"call-1"}')

export function connect(peer: Peer, answerTimeout = 5000): Promise<Connection> {
  const calls = createGraphCalls({
    root: { url: peer.root },
    tokens: fixedTokenSource(token),
    version: '0.1.0',
    environment: {},
    now: () => 0,
    answerTimeout,
    trusted: readCertificate('loopback'),
  })
  return calls.connect(target)
}

export async function post(behave: (socket: Socket) => void, answerTimeout?: number): Promise<Answer> {
  let answer: Answer | undefined
  await withPeer(behave, async (peer) => {
    answer = await (await connect(peer, answerTimeout)).create(request)
    assert.is(peer.accepted(), 1)
  })
  return answer!
}

export async function lost(behave: (socket: Socket) => void, answerTimeout?: number): Promise<Error> {
  const error = await rejection(post(behave, answerTimeout))
  assert.instance(error, LostAnswerError)
  assert.not.match(error.message, token)
  return error
}
