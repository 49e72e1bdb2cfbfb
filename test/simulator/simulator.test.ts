import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../src/model/errors.js'
import { startSimulator } from '../../src/simulator/simulator.js'
import { calls, failureOf, get, hangUp, meetingCall, post, stoppedClock, withSimulator } from './client.js'
import { inFolder } from './folder.js'

const simulatorSuite = suite('simulator/simulator')

simulatorSuite('listens on 127.0.0.1, at the port asked for', async () => {
  const first = await startSimulator({})
  assert.match(first.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  await first.close()
  const port = Number(new URL(first.url).port)
  await withSimulator({ port }, async ({ url }) => assert.is(url, first.url))
})

simulatorSuite('says so when the port is taken', () =>
  withSimulator({}, async ({ url }) => {
    const problem = await startSimulator({ port: Number(new URL(url).port) }).catch((error) => error)
    assert.ok(problem instanceof UsageError && problem.hint !== undefined)
  }),
)

simulatorSuite('closes every connection, twice if need be', async () => {
  const simulator = await startSimulator({ faults: { chances: { slow: 1 } } })
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  const idle = new Promise((resolve) => socket.once('close', resolve))
  const waiting = failureOf(post(simulator))
  await Promise.all([simulator.close(), simulator.close()])
  await idle
  assert.match(String(await waiting), /ECONN/)
  assert.is(await failureOf(get(simulator, calls)), 'ECONNREFUSED')
})

simulatorSuite('keeps calls between processes when it has a store', () =>
  inFolder(async (folder) => {
    const options = { store: join(folder, 'simulator', 'calls.ndjson'), now: stoppedClock().now }
    const paths: string[] = []
    await withSimulator(options, async (simulator) => {
      for (const body of [undefined, meetingCall]) {
        paths.push(`${calls}/${(await post(simulator, body)).json['id']}`)
      }
      await hangUp(simulator, paths[0] ?? '')
    })
    await withSimulator(options, async (simulator) => {
      assert.is((await get(simulator, paths[0] ?? '')).status, 404)
      assert.is((await get(simulator, paths[1] ?? '')).status, 200)
    })
  }),
)

simulatorSuite('is not reached through another address', () =>
  withSimulator({}, async ({ url }) => {
    // Were the simulator on every address, this port would be taken on 127.0.0.2, too.
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(Number(new URL(url).port), '127.0.0.2', resolve)
    })
    await new Promise((resolve) => server.close(resolve))
  }),
)

simulatorSuite('answers many calls at once', () =>
  withSimulator({}, async (simulator) => {
    let left = 1_000
    const ids = new Set<unknown>()
    const client = async () => {
      while (left-- > 0) ids.add((await post(simulator)).json['id'])
    }
    await Promise.all(Array.from({ length: 64 }, client))
    assert.is(ids.size, 1_000)
  }),
)

simulatorSuite.run()
