import type { Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { afterRequest, answering, formatAnswer, withPeer } from '../peer.js'
import { connect, created, location, lost, post, request } from '../posting.js'

const test = suite('graph/exchange bodies')

test('an answer cut at any byte is lost before the end of its headers, and an answer after it', async () => {
  const head = created.indexOf('\r\n\r\n') + 4
  for (let length = 0; length < head; length++) await lost(answering(created.slice(0, length)))
  for (let length = head; length < created.length; length++) {
    const answer = await post(answering(created.slice(0, length)))
    const body = created.slice(head, length)
    assert.equal(
      [answer.status, answer.callId, answer.requestId, answer.call],
      [201, 'call-1', 'r-1', undefined],
    )
    assert.is(answer.raw?.endsWith(body), true)
  }
  assert.is((await post(answering(created))).call?.['id'], 'call-1')
})

test('an answer in chunks, cut at any byte after its headers, is an answer', async () => {
  const head = `HTTP/1.1 201 Created\r\n${location}\r\nTransfer-Encoding: chunked\r\n\r\n`
  const text = `${head}7\r\n{"id":"\r\n8\r\ncall-1"}\r\n0\r\n\r\n`
  for (let length = head.length; length < text.length; length++) {
    const answer = await post(answering(text.slice(0, length)))
    assert.equal([answer.status, answer.callId, answer.call], [201, 'call-1', undefined], String(length))
  }
  assert.equal((await post(answering(text))).call, { id: 'call-1' })
})

test('an answer that stops at any byte and stays open is told apart the same way', async () => {
  const head = created.indexOf('\r\n\r\n') + 4
  const stopping = (length: number) => afterRequest((socket) => void socket.write(created.slice(0, length)))
  await lost(stopping(head - 1), 30)
  for (const length of [head, created.length - 1]) {
    const answer = await post(stopping(length), 30)
    assert.equal([answer.status, answer.callId, answer.call], [201, 'call-1', undefined])
  }
})

test('an answer in two pieces is whole wherever it is parted', async () => {
  for (let length = 1; length < created.length; length++) {
    const behave = afterRequest((socket) => {
      socket.write(created.slice(0, length), () => setImmediate(() => socket.end(created.slice(length))))
    })
    assert.is((await post(behave)).call?.['id'], 'call-1')
  }
})

test('a body that breaks in the packet of its headers is still an answer, with what came', async () => {
  const text = `HTTP/1.1 201 Created\r\n${location}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"id"`
  const answer = await post(answering(text))
  assert.equal([answer.status, answer.callId], [201, 'call-1'])
  assert.match(answer.raw ?? '', 'zz')
})

test('a body longer than it says is still an answer', async () => {
  const answer = await post(answering(created.replace('Content-Length: 15', 'Content-Length: 4')))
  assert.equal([answer.status, answer.callId], [201, 'call-1'])
})

test('a body over 1 MiB is an answer without a call', async () => {
  const big = `{"id":"call-2","x":"${'y'.repeat(2 * 1024 * 1024)}"}`
  const answer = await post(answering(formatAnswer('201 Created', [location], big)))
  assert.equal([answer.status, answer.callId, answer.call], [201, 'call-1', undefined])
  assert.is(answer.raw?.length, 4096)
})

test('a body of 1 MiB is read', async () => {
  const frame = '{"id":"call-2","x":""}'
  const text = frame.replace('""', `"${'y'.repeat(1024 * 1024 - frame.length)}"`)
  assert.is((await post(answering(formatAnswer('201 Created', [], text)))).callId, 'call-2')
})

test('a body that ends with the connection is read', async () => {
  assert.is((await post(answering('HTTP/1.1 201 Created\r\n\r\n{"id":"call-3"}'))).callId, 'call-3')
})

const packed =
  (encoding: string | undefined, body: Buffer, status = '201 Created') =>
  (socket: Socket): void => {
    const name = encoding === undefined ? '' : `Content-Encoding: ${encoding}\r\n`
    afterRequest(() => {
      socket.write(`HTTP/1.1 ${status}\r\n${name}Content-Length: ${body.length}\r\n\r\n`)
      socket.end(body)
    })(socket)
  }

const json = '{"state":"establishing","subject":"an incident","id":"call-4"}'
const packings: Readonly<Record<string, readonly [string | undefined, (text: string) => Buffer]>> = {
  gzip: ['gzip', gzipSync],
  'x-gzip': ['X-GZIP', gzipSync],
  'gzip without saying so': [undefined, gzipSync],
  'gzip in two members': [
    'gzip',
    (text) => Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))]),
  ],
  deflate: ['deflate', deflateSync],
  'raw deflate': ['deflate', deflateRawSync],
  brotli: ['br', brotliCompressSync],
  'deflate in gzip': ['deflate, gzip', (text) => gzipSync(deflateSync(text))],
  'gzip in brotli': ['identity, gzip, br', (text) => brotliCompressSync(gzipSync(text))],
}

