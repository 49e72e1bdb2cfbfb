import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shapes } from '../../schema/shapes.generated.js'
import { VERSIONS } from './bodies.js'
import { objectTypes, ownShape, readSchema } from './schemas.js'

const test = suite('shapes')

test('every version has the call at its root', () => {
  for (const version of VERSIONS) assert.ok(shapes[version].types[shapes[version].root])
})

test('types and properties are those of the schema, in its order', () => {
  for (const version of VERSIONS) {
    const types = objectTypes(readSchema(version))
    assert.equal(
      Object.keys(shapes[version].types),
      types.map(([name]) => name),
    )
    for (const [name, definition] of types) {
      const names = Object.keys(ownShape(definition).properties ?? {})
      assert.equal(Object.keys(shapes[version].types[name]!.properties), names, name)
    }
  }
})

test('lists, server-set and personal properties carry their marks', () => {
  for (const version of VERSIONS) {
    for (const [name, definition] of objectTypes(readSchema(version))) {
      for (const [property, schema] of Object.entries(ownShape(definition).properties ?? {})) {
        const shape = shapes[version].types[name]!.properties[property]!
        const marks = [schema.type === 'array' || undefined, schema.readOnly, schema['x-callctl-person']]
        assert.equal([shape.list, shape.readOnly, shape.person], marks, `${name}.${property}`)
      }
    }
  }
})

test('a property leads to a type of the table or to members, never both', () => {
  for (const version of VERSIONS) {
    const { types } = shapes[version]
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
    const types = Object.entries(shapes[version].types)
    return types.filter(([, type]) => type.abstract).map(([name]) => name)
  })
  const current = ['callOptions', 'mediaConfig', 'meetingInfo']
  assert.equal(abstract, [['mediaConfig', 'prompt'], current, current])
})

test('derived types are found by tag', () => {
  assert.equal(shapes['v1.0'].types['meetingInfo']?.derived, {
    joinMeetingIdMeetingInfo: 'joinMeetingIdMeetingInfo',
    organizerMeetingInfo: 'organizerMeetingInfo',
    tokenMeetingInfo: 'tokenMeetingInfo',
  })
  assert.is(shapes.seed.types['mediaConfig']?.derived?.['serviceMediaConfig'], 'serviceHostedMediaConfig')
  assert.is(
    shapes['v1.0'].types['identity']?.derived?.['callRecords.userIdentity'],
    'callRecords.userIdentity',
  )
})

test('enumerations give their members', () => {
  assert.equal(shapes['v1.0'].types['call']?.properties['direction']?.values, ['incoming', 'outgoing'])
  assert.ok(shapes.seed.types['call']?.properties['requestedModalities']?.values?.includes('screenSharing'))
})

test.run()
