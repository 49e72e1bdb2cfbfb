import { isIP } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dial, refuseUncheckedTls } from '../../../src/graph/wire/dial.js'
import { NotSentError, UsageError } from '../../../src/model/errors.js'
import { readCertificate, rejection, startPeer, withPeer } from '../peer.js'

const test = suite('graph/dial')
const connectTimeout = 5000
const environment = {}

async function failure(root: string, settings = {}): Promise<NotSentError> {
  const error = await rejection(dial(new URL(root), { connectTimeout, environment, ...settings }))
  assert.instance(error, NotSentError)
  return error as NotSentError
}

test('brings a TCP socket that has carried nothing', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const socket = await dial(new URL(peer.root), { connectTimeout, environment })
      assert.is(isIP(socket.remoteAddress ?? ''), 4)
      socket.destroy()
      assert.is(peer.received(), '')
    },
  )
})

test('brings a TLS socket, by address and by name', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      for (const root of [peer.root, peer.root.replace('127.0.0.1', 'localhost')]) {
        const socket = await dial(new URL(root), {
          connectTimeout,
          environment,
          trusted: readCertificate('loopback'),
        })
        assert.is((socket as { authorized?: boolean }).authorized, true)
        socket.destroy()
      }
    },
    'loopback',
  )
})

test('a refused connection was not sent and may be tried again', async () => {
  const peer = await startPeer(() => {})
  await peer.stop()
  const error = await failure(peer.root)
  assert.is(error.retryable, true)
  assert.match(error.message, 'ECONNREFUSED')
})

test('an unknown host may be tried again', async () => {
  assert.is((await failure('https://nowhere.invalid')).retryable, true)
})

test('the time-out covers TLS', async () => {
  await withPeer(
    () => {},
    async (peer) => {
      const error = await failure(`https://127.0.0.1:${peer.port}`, { connectTimeout: 30 })
      assert.is(error.retryable, true)
      assert.match(error.message, '0.03 s')
    },
  )
})

test('a close or a reset during the handshake may be tried again', async () => {
  for (const how of ['end', 'resetAndDestroy'] as const) {
    await withPeer(
      (socket) => socket.once('data', () => void socket[how]()),
      async (peer) => assert.is((await failure(`https://127.0.0.1:${peer.port}`)).retryable, true),
    )
  }
})

test('a peer that does not speak TLS is not sent to', async () => {
  await withPeer(
    (socket) => void socket.write('SSH-2.0-OpenSSH\r\n'),
    async (peer) => void (await failure(`https://127.0.0.1:${peer.port}`)),
  )
})

const bad: readonly (readonly ['loopback' | 'elsewhere' | 'expired', boolean, string])[] = [
  ['loopback', false, 'self-signed'],
  ['elsewhere', true, 'another host'],
  ['expired', true, 'expired'],
]
for (const [name, isTrusted, word] of bad) {
  test(`a certificate that is ${word} is not tried again, and nothing is sent`, async () => {
    await withPeer(
      () => {},
      async (peer) => {
        const error = await failure(peer.root, isTrusted ? { trusted: readCertificate(name) } : {})
        assert.is(error.retryable, false)
        assert.match(error.message, word)
        assert.is(peer.received(), '')
      },
      name,
    )
  })
}

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused', () => {
  refuseUncheckedTls({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })
  refuseUncheckedTls({})
  assert.throws(
    () => refuseUncheckedTls({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    (error: unknown) => error instanceof UsageError && error.hint !== undefined,
  )
})

test.run()
