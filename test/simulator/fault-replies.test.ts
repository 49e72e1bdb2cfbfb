import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFaults } from '../../src/simulator/faults.js'
import type { Simulator } from '../../src/simulator/simulator.js'
import { errorOf, failureOf, get, post, readLog, send, withSimulator } from './client.js'
import { inFolder } from './folder.js'

const repliesSuite = suite('simulator/fault-replies')

/** Runs one POST under a fault; returns what the log says of it. */
async function withFault(text: string, use: (simulator: Simulator) => Promise<void>) {
  const lines: Record<string, unknown>[] = []
  await inFolder(async (folder) => {
    const log = join(folder, 'log.ndjson')
    await withSimulator({ faults: parseFaults(text), log }, async (simulator) => {
      await use(simulator)
      const [line] = readLog(log)
      if (line !== undefined) lines.push({ ...line })
      // Whatever the client saw: the log says whether there is a call, and there is.
      const found = line?.callId && (await get(simulator, `${line.path}/${line.callId}`)).status
      assert.is(found, line?.created ? 200 : undefined)
    })
  })
  const [line] = lines
  return [line?.['status'], line?.['created'], line?.['fault']]
}

for (const [fault, failure, created] of [
  ['lost-answer', 'ECONNRESET', true],
  ['cut-answer', 'ECONNRESET', true],
  ['reset', 'ECONNRESET', false],
] as const) {
  repliesSuite(`${fault} cuts the connection, and the log knows whether there is a call`, async () => {
    const logged = await withFault(`${fault}=1x`, async (simulator) => {
      assert.is(await failureOf(post(simulator)), failure)
    })
    assert.equal(logged, ['cut', created, fault])
  })
}

repliesSuite('throttle answers 429 with a fractional Retry-After', async () => {
  const logged = await withFault('throttle=1x', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, answer.headers['retry-after']], [429, '0.128'])
    assert.is(errorOf(answer).code, 'TooManyRequests')
    assert.equal([errorOf(answer).innerError['code'], errorOf(answer).innerError['status']], ['429', '429'])
  })
  assert.equal(logged, [429, false, 'throttle'])
})

repliesSuite('throttle-no-hint answers 429 without Retry-After', async () => {
  const logged = await withFault('throttle-no-hint=1x', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, answer.headers['retry-after']], [429, undefined])
  })
  assert.equal(logged, [429, false, 'throttle-no-hint'])
})

repliesSuite('server-error answers 500 although there is a call', async () => {
  const logged = await withFault('server-error=1x', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, errorOf(answer).code], [500, '9999'])
  })
  assert.equal(logged, [500, true, 'server-error'])
})

repliesSuite('unavailable answers 503 with Retry-After', async () => {
  const logged = await withFault('unavailable=1x,retry-after=2.5', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, answer.headers['retry-after']], [503, '2.5'])
  })
  assert.equal(logged, [503, false, 'unavailable'])
})

repliesSuite('slow answers after the delay', async () => {
  const logged = await withFault('slow=1x,delay=40', async (simulator) => {
    const start = performance.now()
    assert.is((await post(simulator)).status, 201)
    assert.ok(performance.now() - start >= 38)
  })
  assert.equal(logged, [201, true, 'slow'])
})

repliesSuite('latency delays every answer to a POST', () =>
  withSimulator({ faults: { latency: 40 } }, async (simulator) => {
    const start = performance.now()
    assert.is((await send(simulator, { method: 'POST', body: 'x' })).status, 400)
    assert.ok(performance.now() - start >= 38)
  }),
)

repliesSuite('no-id answers 201 with neither id nor Location', async () => {
  const logged = await withFault('no-id=1x', async (simulator) => {
    const { status, json, headers } = await post(simulator)
    assert.equal([status, json['id'], headers['location']], [201, undefined, undefined])
    assert.is(json['state'], 'establishing')
  })
  assert.equal(logged, [201, true, 'no-id'])
})

repliesSuite('bad-json answers 201 with a Location and a body that nobody can read', async () => {
  const logged = await withFault('bad-json=1x', async (simulator) => {
    const { status, text, headers } = await post(simulator)
    assert.is(status, 201)
    assert.throws(() => JSON.parse(text))
    assert.is((await get(simulator, new URL(headers['location'] ?? '').pathname)).status, 200)
  })
  assert.equal(logged, [201, true, 'bad-json'])
})

repliesSuite('redirect answers 307 to another port of loopback', async () => {
  const logged = await withFault('redirect=1x', async (simulator) => {
    const { status, headers } = await post(simulator)
    assert.equal([status, headers['location']], [307, 'http://127.0.0.1:9/v1.0/communications/calls'])
  })
  assert.equal(logged, [307, false, 'redirect'])
})

repliesSuite('unauthorized answers 401 once', async () => {
  const logged = await withFault('unauthorized=1', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, errorOf(answer).code], [401, 'InvalidAuthenticationToken'])
    assert.is((await post(simulator)).status, 201)
  })
  assert.equal(logged, [401, false, 'unauthorized'])
})

repliesSuite('refuse answers 403 with the real error wrapped', async () => {
  const logged = await withFault('refuse=1x', async (simulator) => {
    const answer = await post(simulator)
    assert.equal([answer.status, errorOf(answer).code], [403, 'UnknownError'])
    assert.is(JSON.parse(errorOf(answer).message).errorCode, '7503')
  })
  assert.equal(logged, [403, false, 'refuse'])
})

repliesSuite('spends no planned fault on a call that is refused anyway', () =>
  withSimulator({ faults: parseFaults('throttle=1x') }, async (simulator) => {
    assert.is((await post(simulator, {})).status, 400)
    assert.is((await post(simulator)).status, 429)
    assert.is((await post(simulator)).status, 201)
  }),
)

repliesSuite.run()
