import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dial } from '../../../src/graph/wire/dial.js'
import { afterClose, type Wire, watchSocket } from '../../../src/graph/wire/wire.js'
import { answering, type Peer, readCertificate, withPeer } from '../peer.js'

const test = suite('graph/wire')

const open = async (peer: Peer): Promise<Wire> =>
  watchSocket(
    await dial(new URL(peer.root), {
      connectTimeout: 5000,
      environment: {},
      trusted: readCertificate('loopback'),
    }),
  )

const closed = (wire: Wire): Promise<void> => new Promise((resolve) => afterClose(wire.socket, resolve))

for (const certificate of [undefined, 'loopback'] as const) {
  const name = certificate === undefined ? 'TCP' : 'TLS'

  test(`a first write after the close is dropped and does not count (${name})`, async () => {
    await withPeer(
      () => {},
      async (peer) => {
        const wire = await open(peer)
        wire.socket.destroy()
        assert.is(wire.socket.write('GET / HTTP/1.1\r\n\r\n'), false)
        await closed(wire)
        assert.equal([wire.hasWritten(), wire.isOpen(), peer.received()], [false, false, ''])
      },
      certificate,
    )
  })

  test(`a first write counts before it is given to the kernel (${name})`, async () => {
    await withPeer(
      answering('an answer'),
      async (peer) => {
        const wire = await open(peer)
        assert.is(wire.hasWritten(), false)
        wire.socket.resume().write('GET / HTTP/1.1\r\n\r\n')
        assert.is(wire.hasWritten(), true)
        await closed(wire)
        assert.is(wire.received().toString(), 'an answer')
      },
      certificate,
    )
  })
}

test('what was received is kept up to a bound', async () => {
  await withPeer(answering('x'.repeat(100_000)), async (peer) => {
    const wire = await open(peer)
    wire.socket.resume().write('GET / HTTP/1.1\r\n\r\n')
    await closed(wire)
    assert.is(wire.received().length, 24 * 1024)
  })
})

test.run()
