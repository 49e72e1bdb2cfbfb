import type { Answer } from '../../model/call.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import type { SeenOperation, SeenParticipant, SeenRoutingGroup } from '../../model/operation.js'

// Answers to operations, read leniently: any letter case of states, numbers as text.

export const bodyOf = ({ call }: Answer): JsonObject => (isJsonObject(call) ? call : {})

export function readOperation(body: JsonObject): SeenOperation {
  const { id, status, clientContext, completionReason, resultInfo } = body
  return {
    ...textUnder('id', id),
    ...(typeof status === 'string' && { status: status.charAt(0).toLowerCase() + status.slice(1) }),
    ...textUnder('clientContext', clientContext),
    ...textUnder('completionReason', completionReason),
    ...(isJsonObject(resultInfo) && {
      result: {
        ...numberUnder('code', resultInfo['code']),
        ...numberUnder('subcode', resultInfo['subcode']),
        ...textUnder('message', resultInfo['message']),
      },
    }),
  }
}

const textUnder = <Key extends string>(key: Key, value: JsonValue | undefined) =>
  typeof value === 'string' && value !== '' ? ({ [key]: value } as Record<Key, string>) : {}

const numberUnder = <Key extends string>(key: Key, value: JsonValue | undefined) =>
  typeof value === 'number' ? ({ [key]: value } as Record<Key, number>) : {}

/** Of a list, or of the one participant that was asked for. */
export function readParticipants(body: JsonObject): readonly SeenParticipant[] {
  const items = Array.isArray(body['value']) ? (body['value'] as readonly JsonValue[]) : [body]
  return items.filter(isJsonObject).map(readParticipant)
}

function readParticipant({ id, info, isMuted, isInLobby }: JsonObject): SeenParticipant {
  const identity = isJsonObject(info) ? info['identity'] : undefined
  const slots = isJsonObject(identity) ? Object.entries(identity) : []
  const [slot, found] = slots.find(([, each]) => isJsonObject(each)) ?? []
  const who = isJsonObject(found) ? found : {}
  return {
    id: typeof id === 'string' ? id : '?',
    ...textUnder('name', who['displayName']),
    ...textUnder(slot === 'phone' ? 'number' : 'identity', who['id']),
    isMuted: isMuted === true,
    isInLobby: isInLobby === true,
  }
}

export const readRoutingGroups = ({ value }: JsonObject): readonly SeenRoutingGroup[] =>
  (Array.isArray(value) ? (value as readonly JsonValue[]) : [])
    .filter(isJsonObject)
    .map(({ id, routingMode, sources, receivers }) => ({
      id: typeof id === 'string' ? id : '?',
      mode: typeof routingMode === 'string' ? routingMode : '?',
      sources: textsOf(sources),
      receivers: textsOf(receivers),
    }))

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** Of a live call what tells of nobody. */
export function describeCall(body: JsonObject): JsonObject {
  const names = [
    'id',
    'state',
    'direction',
    'resultInfo',
    'terminationReason',
    'callChainId',
    'myParticipantId',
    'mediaState',
    'toneInfo',
    'transcription',
  ]
  const shown = names.filter((name) => body[name] !== undefined && body[name] !== null)
  return Object.fromEntries(shown.map((name) => [name, body[name]!]))
}
