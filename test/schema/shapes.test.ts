import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SCHEMAS, VERSIONS } from './bodies.js'
import { objectTypes, ownShape, readSchema } from './schemas.js'

const test = suite('shapes')

test('every version has the call at its root', () => {
  for (const version of VERSIONS) assert.ok(SCHEMAS[version].shapes.types[SCHEMAS[version].shapes.root])
})

test('types and properties are those of the schema, in its order', () => {
  for (const version of VERSIONS) {
    const types = objectTypes(readSchema(version))
    assert.equal(
      Object.keys(SCHEMAS[version].shapes.types),
      types.map(([name]) => name),
    )
    for (const [name, definition] of types) {
      const names = Object.keys(ownShape(definition).properties ?? {})
      assert.equal(Object.keys(SCHEMAS[version].shapes.types[name]!.properties), names, name)
    }
  }
})

test('lists, server-set and personal properties carry their marks', () => {
  for (const version of VERSIONS) {
    for (const [name, definition] of objectTypes(readSchema(version))) {
      for (const [property, schema] of Object.entries(ownShape(definition).properties ?? {})) {
        const shape = SCHEMAS[version].shapes.types[name]!.properties[property]!
        const marks = [schema.type === 'array' || undefined, schema.readOnly, schema['x-callctl-person']]
        assert.equal([shape.list, shape.readOnly, shape.person], marks, `${name}.${property}`)
      }
    }
  }
})

test('a property leads to a type of the table or to members, never both', () => {
  for (const version of VERSIONS) {
    const { types } = SCHEMAS[version].shapes
    for (const { properties, derived = {} } of Object.values(types)) {
      for (const { type, values } of Object.values(properties)) {
        assert.ok(type === undefined || (values === undefined && type in types))
      }
      for (const name of Object.values(derived)) assert.ok(name in types)
    }
  }
})

test('abstract types are those that need a tag', () => {
  const abstract = VERSIONS.map((version) => {
    const types = Object.entries(SCHEMAS[version].shapes.types)
    return types.filter(([, type]) => type.abstract).map(([name]) => name)
  })
  const current = ['callOptions', 'mediaConfig', 'meetingInfo']
  assert.equal(abstract, [['mediaConfig', 'prompt'], current, current])
})

test('derived types are found by tag', () => {
  assert.equal(SCHEMAS['v1.0'].shapes.types['meetingInfo']?.derived, {
    joinMeetingIdMeetingInfo: 'joinMeetingIdMeetingInfo',
    organizerMeetingInfo: 'organizerMeetingInfo',
    tokenMeetingInfo: 'tokenMeetingInfo',
  })
  assert.is(
    SCHEMAS.seed.shapes.types['mediaConfig']?.derived?.['serviceMediaConfig'],
    'serviceHostedMediaConfig',
  )
  assert.is(
    SCHEMAS['v1.0'].shapes.types['identity']?.derived?.['callRecords.userIdentity'],
    'callRecords.userIdentity',
  )
})

test('enumerations give their members', () => {
  assert.equal(SCHEMAS['v1.0'].shapes.types['call']?.properties['direction']?.values, [
    'incoming',
    'outgoing',
  ])
  assert.ok(
    SCHEMAS.seed.shapes.types['call']?.properties['requestedModalities']?.values?.includes('screenSharing'),
  )
})

test.run()
