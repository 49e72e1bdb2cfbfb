import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allBodies, errorsOf, VERSIONS } from './bodies.js'

const test = suite('schema acceptance')

for (const { name, version, body } of allBodies()) {
  test(`${name} is valid ${version}`, () => {
    assert.equal(errorsOf(version, body), [])
  })
}

test('a tag may stand with or without its hash', () => {
  for (const version of VERSIONS) {
    for (const hash of ['#', '']) {
      const mediaConfig = { '@odata.type': `${hash}microsoft.graph.serviceHostedMediaConfig` }
      const body = {
        '@odata.type': `${hash}microsoft.graph.call`,
        callbackUri: 'https://a.example',
        mediaConfig,
      }
      assert.equal(errorsOf(version, body), [])
    }
  }
})

test('a nullable property may be null', () => {
  const body = {
    callbackUri: 'https://a.example',
    subject: null,
    source: null,
    mediaConfig: null,
    direction: null,
  }
  for (const version of VERSIONS) assert.equal(errorsOf(version, body), [])
  assert.equal(errorsOf('beta', { ...body, ringingTimeoutInSeconds: null }), [])
})

test('lists may be empty', () => {
  const body = { callbackUri: 'https://a.example', targets: [], requestedModalities: [] }
  for (const version of VERSIONS) assert.equal(errorsOf(version, body), [])
})

test('a type without fixed properties takes any', () => {
  const identity = { '@odata.type': '#microsoft.graph.provisioningSystem', details: { anything: [1] } }
  const body = { callbackUri: 'https://a.example', targets: [{ identity: { user: identity } }] }
  assert.equal(errorsOf('v1.0', body), [])
})

test.run()
