import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, errorOf, get, peerCall, post, send, withSimulator } from './client.js'

const routesSuite = suite('simulator/routes')

const unknown = [
  '/',
  '/v1.0',
  '/v2.0/communications/calls',
  '/v1.0/app/calls',
  '/v1.0/applications/a/calls',
  '/beta/applications/calls',
  '/v1.0/communications/calls/a/b/c',
  '/v1.0/communications/callsx',
  '/v1.0/users',
  '//v1.0/communications/calls',
]
for (const path of unknown) {
  routesSuite(`answers 404 in Graph’s form to ${path}`, () =>
    withSimulator({}, async (simulator) => {
      const answer = await post(simulator, peerCall, { path })
      assert.equal([answer.status, errorOf(answer).code], [404, 'ResourceNotFound'])
      assert.equal(Object.keys(errorOf(answer).innerError), ['date', 'request-id', 'client-request-id'])
    }),
  )
}

routesSuite('has no list of calls', () =>
  withSimulator({}, async (simulator) => {
    const answer = await get(simulator, calls)
    assert.equal([answer.status, errorOf(answer).code], [405, 'MethodNotAllowed'])
    assert.is(answer.headers['allow'], 'POST')
  }),
)

routesSuite('has no update of a call', () =>
  withSimulator({}, async (simulator) => {
    const answer = await send(simulator, { method: 'PATCH', path: `${calls}/a`, body: {} })
    assert.equal([answer.status, answer.headers['allow']], [405, 'GET, DELETE'])
  }),
)

routesSuite('does not mind letter case or a query', () =>
  withSimulator({}, async (simulator) => {
    assert.is((await post(simulator, peerCall, { path: '/V1.0/Communications/Calls?x=/y' })).status, 201)
  }),
)

routesSuite.run()
