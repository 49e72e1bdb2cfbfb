import type { CallShapes, PropertyShape, TypeShape } from '../../schema/shapes.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'
import type { RequestPath } from './place.js'

interface CallParts {
  readonly body: JsonObject
  readonly shapes: CallShapes
  readonly place: RequestPath
  uuid(): string
}

/** Properties of a call that Graph serves under paths of their own. */
const navigations = new Set(['audioRoutingGroups', 'contentSharingSessions', 'operations', 'participants'])

/**
 * The full call that Graph answers: what the body set, what the service adds, and null or [] for everything else that
 * this version has. Read-only properties of the body are ignored. Neither the id nor the context is part of it.
 */
export function createCallObject({ body, shapes, place, uuid }: CallParts): JsonObject {
  const added: JsonObject = {
    state: 'establishing',
    direction: 'outgoing',
    callChainId: typeof body['callChainId'] === 'string' ? body['callChainId'] : uuid(),
    myParticipantId: uuid(),
    source: body['source'] ?? botSource(place),
    chatInfo: body['chatInfo'] ?? (isJsonObject(body['meetingInfo']) ? newChat(uuid()) : null),
  }
  const call: Record<string, JsonValue> = { '@odata.type': '#microsoft.graph.call' }
  for (const [name, shape] of propertiesOf(shapes.types[shapes.root])) {
    if (navigations.has(name) || name === 'id') continue
    const given = shape.readOnly ? undefined : body[name]
    const value = added[name] ?? given ?? emptyOf(shape)
    call[name] = completeParty(value, shape.type, shapes)
  }
  return place.version === 'v1.0' ? { ...beyondMetadata, ...call } : call
}

/** What v1.0's pages show in every answer, and its metadata has no more. */
const beyondMetadata: JsonObject = { answeredBy: null, ringingTimeoutInSeconds: null }

/** Without a source, the call comes from the application that asked for it. */
const botSource = ({ applicationId }: RequestPath): JsonObject => ({
  '@odata.type': '#microsoft.graph.participantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    application: {
      '@odata.type': '#microsoft.graph.identity',
      displayName: 'Simulated bot',
      id: applicationId ?? '00000000-0000-0000-0000-00000000b07e',
    },
  },
})

/** Joining by id or token answers with the chat of the meeting. */
export const newChat = (id: string): JsonObject => ({
  '@odata.type': '#microsoft.graph.chatInfo',
  threadId: `19:meeting_${Buffer.from(id).toString('base64url')}@thread.v2`,
  messageId: '0',
})

/** The nested types whose absent properties Graph spells out as null. */
const spelledOut = new Set(['participantInfo', 'invitationParticipantInfo', 'chatInfo'])

function completeParty(value: JsonValue, type: string | undefined, shapes: CallShapes): JsonValue {
  if (type === undefined || !spelledOut.has(type)) return value
  if (Array.isArray(value)) return value.map((item) => completeParty(item, type, shapes))
  if (!isJsonObject(value)) return value
  // A target may be tagged as a plain party, which has fewer properties.
  const tag = String(value['@odata.type']).replace(/^#?microsoft\.graph\./, '')
  const own = shapes.types[spelledOut.has(tag) ? tag : type]
  const missing = propertiesOf(own).filter(([name]) => value[name] === undefined)
  return { ...value, ...Object.fromEntries(missing.map(([name, shape]) => [name, emptyOf(shape)])) }
}

const propertiesOf = (type: TypeShape | undefined): readonly [string, PropertyShape][] =>
  Object.entries(type?.properties ?? {}).filter(([name]) => !name.startsWith('@'))

const emptyOf = (shape: PropertyShape): JsonValue => (shape.list ? [] : null)
