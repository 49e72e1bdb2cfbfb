import type { Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createGraphOperations } from '../../src/graph/operations.js'
import { fixedTokenSource } from '../../src/graph/sign-in/tokens.js'
import { LostAnswerError, NotSentError } from '../../src/model/errors.js'
import { formatAnswer, rejection, target, withPeer } from './peer.js'
import { connect, created, request, token } from './posting.js'

// What comes before the request has left as a whole is not its answer, whatever it says.

const test = suite('graph/early bytes')

const answers = {
  'a created call': created,
  'a refusal': formatAnswer('401 Unauthorized', [], '{"error":{"code":"x"}}'),
  'a refusal of its size': formatAnswer('413 Content Too Large', [], ''),
  'a throttle': formatAnswer('429 Too Many Requests', ['Retry-After: 1'], ''),
  'leave to go on': 'HTTP/1.1 100 Continue\r\n\r\n',
  'one byte': 'H',
}
const big = { ...request, text: `"${'x'.repeat(24_000_000)}"` }

for (const [name, bytes] of Object.entries(answers)) {
  for (const certificate of [undefined, 'loopback'] as const) {
    const way = certificate === undefined ? 'TCP' : 'TLS'

    test(`${name} in the socket when the request is to begin: not sent (${way})`, async () => {
      await withPeer(
        () => {},
        async (peer) => {
          const connection = await connect(peer)
          ;(await peer.socket()).write(bytes)
          assert.instance(await rejection(connection.create(request)), NotSentError)
          assert.is(connection.isOpen(), false)
          assert.is(peer.received(), '')
        },
        certificate,
      )
    })

    test(`${name} in the midst of the request: unknown (${way})`, async () => {
      const speakEarly = (socket: Socket): void => {
        socket.once('data', () => {
          // It reads no further, so that not all of the request can have left.
          socket.pause()
          socket.write(bytes)
        })
      }
      await withPeer(
        speakEarly,
        async (peer) => {
          const error = await rejection((await connect(peer)).create(big))
          assert.instance(error, LostAnswerError)
        },
        certificate,
      )
    })
  }
}

test('a peer that speaks as soon as it is reached gets nothing', async () => {
  await withPeer(
    (socket) => void socket.write(created),
    async (peer) => {
      const error = await rejection(connect(peer).then((connection) => connection.create(request)))
      assert.instance(error, NotSentError)
      assert.is(peer.received(), '')
    },
  )
})

test('a large request is sent whole, and its answer read', async () => {
  let length = 0
  const behave = (socket: Socket): void => {
    socket.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > 24_000_000) socket.end(created)
    })
  }
  for (const certificate of [undefined, 'loopback'] as const) {
    length = 0
    await withPeer(
      behave,
      async (peer) => assert.is((await (await connect(peer, 60_000)).create(big)).callId, 'call-1'),
      certificate,
    )
  }
})

test('the last look comes before the first byte, and its word is kept', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const connection = await connect(peer)
      const look = (): void => {
        assert.is(peer.received(), '')
        throw new NotSentError('somebody settled it', false)
      }
      const error = await rejection(connection.create({ ...request, look }))
      assert.instance(error, NotSentError)
      assert.is((error as NotSentError).retryable, false)
      assert.is(peer.received(), '')
    },
  )
})

test('an operation on a live call looks around just as late', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const operations = createGraphOperations({
        root: { url: peer.root },
        tokens: fixedTokenSource(token),
        version: '0.1.0',
        environment: {},
        now: () => 0,
        answerTimeout: 1000,
      })
      const connection = await operations.connect(target, 'call-1')
      const look = (): void => {
        throw new NotSentError('somebody settled it', false)
      }
      const sending = connection.send({
        method: 'POST',
        path: '/transfer',
        operationId: 'o',
        text: '{}',
        look,
      })
      assert.instance(await rejection(sending), NotSentError)
      assert.is(peer.received(), '')
    },
  )
})

test.run()
