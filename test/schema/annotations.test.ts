import { Ajv } from 'ajv'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { VERSIONS, type Version } from './bodies.js'
import { concreteTypes, ownShape, readSchema } from './schemas.js'

const test = suite('schema annotations')
const SETTABLE =
  '@odata.type callbackUri callOptions chatInfo mediaConfig meetingInfo requestedModalities source subject targets ' +
  'tenantId direction ringingTimeoutInSeconds routingPolicies callChainId targetDisposition'
const NESTED_SERVER_SET = ['participantInfo.participantId', 'participant.id', 'commsOperation.status']

function propertiesOf(version: Version, type: string) {
  return ownShape(readSchema(version).definitions[type]!).properties
}

test('each is draft-07 and compiles in strict mode', () => {
  for (const version of VERSIONS) {
    const schema = readSchema(version)
    assert.is(schema.$schema, 'http://json-schema.org/draft-07/schema#')
    const ajv = new Ajv({ strict: true, strictRequired: false, discriminator: true, allErrors: true })
    ajv.addKeyword({ keyword: 'x-callctl-person', schemaType: 'string' })
    assert.type(ajv.compile(schema), 'function')
  }
})

test('every type and property has a description', () => {
  for (const version of VERSIONS) {
    const schema = readSchema(version)
    for (const [name, { description }] of Object.entries(schema.definitions)) assert.ok(description, name)
    for (const [name, { properties }] of concreteTypes(schema)) {
      for (const [property, { description }] of Object.entries(properties))
        assert.ok(description, `${name}.${property}`)
    }
  }
})

test('of a call, all but the documented properties are server-set; so is direction in the seed', () => {
  const settable = SETTABLE.split(' ')
  for (const version of VERSIONS) {
    for (const [name, { readOnly }] of Object.entries(propertiesOf(version, 'call'))) {
      const expected = !settable.includes(name) || (version === 'seed' && name === 'direction')
      assert.is(readOnly ?? false, expected, `${version} ${name}`)
    }
  }
})

test('server-set values inside are marked', () => {
  for (const version of ['beta', 'v1.0'] as const) {
    for (const place of NESTED_SERVER_SET) {
      const [type, property] = place.split('.') as [string, string]
      assert.is(propertiesOf(version, type)[property]?.readOnly, true, `${version} ${place}`)
    }
  }
})

test('names, numbers and ids of people are marked, those of apps are not', () => {
  for (const version of VERSIONS) {
    const marks = ['identity', 'phoneIdentity', 'applicationIdentity'].map((type) => {
      const { id, displayName } = propertiesOf(version, type)
      return [id?.['x-callctl-person'], displayName?.['x-callctl-person']]
    })
    assert.equal(marks, [
      ['id', 'name'],
      ['number', 'name'],
      [undefined, undefined],
    ])
    const { phone, user, application, guest } = propertiesOf(version, 'identitySet')
    const types = [phone, user, application, guest].map((property) => property?.else?.$ref?.split('/')[2])
    assert.equal(types, ['phoneIdentity', 'identity', 'applicationIdentity', 'identity'])
  }
})

test('objects are closed, save those that have no fixed properties; lists are bounded', () => {
  for (const version of VERSIONS) {
    for (const [name, { properties, additionalProperties }] of concreteTypes(readSchema(version))) {
      assert.is(additionalProperties, name === 'detailsInfo', name)
      for (const { items, maxItems } of Object.values(properties)) assert.is(maxItems, items && 1000)
    }
  }
})

test.run()
