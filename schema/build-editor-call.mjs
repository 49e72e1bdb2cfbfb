// Turns the call schemas of all versions into definitions for editors. Pure.
//
// An editor sees one layer of a call, in a version it does not know, with expressions and directives still in it. So
// all versions are joined, nothing is required, a type has the properties of all its derivations, and wherever a value
// stands, `{{…}}`, `$if` or null may stand too. callctl itself then checks the compiled call in full.
const EXPRESSION = '\\{\\{'
const SERVER_SET = 'Set by the server: it has no effect in a call that is placed.'

/** What may stand for any value: the parts of a choice. `then` is the schema of what is chosen. */
const choice = (chosen) => ({
  $if: { description: 'The condition: an expression, or true or false.', type: ['string', 'boolean'] },
  $then: { description: 'The value when the condition holds.', ...chosen },
  $else: {
    description: 'The value when it does not. Without it, the property or item is left out.',
    ...chosen,
  },
})

/** A value of a JSON type, or what yields one: an expression as text, a choice, null to remove what is below. */
const typed = (type, keywords = {}) => ({
  ...keywords,
  type: [...new Set([type, 'string', 'object', 'null'])],
  ...(type === 'string' ? {} : expressionOnly(type)),
  ...(type === 'object' ? {} : { properties: choice({}), additionalProperties: false }),
})

const expressionOnly = (type) => ({
  pattern: EXPRESSION,
  patternErrorMessage: `This must be ${type === 'integer' ? 'an' : 'a'} ${type}, or an expression such as "{{name}}".`,
})

/** One of several texts, or what yields one. Editors offer examples, but not what stands in a condition. */
const oneOf = (values, alsoAccepted = '') => ({
  examples: values,
  if: { type: 'string', pattern: `${EXPRESSION}${alsoAccepted}` },
  else: {
    if: { type: 'object', minProperties: 1 },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: choice({}), additionalProperties: false },
    else: { enum: [...values, null] },
  },
})

/** The definitions that a call needs, by name; `call` is its root. `snippets` maps type to defaultSnippets. */
export function callDefinitions(schemas, snippets) {
  const types = joinTypes(schemas)
  const definitions = {}
  const add = (name, make) => {
    if (definitions[name] === undefined) {
      definitions[name] = {}
      Object.assign(definitions[name], make())
    }
    return { $ref: `#/definitions/${name}` }
  }
  const build = { types, add, snippets }
  objectRef('call', build)
  return definitions
}

function objectRef(name, build) {
  const type = build.types.get(name)
  if (type.members) return build.add(name, () => oneOf(type.members))
  return build.add(name, () => {
    const ref = { $ref: `#/definitions/${name}` }
    return {
      ...typed('object'),
      description: type.description,
      ...(build.snippets[name] ? { defaultSnippets: build.snippets[name] } : {}),
      properties: {
        ...mapValues(type.properties, (property) => propertySchema(property, build)),
        ...choice(ref),
      },
      additionalProperties: false,
    }
  })
}

function propertySchema({ description, readOnly, value }, build) {
  if (readOnly) return { description: `${description} ${SERVER_SET}`, deprecationMessage: SERVER_SET }
  return { description, ...valueSchema(value, build) }
}

function valueSchema(value, build) {
  if (value.tags) return oneOf(value.tags, '|^microsoft\\.graph\\.')
  if (value.list) return listRef(value.list, build)
  if (value.ref) return objectRef(value.ref, build)
  return value.type === undefined ? {} : typed(value.type, value.keywords)
}

function listRef(item, build) {
  const items = valueSchema(item, build)
  const name = `listOf-${item.ref ?? item.type ?? 'any'}`
  const self = { $ref: `#/definitions/${name}` }
  return build.add(name, () => ({
    type: ['array', 'object', 'string', 'null'],
    ...expressionOnly('list'),
    items,
    properties: {
      $each: { description: 'The list to walk: an expression, or a list.' },
      $as: { description: 'The name that an item has in `$do`.', type: 'string' },
      $do: { description: 'What each item becomes.', ...items },
      ...choice(self),
    },
    additionalProperties: false,
  }))
}

/** Types by name: members of an enumeration, or the properties of the type and of all that derive from it. */
function joinTypes(schemas) {
  const joined = new Map()
  for (const { definitions } of schemas) {
    for (const [name, definition] of Object.entries(definitions)) {
      const known = joined.get(name) ?? { description: definition.description, properties: {} }
      joined.set(name, known)
      if (definition.enum) known.members = [...new Set([...(known.members ?? []), ...definition.enum])]
      else for (const part of familyOf(definition, definitions)) joinProperties(known.properties, part)
    }
  }
  return joined
}

function familyOf(definition, definitions) {
  const own = definition.else ?? definition
  const branches = definition.oneOf ?? definition.then?.oneOf ?? []
  return [own, ...branches.map(({ $ref }) => resolve($ref, definitions))].filter((each) => each.properties)
}

const resolve = ($ref, definitions) =>
  $ref
    .split('/')
    .slice(2)
    .reduce((node, key) => node[key], definitions)

function joinProperties(known, { properties }) {
  for (const [name, property] of Object.entries(properties)) {
    const value = readValue(property)
    const first = known[name]
    if (first === undefined) {
      known[name] = { description: property.description ?? '', readOnly: property.readOnly === true, value }
    } else {
      first.readOnly &&= property.readOnly === true
      first.value = joinValues(first.value, value)
    }
  }
}

function readValue(property) {
  if (property.items) return { list: readValue(property.items) }
  const $ref = property.$ref ?? property.else?.$ref ?? property.allOf?.[0].$ref
  if ($ref) return { ref: $ref.split('/')[2] }
  if (property.enum) return { tags: property.enum.filter((tag) => tag?.startsWith('#')) }
  const type = [property.type].flat().find((each) => each !== 'null')
  const { minimum, maximum } = property
  return {
    type,
    keywords: {
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    },
  }
}

/** Where versions or derivations differ in type, an editor takes any value; where they differ in bounds, the wider. */
function joinValues(left, right) {
  if (left.tags && right.tags) return { tags: [...new Set([...left.tags, ...right.tags])] }
  if (JSON.stringify(left) === JSON.stringify(right)) return left
  if (left.type === undefined || left.type !== right.type) return {}
  return { type: left.type, keywords: widerBounds(left.keywords, right.keywords) }
}

function widerBounds(left, right) {
  const keywords = {}
  if ('minimum' in left && 'minimum' in right) keywords.minimum = Math.min(left.minimum, right.minimum)
  if ('maximum' in left && 'maximum' in right) keywords.maximum = Math.max(left.maximum, right.maximum)
  return keywords
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
