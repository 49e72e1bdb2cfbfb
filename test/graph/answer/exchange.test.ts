import { get } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sendOn } from '../../../src/graph/answer/exchange.js'
import { dial } from '../../../src/graph/wire/dial.js'
import type { Fetch } from '../../../src/graph/wire/load-fetch.js'
import { watchSocket } from '../../../src/graph/wire/wire.js'
import type { Connection } from '../../../src/model/call.js'
import { LostAnswerError, NotSentError } from '../../../src/model/errors.js'
import { afterRequest, answering, formatAnswer, rejection, withPeer } from '../peer.js'
import { connect, created, lost, post, request } from '../posting.js'

const test = suite('graph/exchange')

/** Until the peer's close has arrived: turns of the event loop, no sleep. */
async function untilClosed(connection: Connection): Promise<void> {
  while (connection.isOpen()) await new Promise((resolve) => setImmediate(resolve))
}

for (const how of ['end', 'resetAndDestroy'] as const) {
  test(`nothing is sent when the peer closed before the request (${how})`, async () => {
    await withPeer(
      () => {},
      async (peer) => {
        const connection = await connect(peer)
        const socket = await peer.socket()
        socket[how]()
        await untilClosed(connection)
        const error = await rejection(connection.create(request))
        assert.instance(error, NotSentError)
        assert.is(peer.received(), '')
        assert.is(peer.accepted(), 1)
      },
    )
  })
}

test('nothing is sent over TLS when the peer closed before the request', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const connection = await connect(peer)
      const socket = await peer.socket()
      socket.end()
      await untilClosed(connection)
      assert.instance(await rejection(connection.create(request)), NotSentError)
      assert.is(peer.received(), '')
    },
    'loopback',
  )
})

test('nothing is sent after close()', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const connection = await connect(peer)
      connection.close()
      assert.is(connection.isOpen(), false)
      assert.instance(await rejection(connection.create(request)), NotSentError)
      assert.is(peer.received(), '')
    },
  )
})

for (const how of ['end', 'resetAndDestroy'] as const) {
  test(`the answer is lost when the peer closes during the request (${how})`, async () => {
    const big = { ...request, text: `"${'x'.repeat(4_000_000)}"` }
    await withPeer(
      (socket) => socket.once('data', () => void socket[how]()),
      async (peer) => {
        assert.instance(await rejection((await connect(peer)).create(big)), LostAnswerError)
        assert.is(peer.accepted(), 1)
      },
    )
  })

  test(`the answer is lost when the peer closes after the request (${how})`, async () => {
    await lost(afterRequest((socket) => void socket[how]()))
  })
}

test('the answer is lost when none comes in time', async () => {
  const error = await lost(() => {}, 30)
  assert.match(error.message, '0.03 s')
})

const malformed = [
  'SSH-2.0-OpenSSH_9\r\n',
  'HTTP/1.1 2x1 Created\r\n\r\n',
  'HTTP/9.9 201 Created\r\n\r\n',
  'HTTP/1.1 201 Created\r\nbad header\r\n\r\n',
  'HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  'HTTP/1.1 201 Created\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
  `HTTP/1.1 201 Created\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n{}`,
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  '\u0000\u001b[2J\r\n\r\n',
]
for (const text of malformed) {
  test(`${JSON.stringify(text).slice(0, 60)} is a lost answer`, async () => {
    const error = await lost(answering(text))
    assert.not.match(error.message, /[\u0000-\u001f]/)
  })
}

test('an endless 1xx is a lost answer', async () => {
  const behave = afterRequest((socket) => {
    const more = (): void => {
      if (!socket.destroyed) socket.write('HTTP/1.1 102 Processing\r\n\r\n', () => setImmediate(more))
    }
    more()
  })
  await lost(behave, 50)
})

test('what an echoing peer repeats is without the token', async () => {
  const error = await lost(
    afterRequest((socket, text) => void socket.end(`echo ${text.slice(text.indexOf('Auth'))}`)),
  )
  assert.not.match(error.message, 'secret')
  const page = await post(
    afterRequest((socket, text) => void socket.end(formatAnswer('502 Bad Gateway', [], text))),
  )
  assert.not.match(page.raw ?? '', 'secret')
})

test('a connection sends one request', async () => {
  await withPeer(answering(created), async (peer) => {
    const connection = await connect(peer)
    const [first, second] = await Promise.all([
      connection.create(request),
      rejection(connection.create(request)),
    ])
    assert.is(first.callId, 'call-1')
    assert.instance(second, NotSentError)
    assert.instance(await rejection(connection.create(request)), NotSentError)
    assert.is(peer.accepted(), 1)
    assert.is(peer.received().split('POST ').length, 2)
  })
})

test('the agent hands its socket out once and never dials', async () => {
  await withPeer(answering(created), async (peer) => {
    const wire = watchSocket(await dial(new URL(peer.root), { connectTimeout: 5000, environment: {} }))
    let second: unknown
    const twice: Fetch = async (url, { agent }) => {
      const first = new Promise((_, reject) => get(url, { agent }).on('error', reject))
      try {
        agent.maxSockets = 9
        get(url, { agent })
      } catch (error) {
        second = error
      }
      wire.socket.destroy()
      await first
      throw new Error('unreachable')
    }
    const exchange = { url: peer.root, method: 'GET' as const, headers: {}, timeout: 5000, secrets: [] }
    await rejection(sendOn(wire, twice, exchange))
    assert.match(String(second), 'second connection')
    assert.is(peer.accepted(), 1)
  })
})

test.run()
