// JSON Schemas of what Graph answers and notifies, made from schema/call-*.json, which types.test.ts holds against
// Graph's metadata: every type closed, what metadata does not let be null required, OData's annotations allowed.
import { Ajv, type ValidateFunction } from 'ajv'
import { readJson, type Version } from '../../schema/bodies.js'
import { type Published, published } from './published.js'

type Schema = Readonly<Record<string, unknown>>
type Shape = Schema & { readonly properties?: Readonly<Record<string, Schema>> }

/** As metadata has them, beside the types of the call schemas. */
export const notificationTypes = {
  commsNotifications: { value: { type: 'array', items: { $ref: '#/definitions/commsNotification' } } },
  commsNotification: {
    changeType: { $ref: '#/definitions/changeType' },
    resourceUrl: { type: 'string' },
  },
} as const
export const changeTypes = ['created', 'updated', 'deleted']

const ANNOTATIONS = ['@odata.context', '@odata.id', '@odata.etag']
/** A notification has a part of the call alone, and so has a body the rest of what the caller may set. */
const PARTS = new Set(['call'])
/** Compares what the seed, whose metadata says nothing of null, cannot. */
const hasNulls = (version: Version): boolean => version !== 'seed'

const text = { type: 'string' }

type Validate = (type: string, value: unknown) => readonly string[]
/** By version and exceptions: to compile takes a hundred times as long as to validate. */
const validators = new Map<string, Validate>()

/** Validates values of one type of one version; `left` are the exceptions to leave out. */
export function createValidators(version: Version, left: readonly Published[] = []): Validate {
  const key = [version, ...left.map((each) => published.indexOf(each))].join()
  const known = validators.get(key) ?? compileValidators(version, left)
  validators.set(key, known)
  return known
}

function compileValidators(version: Version, left: readonly Published[]): Validate {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true })
  const allowed = published.filter(
    (each) => !left.includes(each) && (each.version ?? version) === version && hasNulls(version),
  )
  const definitions = createDefinitions(version, allowed)
  ajv.addSchema({ $id: 'graph', definitions })
  const known = new Map<string, ValidateFunction>()
  return (type, value) => {
    if (!Object.hasOwn(definitions, type)) return [`there is no ${type}`]
    const validate = known.get(type) ?? ajv.compile({ $ref: `graph#/definitions/${type}` })
    known.set(type, validate)
    if (validate(value)) return []
    return (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if')
      .map(
        ({ instancePath, message, params }) => `${type}${instancePath} ${message} ${JSON.stringify(params)}`,
      )
  }
}

function createDefinitions(version: Version, allowed: readonly Published[]): Record<string, unknown> {
  const { definitions } = readJson<{ definitions: Record<string, Schema> }>('schema', `call-${version}.json`)
  const own = Object.entries(notificationTypes).map(([name, properties]) => [
    name,
    { type: 'object', properties: { '@odata.type': tagOf(name), ...properties } },
  ])
  const lobby = allowed.filter(({ property, members }) => property === undefined && members === undefined)
  const operations = lobby.map(({ type }) => [type, derivedOperation(type, definitions)])
  const all: Record<string, Schema> = {
    ...definitions,
    changeType: { enum: changeTypes },
    ...Object.fromEntries([...own, ...operations]),
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, definition]) => [name, answered(name, definition, version, allowed)]),
  )
}

const tagOf = (name: string): Schema => ({ enum: [`#microsoft.graph.${name}`] })

/** A type that adds nothing to its base. */
function derivedOperation(name: string, definitions: Record<string, Schema>): Shape {
  const base = (definitions['commsOperation'] as { readonly else: Shape }).else
  return { ...base, properties: { ...base.properties, '@odata.type': tagOf(name) } }
}

/** The type as Graph answers with it. Of one with derivations that is its `else`. */
function answered(name: string, definition: Schema, version: Version, allowed: readonly Published[]): Schema {
  const own = allowed.filter(({ type }) => type === name)
  const members = definition['enum'] as readonly string[] | undefined
  if (members !== undefined) return { enum: [...members, ...own.flatMap((each) => each.members ?? [])] }
  const close = (shape: Shape): Shape => closeShape(name, shape, own, version)
  if (definition['else'] !== undefined) return { ...definition, else: close(definition['else'] as Shape) }
  return definition['oneOf'] === undefined ? close(definition) : definition
}

function closeShape(name: string, shape: Shape, own: readonly Published[], version: Version): Shape {
  const { properties = {}, required = [] } = shape
  const beyond = own.flatMap(({ property }) => property ?? [])
  const firm = Object.entries(properties).filter(
    ([property, value]) => property !== '@odata.type' && !mayBeNull(value) && value['type'] !== 'array',
  )
  const wanted = PARTS.has(name) || !hasNulls(version) ? [] : firm.map(([property]) => property)
  const annotations = 'id' in properties || name === 'call' ? ANNOTATIONS : []
  return {
    ...shape,
    properties: {
      ...properties,
      ...Object.fromEntries(annotations.map((annotation) => [annotation, text])),
      ...Object.fromEntries(beyond.map((property) => [property, {}])),
    },
    required: PARTS.has(name) ? [] : [...new Set([...(required as string[]), ...wanted])],
    additionalProperties: false,
  }
}

const mayBeNull = ({ type, if: condition }: Schema): boolean =>
  condition !== undefined || (Array.isArray(type) && type.includes('null'))
