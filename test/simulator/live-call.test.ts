import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  calls,
  errorOf,
  get,
  hangUp,
  meetingCall,
  peerCall,
  post,
  stoppedClock,
  withSimulator,
} from './client.js'

const liveSuite = suite('simulator/live-call')

liveSuite('moves a call along its timeline, and forgets it at the end', () => {
  const clock = stoppedClock()
  return withSimulator({ now: clock.now }, async (simulator) => {
    const path = `${calls}/${(await post(simulator)).json['id']}`
    const stateNow = async () => (await get(simulator, path)).json['state']
    assert.is(await stateNow(), 'establishing')
    clock.move(1_000)
    assert.is(await stateNow(), 'ringing')
    clock.move(2_000)
    assert.is(await stateNow(), 'established')
    clock.move(45 * 60_000)
    const gone = await get(simulator, path)
    assert.equal([gone.status, errorOf(gone).code, errorOf(gone).message], [404, '8522', 'Call not found.'])
    assert.is((await hangUp(simulator, path)).status, 404)
  })
})

liveSuite('lets a meeting join skip ringing', () => {
  const clock = stoppedClock()
  return withSimulator({ now: clock.now }, async (simulator) => {
    const path = `${calls}/${(await post(simulator, meetingCall)).json['id']}`
    clock.move(2_999)
    assert.is((await get(simulator, path)).json['state'], 'establishing')
    clock.move(1)
    assert.is((await get(simulator, path)).json['state'], 'established')
  })
})

liveSuite('answers GET with the whole call', () =>
  withSimulator({ now: stoppedClock().now }, async (simulator) => {
    const { json } = await post(simulator)
    const found = await get(simulator, `${calls}/${String(json['id']).toUpperCase()}`)
    assert.is(found.status, 200)
    assert.equal(found.json, {
      ...json,
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#communications/calls/$entity',
    })
  }),
)

liveSuite('hangs up once', () =>
  withSimulator({}, async (simulator) => {
    const path = `${calls}/${(await post(simulator)).json['id']}`
    const ended = await hangUp(simulator, path)
    assert.equal([ended.status, ended.text], [204, ''])
    assert.is((await hangUp(simulator, path)).status, 404)
    assert.is((await get(simulator, path)).status, 404)
  }),
)

liveSuite(
  'finds a call through its own collection and through communications; in beta those of v1.0 too',
  () =>
    withSimulator({}, async (simulator) => {
      const places: readonly (readonly [string, readonly string[]])[] = [
        ['/v1.0/communications/calls', ['/v1.0/communications/calls', '/beta/communications/calls']],
        ['/beta/communications/calls', ['/beta/communications/calls']],
        ['/beta/app/calls', ['/beta/app/calls', '/beta/communications/calls']],
        ['/beta/applications/a/calls', ['/beta/applications/a/calls', '/beta/communications/calls']],
      ]
      const everywhere = [...places.map(([path]) => path), '/beta/applications/b/calls']
      for (const [path, expected] of places) {
        const { id } = (await post(simulator, peerCall, { path })).json
        const answers = await Promise.all(everywhere.map((place) => get(simulator, `${place}/${id}`)))
        const found = everywhere.filter((_place, index) => answers[index]?.status === 200)
        assert.equal(found.toSorted(), [...expected].toSorted())
      }
    }),
)

for (const id of ['nobody', '__proto__', '%00', '%ZZ', 'constructor']) {
  liveSuite(`answers 404 to the id ${id}`, () =>
    withSimulator({}, async (simulator) => {
      assert.is((await get(simulator, `${calls}/${id}`)).status, 404)
    }),
  )
}

liveSuite.run()
