import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, get, hangUp, peerCall, post, readLog, send, stoppedClock, withSimulator } from './client.js'
import { inFolder } from './folder.js'

const logSuite = suite('simulator/request-log')

logSuite('has a line for every request, in order, before its answer', () =>
  inFolder((folder) => {
    const log = join(folder, 'deep', 'log.ndjson')
    return withSimulator({ log, now: stoppedClock().now }, async (simulator) => {
      const headers = { 'client-request-id': 'attempt-1', 'scenario-id': 'scenario-1' }
      const { id } = (await post(simulator, peerCall, { headers })).json
      assert.is(readLog(log).length, 1)
      await get(simulator, `${calls}/${id}?secret=1`)
      await hangUp(simulator, `${calls}/${id}`)
      await send(simulator, { method: 'POST', body: '{', headers: { authorization: undefined } })
      const time = '2026-01-01T00:00:00.000Z'
      const bodySha256 = (text: string) => createHash('sha256').update(text).digest('hex')
      assert.equal(readLog(log), [
        {
          sequence: 1,
          time,
          method: 'POST',
          path: calls,
          status: 201,
          clientRequestId: 'attempt-1',
          scenarioId: 'scenario-1',
          callId: id,
          created: true,
          bodySha256: bodySha256(JSON.stringify(peerCall)),
        },
        { sequence: 2, time, method: 'GET', path: `${calls}/${id}`, status: 200, callId: id, created: false },
        {
          sequence: 3,
          time,
          method: 'DELETE',
          path: `${calls}/${id}`,
          status: 204,
          callId: id,
          created: false,
        },
        {
          ...{ sequence: 4, time, method: 'POST', path: calls, status: 401, created: false },
          bodySha256: bodySha256('{'),
        },
      ])
    })
  }),
)

logSuite('holds nothing of the body', () =>
  inFolder((folder) => {
    const log = join(folder, 'log.ndjson')
    return withSimulator({ log }, async (simulator) => {
      await post(simulator)
      const text = readFileSync(log, 'utf8')
      assert.not.ok(text.includes('John') || text.includes('112f7296') || text.includes('worthless'))
    })
  }),
)

logSuite('lets no answer out that it could not write down', () =>
  inFolder((folder) =>
    // A folder stands where the file should be.
    withSimulator({ log: folder }, async (simulator) => {
      const failure = await post(simulator).then(
        () => 'answered',
        () => 'cut',
      )
      assert.is(failure, 'cut')
    }),
  ),
)

logSuite.run()
