import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Validate } from '../../schema/validators.js'
import { errorOf, peerCall, post, withSimulator } from './client.js'

const checkSuite = suite('simulator/check-call')

const refused: readonly (readonly [why: string, body: unknown, message: RegExp])[] = [
  ['text that is not JSON', '{"callbackUri":"x",}', /Unable to read JSON request payload/],
  ['an empty body', '', /Unable to read JSON request payload/],
  ['a list', '[]', /Unable to read JSON request payload/],
  ['null', 'null', /Unable to read JSON request payload/],
  ['a call without callbackUri', { ...peerCall, callbackUri: undefined }, /callbackUri/],
  ['a call with an empty callbackUri', { ...peerCall, callbackUri: '' }, /callbackUri/],
  ['an unknown property', { ...peerCall, colour: 'red' }, /unknown property colour/],
  [
    'a wrong type',
    { ...peerCall, targets: [{ identity: 'John' }] },
    /\/targets\/0\/identity must be of type/,
  ],
  ['a property of another version', { ...peerCall, ringingTimeoutInSeconds: 30 }, /ringingTimeoutInSeconds/],
  [
    'an unknown media config',
    { ...peerCall, mediaConfig: { '@odata.type': 'x' } },
    /\/mediaConfig needs an @odata/,
  ],
  ['a __proto__ property', `{"callbackUri":"x","__proto__":{"subject":7}}`, /unknown property __proto__/],
  ['nesting without end', `${'['.repeat(500_000)}`, /Unable to read JSON request payload/],
]

for (const [why, body, message] of refused) {
  checkSuite(`answers 400 to ${why}`, () =>
    withSimulator({}, async (simulator) => {
      const answer = await post(simulator, body)
      assert.equal([answer.status, errorOf(answer).code], [400, 'BadRequest'])
      assert.match(errorOf(answer).message, message)
    }),
  )
}

for (const place of ['/v1.0/communications/calls', '/beta/communications/calls', '/beta/app/calls']) {
  for (const mediaConfig of [undefined, null]) {
    checkSuite(`${place} answers 400 with 8523 to a call whose mediaConfig is ${mediaConfig}`, () =>
      withSimulator({}, async (simulator) => {
        const answer = await post(simulator, { ...peerCall, mediaConfig }, { path: place })
        assert.equal([answer.status, errorOf(answer).code], [400, '8523'])
        assert.match(errorOf(answer).message, /mediaConfig/)
      }),
    )
  }
}

checkSuite(
  'takes a call whose mediaConfig is unlike Graph’s where a setting lets unknown properties out',
  () =>
    withSimulator({ takesUnknown: true }, async (simulator) => {
      const mediaConfig = { ...peerCall.mediaConfig, colour: 'red' }
      assert.is((await post(simulator, { ...peerCall, mediaConfig })).status, 201)
      assert.is((await post(simulator, { ...peerCall, mediaConfig: undefined })).status, 400)
    }),
)

for (const type of [undefined, 'text/plain', 'application/jsonp']) {
  checkSuite(`answers 400 to the content type ${type}`, () =>
    withSimulator({}, async (simulator) => {
      const answer = await post(simulator, peerCall, { headers: { 'content-type': type } })
      assert.is(answer.status, 400)
      assert.match(errorOf(answer).message, /Content-Type/)
    }),
  )
}

checkSuite('takes a content type with parameters', () =>
  withSimulator({}, async (simulator) => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    assert.is((await post(simulator, peerCall, { headers })).status, 201)
  }),
)

checkSuite('reports the generation of the call that comes closest', () => {
  const failsWith = (...paths: string[]) => {
    const validateCall: Validate = () => false
    validateCall.errors = paths.map((instancePath) => ({
      instancePath,
      keyword: 'x',
      params: {},
      schemaPath: '',
    }))
    return { validateCall, shapes: { root: 'call', types: {} } }
  }
  const schemas = { 'v1.0': failsWith('/v1'), beta: failsWith('/b1', '/b2'), seed: failsWith('/s1') }
  return withSimulator({ schemas }, async (simulator) => {
    const messageAt = async (path: string) => errorOf(await post(simulator, peerCall, { path })).message
    assert.match(await messageAt('/v1.0/communications/calls'), /\/v1 /)
    assert.match(await messageAt('/beta/communications/calls'), /\/b1 /)
    assert.match(await messageAt('/beta/app/calls'), /\/s1 /)
  })
})

checkSuite.run()
