import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { probe } from '../../src/graph/probe.js'
import { LostAnswerError, NotSentError, UsageError } from '../../src/model/errors.js'
import { answering, formatAnswer, readCertificate, rejection, withPeer } from './peer.js'

const test = suite('probe')
const settings = { version: '1', environment: {} }

test('carries nothing that could be a secret, and tells status and time', () =>
  withPeer(answering(formatAnswer('401 No', ['Date: Mon, 23 Nov 2026 20:00:00 GMT'], '{}')), async (peer) => {
    const found = await probe(`${peer.root}/v1.0/`, 'GET', settings)
    assert.equal(found, { status: 401, date: Date.UTC(2026, 10, 23, 20) })
    assert.match(peer.received(), /^GET \/v1\.0\/ HTTP\/1\.1\r\n/)
    assert.not.match(peer.received(), /authorization|cookie/i)
  }))

test('a redirect is an answer, and is not followed', () =>
  withPeer(answering(formatAnswer('302 Found', ['Location: /elsewhere'], '')), async (peer) => {
    assert.equal(await probe(peer.root, 'HEAD', settings), { status: 302 })
    assert.is(peer.accepted(), 1)
  }))

test('a time that cannot be read is none', () =>
  withPeer(answering(formatAnswer('200 OK', ['Date: yesterday'], '')), async (peer) => {
    assert.equal(await probe(peer.root, 'GET', settings), { status: 200 })
  }))

test('where it ended is said by the kind of the error', async () => {
  assert.instance(await rejection(probe('http://127.0.0.1:1/', 'GET', settings)), NotSentError)
  await withPeer(
    (socket) => void socket.once('data', () => socket.destroy()),
    async (peer) => {
      assert.instance(await rejection(probe(peer.root, 'GET', settings)), LostAnswerError)
    },
  )
  await withPeer(
    answering(formatAnswer('200 OK', [], '')),
    async (peer) => {
      assert.instance(await rejection(probe(peer.root, 'GET', settings)), NotSentError, 'self-signed')
      const trusted = readCertificate('loopback')
      assert.is((await probe(peer.root, 'GET', { ...settings, trusted })).status, 200)
    },
    'loopback',
  )
})

test('nothing is asked while certificates are not checked', async () => {
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const error = await rejection(probe('https://127.0.0.1:1/', 'GET', { ...settings, environment }))
  assert.instance(error, UsageError)
})

test.run()