for (const [name, [encoding, pack]] of Object.entries(packings)) {
  test(`a body packed all the same is read: ${name}`, async () => {
    assert.is((await post(packed(encoding, pack(json)))).callId, 'call-4')
  })
}

const trailers: Readonly<Record<string, number>> = { gzip: 8, deflate: 4 }
for (const [name, missing] of Object.entries(trailers)) {
  test(`${name} without its checksum is read`, async () => {
    const [encoding, pack] = packings[name]!
    assert.is((await post(packed(encoding, pack(json).subarray(0, -missing)))).callId, 'call-4')
    const spoiled = pack(json)
    spoiled.fill(0xaa, spoiled.length - missing)
    assert.is((await post(packed(encoding, spoiled))).callId, 'call-4')
  })
}

for (const name of ['gzip', 'deflate', 'raw deflate', 'brotli']) {
  test(`${name} that is cut anywhere is a success whose body was cut, with what could be read`, async () => {
    const [encoding, pack] = packings[name]!
    const noise = Array.from({ length: 300 }, (_, index) => Math.imul(index + 7, 2654435761) >>> 0).join(' ')
    const bytes = pack(JSON.stringify({ id: 'call-4', noise }))
    for (const length of [bytes.length - 40, bytes.length >> 1, bytes.length >> 2]) {
      const answer = await post(packed(encoding, bytes.subarray(0, length)))
      assert.equal([answer.status, answer.callId, answer.isCut], [201, undefined, true])
      if (length > bytes.length >> 1) assert.equal(answer.named, ['call-4'], String(length))
    }
  })
}

test('a packed body in an encoding that nobody knows is kept as it is', async () => {
  const answer = await post(packed('rot13', Buffer.from('vq: pnyy-4')))
  assert.equal([answer.status, answer.callId, answer.isCut], [201, undefined, true])
  assert.is(answer.raw, `(rot13, in base64) ${Buffer.from('vq: pnyy-4').toString('base64')}`)
})

test('what is said to be packed and is not is read', async () => {
  for (const encoding of ['gzip', 'br', 'deflate', 'rot13']) {
    assert.is((await post(packed(encoding, Buffer.from(json)))).callId, 'call-4', encoding)
  }
})

test('what is packed in no known way is kept as it is', async () => {
  const noise = Buffer.from('ÿþnoise that nothing can read')
  const answer = await post(packed('gzip', noise))
  assert.match(answer.raw ?? '', noise.toString('base64'))
})

test('a bomb is read up to 1 MiB', async () => {
  const bomb = await post(packed('gzip', gzipSync(`{"id":"call-5","x":"${'y'.repeat(50_000_000)}"}`)))
  assert.equal([bomb.status, bomb.callId, bomb.named, bomb.isCut], [201, undefined, ['call-5'], true])
})

for (const [name, bytes] of [
  ['UTF-16 with a mark', Buffer.from(`\ufeff${json}`, 'utf16le')],
  ['UTF-16 without one', Buffer.from(json, 'utf16le')],
  ['UTF-16 the other way round', Buffer.from(json, 'utf16le').swap16()],
] as const) {
  test(`a body in ${name} is read`, async () => {
    assert.is((await post(packed(undefined, bytes))).callId, 'call-4')
  })
}

test('a refusal whose body was cut does not say all', async () => {
  const text = formatAnswer('400 Bad Request', [], '{"error":{"code":"x","message":"no"},"id":"call-1"}')
  const answer = await post(answering(text.slice(0, -20)))
  assert.equal([answer.status, answer.isCut, answer.error], [400, true, undefined])
})

test('a second answer after the first one is not passed over', async () => {
  const refusal = formatAnswer('401 Unauthorized', [], '{"error":{"code":"x"}}')
  assert.equal((await post(answering(refusal + created))).named, ['call-1'])
})

test('an endless body ends the socket at 1 MiB', async () => {
  const endless = afterRequest((socket) => {
    socket.write('HTTP/1.1 201 Created\r\n\r\n')
    const more = (): void => void (socket.destroyed || socket.write('x'.repeat(65_536), more))
    more()
  })
  await withPeer(endless, async (peer) => {
    const socket = peer.socket()
    const isClosed = socket.then((open) => new Promise((resolve) => open.once('close', resolve)))
    const answer = await (await connect(peer, 60_000)).create(request)
    assert.equal([answer.status, answer.call], [201, undefined])
    await isClosed
    assert.ok((await socket).bytesWritten < 50_000_000)
  })
})

test('no timer is left when the answer is read', async () => {
  const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = countTimers()
  await post(answering(created))
  assert.is(countTimers(), before)
})

test.run()
