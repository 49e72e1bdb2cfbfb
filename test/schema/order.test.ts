import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { VERSIONS } from './bodies.js'
import { concreteTypes, ownShape, readSchema } from './schemas.js'

const test = suite('schema order')
const CALL =
  '@odata.type direction subject callbackUri tenantId source targets requestedModalities callOptions mediaConfig ' +
  'chatInfo meetingInfo ringingTimeoutInSeconds routingPolicies callChainId targetDisposition'

function namesOf(version: (typeof VERSIONS)[number], type: string): string[] {
  return Object.keys(ownShape(readSchema(version).definitions[type]!).properties)
}

test('the type tag comes first in every type', () => {
  for (const version of VERSIONS) {
    for (const [name, { properties }] of concreteTypes(readSchema(version))) {
      assert.is(Object.keys(properties)[0], '@odata.type', name)
    }
  }
})

test('a call begins with what is set, then what the server sets by alphabet', () => {
  const order = CALL.split(' ')
  for (const version of VERSIONS) {
    const names = namesOf(version, 'call')
    const set = order.filter((name) => names.includes(name))
    assert.equal(names, [...set, ...names.filter((name) => !set.includes(name)).sort()], version)
  }
})

test('an identity begins with id, name and tenant', () => {
  for (const version of VERSIONS) {
    for (const type of ['identity', 'phoneIdentity', 'applicationIdentity']) {
      assert.equal(namesOf(version, type).slice(1, 4), ['id', 'displayName', 'tenantId'])
    }
  }
})

test('the same type has the same order in every version', () => {
  const beta = readSchema('beta').definitions
  for (const [name, { properties }] of concreteTypes(readSchema('v1.0'))) {
    const later = beta[name] === undefined ? properties : ownShape(beta[name]).properties
    const common = Object.keys(properties).filter((property) => property in later)
    assert.equal(
      Object.keys(later).filter((property) => property in properties),
      common,
      name,
    )
  }
})

test.run()
