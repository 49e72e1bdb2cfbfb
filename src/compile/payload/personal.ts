import type { CallShapes, TypeShape } from '../../../schema/shapes.js'
import type { GraphTarget } from '../../model/call.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { personalForm } from '../../model/personal-form.js'
import { pointerToken } from '../../model/pointer.js'
import type { PersonalValue } from '../../model/review.js'
import { shapesOf } from './call-schemas.js'
import { concreteShape } from './canonical.js'

/** The values of a call that tell of a person, as the schema marks them. */
export function personalOf(call: JsonObject, target: GraphTarget): readonly PersonalValue[] {
  const schema = shapesOf(target)
  const found: PersonalValue[] = []
  collect({ value: call, shape: schema.types[schema.root], pointer: '' }, schema, found)
  return found
}

interface Spot {
  readonly value: JsonValue
  readonly shape: TypeShape | undefined
  readonly pointer: string
}

function collect({ value, shape, pointer }: Spot, schema: CallShapes, found: PersonalValue[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      collect({ value: item, shape, pointer: `${pointer}/${index}` }, schema, found)
    }
  } else if (isJsonObject(value)) collectIn(value, { value, shape, pointer }, schema, found)
}

function collectIn(
  object: JsonObject,
  { shape, pointer }: Spot,
  schema: CallShapes,
  found: PersonalValue[],
): void {
  const concrete = concreteShape(object, shape, schema)
  if (concrete === undefined) return
  for (const name of Object.keys(object)) {
    if (!Object.hasOwn(concrete.properties, name)) continue
    const { person, type } = concrete.properties[name]!
    if (person === undefined && type === undefined) continue
    const at = `${pointer}/${pointerToken(name)}`
    const value = object[name]!
    if (person !== undefined && typeof value === 'string')
      found.push({ pointer: at, kind: kindOf(value, person) })
    else if (type !== undefined) collect({ value, shape: schema.types[type], pointer: at }, schema, found)
  }
}

/** What stands where an id belongs may tell more of a person than an id does. */
function kindOf(value: string, kind: PersonalValue['kind']): PersonalValue['kind'] {
  const form = kind === 'id' ? personalForm(value) : undefined
  if (form === undefined) return kind
  return form === 'number' ? 'number' : 'name'
}
