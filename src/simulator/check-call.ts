import type { CallShapes } from '../../schema/shapes.js'
import type { SchemaError, Validate } from '../../schema/validators.js'
import { isJsonObject, type JsonObject } from '../model/json.js'
import type { Incoming } from './incoming.js'
import type { RequestPath } from './place.js'
import type { Era, World } from './world.js'

/** A body that Graph would take, with the properties of its generation; or why not. */
export type CheckedCall =
  | { readonly body: JsonObject; readonly shapes: CallShapes }
  | {
      readonly problem: string
      /** Of the calling service; Graph's gateway says BadRequest. */
      readonly code?: string
    }

/** Checks a body as Graph would: media type, JSON, `callbackUri`, schema, media. Finds the first problem only. */
export function checkCall(world: World, incoming: Incoming, place: RequestPath): CheckedCall {
  const read = readBody(incoming)
  if ('problem' in read) return read
  const { body } = read
  if (typeof body['callbackUri'] !== 'string' || body['callbackUri'] === '') {
    return { problem: 'The property callbackUri is missing or empty.' }
  }
  const eras = erasOf(place)
  const failures = eras.map((era) => findErrors(world, era, body))
  const accepted = eras.find((_era, index) => failures[index]?.length === 0)
  if (accepted !== undefined) {
    return isJsonObject(body['mediaConfig']) ? { body, shapes: world.schemas[accepted].shapes } : noMedia
  }
  const closest = failures.reduce((best, errors) => (errors.length < best.length ? errors : best))
  return { problem: formatError(closest[0]) }
}

/** Seen of Graph, 2024-02-16 (docs/graph-facts.md#media-and-prompts). */
const noMedia: CheckedCall = { problem: 'Missing mediaConfig information.', code: '8523' }

/** The JSON object of a request, or what Graph says of anything else. */
export function readBody(incoming: Incoming): { readonly body: JsonObject } | { readonly problem: string } {
  if (!/^application\/json\s*(;|$)/i.test(incoming.headers['content-type'] ?? '')) {
    return { problem: 'Write requests must contain the Content-Type header declaration application/json.' }
  }
  const body = readJson(incoming.body)
  if (isJsonObject(body)) return { body }
  return { problem: 'Unable to read JSON request payload. It must be one well-formed JSON object.' }
}

/** The two old collections took the seed's call resource, and still take beta's. */
function erasOf({ version, collection }: RequestPath): readonly Era[] {
  if (version === 'v1.0') return ['v1.0']
  return collection === 'communications' ? ['beta'] : ['beta', 'seed']
}

const findErrors = (world: World, era: Era, body: JsonObject): readonly SchemaError[] =>
  errorsOf(world.schemas[era].validateCall, body, world)

export function errorsOf(
  validate: Validate,
  body: JsonObject,
  { takesUnknown }: Pick<World, 'takesUnknown'>,
): readonly SchemaError[] {
  if (validate(body)) return []
  const unknown: SchemaError = { instancePath: '', schemaPath: '', keyword: 'schema', params: {} }
  const errors = validate.errors?.length ? validate.errors : [unknown]
  return takesUnknown ? errors.filter(({ keyword }) => keyword !== 'additionalProperties') : errors
}

export function formatError(error: SchemaError | undefined, whole = 'the call'): string {
  if (error === undefined) return 'Invalid request body.'
  const place = error.instancePath === '' ? whole : error.instancePath
  return `Invalid request body: ${place} ${formatComplaint(error)}.`
}

/** The built validators carry no messages of their own. */
function formatComplaint({ keyword, params, message }: SchemaError): string {
  if (keyword === 'additionalProperties')
    return `has the unknown property ${clip(params['additionalProperty'])}`
  if (keyword === 'required') return `lacks the property ${clip(params['missingProperty'])}`
  if (keyword === 'type') return `must be of type ${clip(params['type'])}`
  if (keyword === 'enum') return `must be one of ${clip(params['allowedValues'])}`
  if (keyword === 'discriminator') return `needs an @odata.type that is known there`
  return message ?? `breaks the rule ${keyword}`
}

const clip = (value: unknown): string => String(value).slice(0, 200)

/** Undefined for what is not UTF-8 or not JSON. */
function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
