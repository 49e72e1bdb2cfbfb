import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorsOf, VERSIONS, type Version } from './bodies.js'

const test = suite('schema errors')
const callbackUri = 'https://a.example'

function seen(version: Version, body: unknown): string[] {
  return errorsOf(version, body).map(({ keyword, instancePath }) => `${keyword} ${instancePath}`)
}

test('what is not an object is one error at the root', () => {
  for (const version of VERSIONS) {
    for (const value of [null, 5, 'text', [], true]) assert.equal(seen(version, value), ['type '])
  }
})

test('a missing callbackUri is an error in v1.0 and beta, not in the seed', () => {
  assert.equal(seen('v1.0', {}), ['required '])
  assert.equal(seen('beta', {}), ['required '])
  assert.equal(seen('seed', {}), [])
})

test('a missing required property is named', () => {
  const tagged = { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo' }
  const [error] = errorsOf('v1.0', { callbackUri, meetingInfo: tagged })
  assert.equal([error?.instancePath, error?.params['missingProperty']], ['/meetingInfo', 'joinMeetingId'])
})

test('a misspelt required property is unknown, not missing as well', () => {
  assert.equal(seen('v1.0', { callbackUrl: callbackUri }), ['additionalProperties '])
  assert.equal(seen('beta', { callbackUri, targets: [{ identitySet: {} }] }), [
    'additionalProperties /targets/0',
  ])
})

test('a property that cannot be null says so', () => {
  assert.equal(seen('v1.0', { callbackUri: null }), ['type /callbackUri'])
  assert.equal(seen('v1.0', { callbackUri, targets: [{ identity: null }] }), ['type /targets/0/identity'])
})

test('a list is not null, nor are its items', () => {
  assert.equal(seen('beta', { callbackUri, targets: null }), ['type /targets'])
  assert.equal(seen('beta', { callbackUri, requestedModalities: [null] }), ['enum /requestedModalities/0'])
})

test('ringing lasts 1 to 115 whole seconds in beta', () => {
  const ring = (ringingTimeoutInSeconds: unknown) => seen('beta', { callbackUri, ringingTimeoutInSeconds })
  assert.equal([ring(1), ring(115)], [[], []])
  assert.equal(ring(0), ['minimum /ringingTimeoutInSeconds'])
  assert.equal(ring(116), ['maximum /ringingTimeoutInSeconds'])
  for (const wrong of [0.5, '30', 1e300 + 0.5, Number.NaN]) {
    assert.equal(ring(wrong).length, 1, String(wrong))
  }
})

test('ringing is any 32-bit number in the seed and unknown in v1.0', () => {
  assert.equal(seen('seed', { ringingTimeoutInSeconds: 2147483647 }), [])
  assert.equal(seen('seed', { ringingTimeoutInSeconds: 2147483648 }), ['maximum /ringingTimeoutInSeconds'])
  assert.equal(seen('v1.0', { callbackUri, ringingTimeoutInSeconds: 30 }), ['additionalProperties '])
})

test('annotations other than the type tag are unknown', () => {
  for (const name of ['@odata.context', '@odata.etag', '@odata.id', 'subject@odata.type']) {
    assert.equal(seen('v1.0', { callbackUri, [name]: 'x' }), ['additionalProperties '])
  }
})

test('names of Object.prototype are unknown properties', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const body: unknown = JSON.parse(`{"callbackUri":"x","source":{"identity":{}},"${name}":{}}`)
    const nested: unknown = JSON.parse(`{"callbackUri":"x","source":{"identity":{"${name}":{}}}}`)
    assert.equal(seen('v1.0', body), ['additionalProperties '])
    assert.equal(seen('v1.0', nested), ['additionalProperties /source/identity'])
  }
})

test('letter case of enumerations counts', () => {
  assert.equal(seen('v1.0', { callbackUri, requestedModalities: ['Audio'] }), ['enum /requestedModalities/0'])
})

test('a phone call needs no tag, a wrong one is named', () => {
  const [error] = errorsOf('v1.0', {
    callbackUri,
    targets: [{ identity: { phone: { '@odata.type': 'phone' } } }],
  })
  assert.equal([error?.keyword, error?.params['tagValue']], ['discriminator', 'phone'])
})

test('a participantInfo among the targets is for beta and seed', () => {
  const body = { callbackUri, targets: [{ '@odata.type': '#microsoft.graph.participantInfo', identity: {} }] }
  assert.equal(seen('beta', body), [])
  assert.equal(seen('seed', body), [])
  assert.equal(seen('v1.0', body), ['enum /targets/0/@odata.type'])
})

test('several mistakes are several errors', () => {
  const body = {
    callbackUri: 5,
    direction: 'sideways',
    targets: [{ identity: { user: { id: 1, name: 'A' } } }],
  }
  const expected = ['additionalProperties /targets/0/identity/user', 'enum /direction', 'type /callbackUri']
  assert.equal(seen('v1.0', body).sort(), [...expected, 'type /targets/0/identity/user/id'])
})

test('a list that is too long is one error, however wrong its items are', () => {
  assert.equal(seen('v1.0', { callbackUri, targets: Array(100_000).fill(5) }), ['maxItems /targets'])
})

test('a full list of wrong items gives an error each', () => {
  assert.equal(seen('v1.0', { callbackUri, targets: Array(1000).fill(5) }).length, 1000)
})

test('a run leaves no errors of the run before', () => {
  errorsOf('v1.0', 5)
  assert.equal(errorsOf('v1.0', { callbackUri }), [])
})

test.run()
