// Rewrites the call schemas into one pool of definitions that accepts the same values in less code. Pure.
const ANNOTATIONS = new Set([
  '$schema',
  '$id',
  'title',
  'description',
  'readOnly',
  'x-callctl-person',
  'definitions',
])
const LISTS = new Set(['oneOf', 'allOf'])
const SINGLES = new Set(['if', 'then', 'else', 'items'])
const TAG = '@odata.type'

/**
 * Drops annotations and merges equal definitions, also across versions: most types did not change. `bodies` maps the
 * name of a further root to the schema that holds it and its name there.
 */
export function shareDefinitions(schemas, bodies = {}) {
  const pool = createPool()
  const roots = mapValues(schemas, (schema) => pool.share(compact(schema, schema, pool)).$ref)
  const more = mapValues(bodies, ([schema, name]) => {
    return pool.share(compact({ $ref: `#/definitions/${name}` }, schema, pool)).$ref
  })
  return { definitions: pool.definitions, roots: { ...roots, ...more } }
}

function createPool() {
  const names = new Map()
  const definitions = {}
  const resolve = ({ $ref }) => definitions[$ref.split('/')[2]]
  const share = (node) => {
    if (node.$ref !== undefined) return node
    const text = JSON.stringify(node)
    if (!names.has(text)) names.set(text, `t${names.size}`)
    const name = names.get(text)
    definitions[name] = node
    return { $ref: `#/definitions/${name}` }
  }
  return { definitions, resolve, share }
}

function compact(node, root, pool) {
  const inner = (child) => compact(child, root, pool)
  if (node.$ref !== undefined) return pool.share(inner(lookUp(root, node.$ref)))
  const bare = {}
  for (const [keyword, value] of Object.entries(node)) {
    if (ANNOTATIONS.has(keyword)) continue
    if (keyword === 'properties') bare[keyword] = mapValues(value, inner)
    else if (LISTS.has(keyword)) bare[keyword] = value.map(inner)
    else bare[keyword] = SINGLES.has(keyword) ? inner(value) : value
  }
  const steps = [
    unwrap,
    shareElse,
    mergeBranches,
    nullableType,
    nullableRef,
    waitForSpelling,
    waitForType,
    waitForSize,
  ]
  return steps.reduce((result, step) => step(result, pool), bare)
}

// { allOf: [x] } is there because draft-07 ignores what stands beside a $ref.
function unwrap(node) {
  return node.allOf?.length === 1 && Object.keys(node).length === 1 ? node.allOf[0] : node
}

// A type with derivations is its own `else`, which its `then` names as well.
function shareElse(node, pool) {
  return node.else?.properties === undefined ? node : { ...node, else: pool.share(node.else) }
}

// Derived types that differ in nothing but their names become one branch with several names.
function mergeBranches(node, pool) {
  if (node.oneOf === undefined) return node
  const groups = new Map()
  for (const branch of node.oneOf.map(pool.resolve)) {
    const { [TAG]: tag, ...properties } = branch.properties
    const key = JSON.stringify({ ...branch, properties })
    groups.set(key, [...(groups.get(key) ?? []), ...tag.enum])
  }
  const oneOf = [...groups].map(([key, tags]) => {
    const branch = JSON.parse(key)
    return pool.share({ ...branch, properties: { [TAG]: { enum: tags }, ...branch.properties } })
  })
  return { ...node, oneOf }
}

// Ajv writes out a list of types at every error; with `nullable` it names the one that is meant.
function nullableType(node) {
  if (!Array.isArray(node.type)) return node
  const [type] = node.type
  return { ...node, type, nullable: true }
}

function nullableRef(node, pool) {
  if (node.if?.type !== 'null' || node.else?.$ref === undefined) return node
  const target = pool.resolve(node.else)
  return target.type === undefined ? node : pool.share({ ...target, nullable: true })
}

// A misspelt property that is required would be two errors: unknown, and missing. Only unknown is said.
function waitForSpelling(node) {
  const awaited = (node.required ?? []).filter((name) => name !== TAG)
  if (awaited.length === 0 || node.additionalProperties !== false) return node
  const { required, ...rest } = node
  const tagged = required.includes(TAG) ? { required: [TAG] } : {}
  return {
    ...rest,
    ...tagged,
    ...when({ propertyNames: { enum: Object.keys(node.properties) } }, { required: awaited }),
  }
}

// 0.5 for 1 to 115 is one mistake: not a whole number.
function waitForType(node) {
  if (node.minimum === undefined || node.type === undefined) return node
  const { minimum, maximum, ...rest } = node
  return { ...rest, ...when({ type: node.type }, { minimum, maximum }) }
}

// A list that is too long is not looked into: its errors could be millions.
function waitForSize(node) {
  if (node.maxItems === undefined || node.items === undefined) return node
  const { items, ...rest } = node
  return { ...rest, ...when({ maxItems: node.maxItems }, { items }) }
}

function when(condition, consequence) {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: condition, then: consequence }
}

function lookUp(root, ref) {
  return ref
    .slice(2)
    .split('/')
    .reduce((node, key) => node[key], root)
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
