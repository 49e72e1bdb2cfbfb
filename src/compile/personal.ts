import { type CallShapes, shapes, type TypeShape } from '../../schema/shapes.generated.js'
import type { GraphTarget } from '../model/call.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'
import type { PersonalValue } from '../model/review.js'
import { concreteShape } from './canonical.js'
import { pointerToken } from './render.js'
import { schemaNameOf } from './validate.js'

/** The values of a call that tell of a person, as the schema marks them. */
export function personalOf(call: JsonObject, target: GraphTarget): readonly PersonalValue[] {
  const schema = shapes[schemaNameOf(target)]
  return [...find({ value: call, shape: schema.types[schema.root], pointer: '' }, schema)]
}

interface Place {
  readonly value: JsonValue
  readonly shape: TypeShape | undefined
  readonly pointer: string
}

function* find({ value, shape, pointer }: Place, schema: CallShapes): Generator<PersonalValue> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      yield* find({ value: item, shape, pointer: `${pointer}/${index}` }, schema)
    }
  } else if (isJsonObject(value)) {
    const concrete = concreteShape(value, shape, schema)
    for (const [name, each] of Object.entries(value)) {
      const property = concrete && Object.hasOwn(concrete.properties, name) && concrete.properties[name]
      if (!property) continue
      const at = `${pointer}/${pointerToken(name)}`
      if (property.person !== undefined && typeof each === 'string')
        yield { pointer: at, kind: property.person }
      else if (property.type !== undefined)
        yield* find({ value: each, shape: schema.types[property.type], pointer: at }, schema)
    }
  }
}
