// Every single mistake that can be made in a body, with the one error it has to give.
import type { CallShapes, PropertyShape, TypeShape } from '../../schema/shapes.js'
import { type Body, type Json, type JsonObject, SCHEMAS } from './bodies.js'

export interface Mutation {
  readonly what: string
  readonly body: JsonObject
  readonly pointer: string
  readonly keyword: string
  readonly params?: Readonly<Record<string, unknown>>
}

interface Place {
  readonly root: JsonObject
  readonly table: CallShapes
  readonly path: readonly (string | number)[]
}

const TAG = '@odata.type'
type Change = (parent: JsonObject, name: string) => void

export function mutationsOf({ body, version }: Body): Mutation[] {
  const table = SCHEMAS[version].shapes
  return objectMutations({ root: body, table, path: [] }, body, table.types[table.root]!)
}

function objectMutations(place: Place, value: JsonObject, declared: TypeShape): Mutation[] {
  const shape = actualShape(place.table, declared, value[TAG])
  const names = Object.keys(value).filter((name) => name !== TAG)
  return [
    ...tagMutations(place, value, declared, shape),
    ...names.map((name) => misspelt(place, name, shape)),
    ...names.flatMap((name) => propertyMutations(below(place, name), value[name]!, shape.properties[name]!)),
  ]
}

function actualShape(table: CallShapes, declared: TypeShape, tag: Json | undefined): TypeShape {
  const name =
    typeof tag === 'string' ? declared.derived?.[tag.replace(/^#?microsoft\.graph\./, '')] : undefined
  return name === undefined ? declared : table.types[name]!
}

function tagMutations(place: Place, value: JsonObject, declared: TypeShape, shape: TypeShape): Mutation[] {
  const choice = declared.derived !== undefined
  const at = choice ? pointer(place) : `${pointer(place)}/${TAG}`
  const keyword = choice ? 'discriminator' : 'enum'
  const set = (tag: Json) => replaced(below(place, TAG), tag)
  const wrong: Mutation[] = ['#microsoft.graph.nonsense', 5, null].map((tag) => {
    return { what: `tag ${tag} at ${at}`, body: set(tag), pointer: at, keyword }
  })
  if (declared.abstract) {
    const body = changed(below(place, TAG), (parent, name) => {
      delete parent[name]
    })
    wrong.push({
      what: `no tag at ${at}`,
      body,
      pointer: at,
      keyword,
      params: { error: 'tag', tag: TAG, tagValue: undefined },
    })
    wrong.push({ ...misspelt(place, TAG, shape), keyword, params: {} })
  } else if (value[TAG] !== undefined && shape === declared) {
    wrong.push(misspelt(place, TAG, shape)) // elsewhere the tag chose the properties, which are unknown then too
  }
  return wrong
}

function misspelt(place: Place, name: string, shape: TypeShape): Mutation {
  const wrong = ['q', 'z']
    .map((letter) => name.slice(0, -1) + letter)
    .find((text) => !(text in shape.properties))!
  const body = changed(below(place, name), (parent) => {
    parent[wrong] = parent[name]!
    delete parent[name]
  })
  const params = { additionalProperty: wrong }
  return {
    what: `${wrong} at ${pointer(place)}`,
    body,
    pointer: pointer(place),
    keyword: 'additionalProperties',
    params,
  }
}

function propertyMutations(place: Place, value: Json, property: PropertyShape): Mutation[] {
  if (!property.list) return valueMutations(place, value, property)
  const items = (value as Json[]).flatMap((item, index) => [
    ...valueMutations(below(place, index), item, property),
    wrongValue(below(place, index), null, property.values ? 'enum' : 'type'),
  ])
  return [
    ...items,
    wrongValue(place, 'text', 'type'),
    wrongValue(place, {}, 'type'),
    wrongValue(place, null, 'type'),
  ]
}

function valueMutations(place: Place, value: Json, property: PropertyShape): Mutation[] {
  if (property.values) return ['nonsense', 5, {}].map((wrong) => wrongValue(place, wrong, 'enum'))
  const scalar = property.type === undefined
  const wrongs: Json[] = scalar ? [typeof value === 'string' ? 5 : 'text', {}, []] : ['text', 5, []]
  const wrong = value === null && scalar ? [] : wrongs.map((item) => wrongValue(place, item, 'type'))
  if (scalar || value === null) return wrong
  return [...wrong, ...objectMutations(place, value as JsonObject, place.table.types[property.type!]!)]
}

function wrongValue(place: Place, wrong: Json, keyword: string): Mutation {
  const what = `${JSON.stringify(wrong)} at ${pointer(place)}`
  return { what, body: replaced(place, wrong), pointer: pointer(place), keyword }
}

function replaced(place: Place, value: Json): JsonObject {
  return changed(place, (parent, name) => {
    parent[name] = value
  })
}

function changed({ root, path }: Place, change: Change): JsonObject {
  const copy = structuredClone(root)
  const parent = path.slice(0, -1).reduce<Json>((node, key) => (node as JsonObject)[key]!, copy)
  change(parent as JsonObject, String(path.at(-1)))
  return copy
}

function below(place: Place, key: string | number): Place {
  return { ...place, path: [...place.path, key] }
}

function pointer({ path }: Place): string {
  return path.map((key) => `/${key}`).join('')
}
