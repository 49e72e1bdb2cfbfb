import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startAnswerTimer } from '../../../src/graph/wire/answer-timer.js'
import type { Connection } from '../../../src/model/call.js'
import { LostAnswerError } from '../../../src/model/errors.js'
import type { Peer } from '../peer.js'
import { rejection } from '../peer.js'
import { connect, created, request } from '../posting.js'

const test = suite('graph/answer-timer')

/** A peer in a thread of its own, which goes on while this one stands still: it says when it has answered. */
const peerSource = `
const { createServer } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const flag = new Int32Array(workerData.flag)
const server = createServer((socket) => {
  let text = ''
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    text += chunk
    if (!text.endsWith('}')) return
    socket.write(workerData.answer, () => {
      Atomics.store(flag, 0, 1)
      Atomics.notify(flag, 0)
    })
  })
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

async function withThread(
  answer: string,
  work: (peer: Peer, flag: Int32Array) => Promise<void>,
): Promise<void> {
  const shared = new SharedArrayBuffer(4)
  const worker = new Worker(peerSource, { eval: true, workerData: { answer, flag: shared } })
  const [port] = (await once(worker, 'message')) as [number]
  try {
    await work({ root: `http://127.0.0.1:${port}` } as Peer, new Int32Array(shared))
  } finally {
    await worker.terminate()
  }
}

/** Stands still from when the request has left until the answer lies in the socket and the time is long over. */
async function standStill(connection: Connection, flag: Int32Array, time: number): Promise<void> {
  while (connection.isOpen()) await new Promise((resolve) => setImmediate(resolve))
  Atomics.wait(flag, 0, 0, 20_000)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time)
}

test('an answer that lies in the socket is read before time is up, however late it is', async () => {
  await withThread(created, async (peer, flag) => {
    const connection = await connect(peer, 1000)
    const answer = connection.create(request)
    await standStill(connection, flag, 1500)
    assert.is((await answer).callId, 'call-1')
  })
})

test('half an answer in the socket gets time for its other half, and not for ever', async () => {
  await withThread(created.slice(0, 40), async (peer, flag) => {
    const connection = await connect(peer, 1000)
    const failure = rejection(connection.create(request))
    await standStill(connection, flag, 1500)
    assert.instance(await failure, LostAnswerError)
  })
})

/** How many parts of the time pass until it is up, where each takes so long by the clock. */
async function countParts(takes: (part: number) => number): Promise<number> {
  let [time, part] = [0, 0]
  await new Promise<void>((resolve) => {
    const now = (): number => {
      time += takes(part)
      part += 1
      return time
    }
    startAnswerTimer({ size: () => 0 } as never, { timeout: 30, now, onTimeout: resolve })
  })
  // The first reading is at the start.
  return part - 1
}

test('a process that stands still loses one part of the time, and gets some more at its end', async () => {
  assert.is(await countParts(() => 1), 30)
  assert.is(await countParts((part) => (part === 4 ? 33_000 : 1)), 30)
  assert.is(await countParts((part) => (part === 30 ? 33_000 : 1)), 34)
  assert.is(await countParts((part) => (part === 30 ? -33_000 : 1)), 34)
})

test('standing still again and again does not go on for ever', async () => {
  assert.is(await countParts((part) => (part < 30 ? 1 : 33_000)), 36)
})

test.run()
