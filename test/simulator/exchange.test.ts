import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, errorOf, peerCall, post, send, withSimulator } from './client.js'

const exchangeSuite = suite('simulator/exchange')

for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'Basic abc']) {
  exchangeSuite(`answers 401 to the authorization ${JSON.stringify(authorization)}`, () =>
    withSimulator({}, async (simulator) => {
      for (const method of ['POST', 'GET', 'DELETE']) {
        const answer = await send(simulator, { method, path: `${calls}/a`, headers: { authorization } })
        assert.equal([answer.status, errorOf(answer).code], [401, 'InvalidAuthenticationToken'])
      }
    }),
  )
}

exchangeSuite('answers to loopback names only, so that no web page can reach it', () =>
  withSimulator({}, async (simulator) => {
    for (const host of ['localhost', 'localhost:80', '[::1]:80', '127.0.0.1']) {
      assert.is((await post(simulator, peerCall, { headers: { host } })).status, 201)
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example:80', 'localhost:80:evil.example']) {
      assert.is((await post(simulator, peerCall, { headers: { host } })).status, 400)
    }
  }),
)

exchangeSuite('echoes a plain client-request-id, and none that is not', () =>
  withSimulator({}, async (simulator) => {
    for (const [sent, echoed] of [
      ['1d1f', true],
      ['x'.repeat(129), false],
      ['a b', false],
      ['\xe9', false],
    ] as const) {
      const { headers } = await send(simulator, { headers: { 'client-request-id': sent } })
      assert.is(headers['client-request-id'] === sent, echoed)
    }
  }),
)

exchangeSuite('answers a failure of its own with 500', () => {
  const schema = { validateCall: throwing, shapes: { root: 'call', types: {} } }
  return withSimulator({ schemas: { 'v1.0': schema, beta: schema, seed: schema } }, async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, errorOf(answer).code], [500, 'generalException'])
  })
})

exchangeSuite('survives clients that leave, lie and talk nonsense', () =>
  withSimulator({}, async (simulator) => {
    const port = Number(new URL(simulator.url).port)
    const attacks = [
      'nonsense\r\n\r\n',
      `${head}Content-Length: 100\r\n\r\n{"callback`,
      `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      `${head}Content-Length: -1\r\n\r\n`,
      `${head}X-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
      'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ]
    for (const attack of attacks) await sendRaw(port, attack)
    assert.is((await post(simulator)).status, 201)
  }),
)

exchangeSuite('answers pipelined requests in order', () =>
  withSimulator({}, async (simulator) => {
    const request = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n`
    const text = await sendRaw(
      Number(new URL(simulator.url).port),
      request('/nowhere') + request(calls) + request(`${calls}/a`),
    )
    assert.equal(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 404', 'HTTP/1.1 405', 'HTTP/1.1 404'])
  }),
)

function throwing(): boolean {
  throw new Error('broken')
}

const authorized = 'Host: localhost\r\nAuthorization: Bearer x\r\n'
const head = `POST ${calls} HTTP/1.1\r\n${authorized}`

const refused: readonly (readonly [string, string, number])[] = [
  ['nonsense', 'nonsense\r\n\r\n', 400],
  ['a handshake of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['NUL characters', '\0\0\0\0', 400],
  ['a head without a host', `POST ${calls} HTTP/1.1\r\n\r\n`, 400],
  ['two lengths', `${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`, 400],
  ['a length below nothing', `${head}Content-Length: -1\r\n\r\n`, 400],
  ['a length and chunks', `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ['a chunk without a size', `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`, 400],
  ['half a body', `${head}Content-Length: 100\r\n\r\n{"callback`, 400],
  ['half a head', `${head}Content-Le`, 400],
  ['an address that is too long', `GET /${'a'.repeat(200_000)} HTTP/1.1\r\n\r\n`, 431],
  ['a header that is too long', `${head}X-Long: ${'x'.repeat(200_000)}\r\n\r\n`, 431],
  ['too many headers', `${head}${'X-A: b\r\n'.repeat(20_000)}\r\n`, 431],
  ['a body over 1 MiB', `${head}Content-Length: 1048577\r\n\r\n${' '.repeat(1_048_577)}`, 413],
  ['a body over 16 MiB', `${head}Content-Length: 20000000\r\n\r\n${' '.repeat(20_000_000)}`, 413],
  [
    'nested maps',
    `${head}Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n${'{"a":'.repeat(180_000)}`,
    400,
  ],
]

for (const [name, bytes, status] of refused) {
  exchangeSuite(`answers ${status} to ${name}, and goes on`, () =>
    withSimulator({}, async (simulator) => {
      const text = await sendRaw(Number(new URL(simulator.url).port), bytes)
      assert.is(text.split(' ')[1], String(status))
      assert.is((await post(simulator)).status, 201)
    }),
  )
}

exchangeSuite('goes on when a client leaves in the middle of head, body or a late answer', () =>
  withSimulator({ faults: { latency: 20 } }, async (simulator) => {
    const port = Number(new URL(simulator.url).port)
    for (const bytes of [
      'POST',
      `${head}Content-Length: 99\r\n\r\n{`,
      `${head}Content-Length: 2\r\n\r\n{}`,
    ]) {
      await leaveAfter(port, bytes)
    }
    assert.is((await post(simulator)).status, 201)
  }),
)

exchangeSuite('goes on when an endless body is cut off', () =>
  withSimulator({}, async (simulator) => {
    const port = Number(new URL(simulator.url).port)
    await leaveAfter(port, `${head}Content-Length: 99000000\r\n\r\n${' '.repeat(20_000_000)}`)
    assert.is((await post(simulator)).status, 201)
  }),
)

/** Writes some bytes and resets the connection once they have left. */
function leaveAfter(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.write(bytes, () => socket.resetAndDestroy())
  })
}

/** Writes some bytes, closes the writing side, and returns what came back. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
    socket.end(bytes, 'latin1')
  })
}

exchangeSuite.run()
