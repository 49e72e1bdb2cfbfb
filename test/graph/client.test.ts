import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createGraphCalls, type GraphSettings } from '../../src/graph/client.js'
import { fixedTokenSource, type TokenSource } from '../../src/graph/sign-in/tokens.js'
import { cloudRoot } from '../../src/graph/wire/roots.js'
import { NotSentError, SignInError, UsageError } from '../../src/model/errors.js'
import {
  afterRequest,
  answering,
  formatAnswer,
  readCertificate,
  rejection,
  target,
  withPeer,
} from './peer.js'

const test = suite('graph/client')
const token = 'eyJ0.the-secret-token.sig'
const attemptId = '7d4c1a52-9c0f-4f0e-8f1e-0b6a3f1c2d3e'

const graph = (url: string, settings: Partial<GraphSettings> = {}) =>
  createGraphCalls({
    root: { url },
    tokens: fixedTokenSource(token),
    version: '0.1.0',
    environment: {},
    now: () => 0,
    ...settings,
  })

const placed = answering(formatAnswer('201 Created', [], '{"id":"call-1","state":"establishing"}'))

test('posts the payload byte for byte, with its headers', async () => {
  await withPeer(placed, async (peer) => {
    const text = '{\n  "subject": "Ünïcode ☎ \\u0000"\n}\n'
    const connection = await graph(peer.root).connect({ ...target, version: 'beta', collection: 'app' })
    assert.is(connection.isOpen(), true)
    await connection.create({ attemptId, text })
    const [head = '', body = ''] = peer.received().split('\r\n\r\n')
    assert.is(Buffer.from(body, 'latin1').toString('utf8'), text)
    const [line, ...headers] = head.split('\r\n')
    assert.is(line, 'POST /beta/app/calls HTTP/1.1')
    assert.equal(headers.map((header) => header.toLowerCase()).sort(), [
      'accept-encoding: identity',
      'accept: application/json',
      `authorization: bearer ${token.toLowerCase()}`,
      `client-request-id: ${attemptId}`,
      'connection: close',
      `content-length: ${Buffer.byteLength(text)}`,
      'content-type: application/json',
      `host: 127.0.0.1:${peer.port}`,
      'return-client-request-id: true',
      `scenario-id: ${attemptId}`,
      'user-agent: callctl/0.1.0',
    ])
    assert.match(head, `Authorization: Bearer ${token}`)
    assert.is(connection.isOpen(), false)
  })
})

test('places a call over TLS, at the route of an application, behind a path', async () => {
  await withPeer(
    placed,
    async (peer) => {
      const calls = graph(`${peer.root}/gateway/`, { trusted: readCertificate('loopback') })
      const applicationTarget = {
        ...target,
        version: 'beta',
        collection: 'application',
        applicationId: 'a b',
      } as const
      const answer = await (await calls.connect(applicationTarget)).create({ attemptId, text: '{}' })
      assert.is(answer.callId, 'call-1')
      assert.match(peer.received(), 'POST /gateway/beta/applications/a%20b/calls HTTP/1.1')
    },
    'loopback',
  )
})

for (const status of [301, 302, 303, 307, 308]) {
  test(`a ${status} is an answer: neither call nor token go on`, async () => {
    await withPeer(placed, async (other) => {
      const moved = answering(
        formatAnswer(`${status} Moved`, [`Location: ${other.root}/v1.0/communications/calls/x`], ''),
      )
      await withPeer(moved, async (peer) => {
        const answer = await (await graph(peer.root).connect(target)).create({ attemptId, text: '{}' })
        assert.equal([answer.status, answer.callId], [status, undefined])
        assert.is((await graph(peer.root).get(target, 'call-1')).status, status)
        assert.equal([peer.accepted(), other.accepted()], [2, 0])
      })
    })
  })
}

test('421 and 401 are answers and nothing is sent again', async () => {
  for (const status of ['421 Misdirected Request', '401 Unauthorized']) {
    await withPeer(answering(formatAnswer(status, [], '')), async (peer) => {
      const answer = await (await graph(peer.root).connect(target)).create({ attemptId, text: '{}' })
      assert.equal(answer, { status: Number(status.slice(0, 3)) })
      assert.is(peer.accepted(), 1)
    })
  }
})

test('gets a call, its id percent-encoded, and hangs it up', async () => {
  const behave = afterRequest((socket, request) => {
    const answer = request.startsWith('GET')
      ? formatAnswer('200 OK', [], '{"id":"a=b:c+d","state":"Established"}')
      : 'HTTP/1.1 204 No Content\r\nrequest-id: r-1\r\n\r\n'
    socket.end(answer)
  })
  await withPeer(behave, async (peer) => {
    const calls = graph(peer.root)
    assert.is((await calls.get(target, 'a=b:c+d')).call?.['state'], 'established')
    assert.equal(await calls.hangUp(target, 'a=b:c+d'), { status: 204, requestId: 'r-1' })
    const lines = peer.received().match(/^(GET|DELETE|POST) .*$/gm)
    assert.equal(lines, [
      'GET /v1.0/communications/calls/a%3Db%3Ac%2Bd HTTP/1.1',
      'DELETE /v1.0/communications/calls/a%3Db%3Ac%2Bd HTTP/1.1',
    ])
    assert.is(peer.accepted(), 2)
  })
})

test('an id or a route that would climb in the path is not sent', async () => {
  await withPeer(placed, async (peer) => {
    const calls = graph(peer.root)
    for (const id of ['..', '.', '../x', 'a/b', '']) {
      assert.instance(await rejection(calls.hangUp(target, id)), NotSentError)
    }
    for (const applicationId of ['..', '.']) {
      const climbing = { ...target, collection: 'application', applicationId } as const
      assert.instance(await rejection(calls.connect(climbing)), NotSentError)
    }
    assert.is(peer.accepted(), 0)
  })
})

test('a call of another cloud than the root’s is not sent', async () => {
  const calls = graph('', { root: cloudRoot('us-gov') })
  const error = await rejection(calls.connect(target))
  assert.instance(error, NotSentError)
  assert.is((error as NotSentError).retryable, false)
})

test('refuses unchecked TLS and a root that is neither https nor loopback', () => {
  const isUsage = (error: unknown) => error instanceof UsageError
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  assert.throws(() => graph('https://graph.microsoft.com', { environment }), isUsage)
  assert.throws(() => graph('http://graph.microsoft.com'), isUsage)
})

test('signs in, uses that token, and forgets it', async () => {
  const log: string[] = []
  const tokens: TokenSource = {
    async token() {
      log.push('token')
      return token
    },
    forget: () => void log.push('forget'),
  }
  await withPeer(placed, async (peer) => {
    const calls = graph(peer.root, { tokens })
    await calls.signIn()
    const connection = await calls.connect(target)
    calls.forgetToken()
    assert.equal(log, ['token', 'token', 'forget'])
    await connection.create({ attemptId, text: '{}' })
    assert.is(log.length, 3)
  })
})

test('without a token nothing is dialed', async () => {
  const tokens: TokenSource = { token: () => Promise.reject(new SignInError('no')), forget() {} }
  await withPeer(placed, async (peer) => {
    assert.instance(await rejection(graph(peer.root, { tokens }).connect(target)), SignInError)
    assert.is(peer.accepted(), 0)
  })
})

test.run()
