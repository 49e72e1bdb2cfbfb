import type { CallShapes, PropertyShape } from '../../../schema/shapes.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { pointerToken } from '../../model/pointer.js'
import { shapesOf } from './call-schemas.js'
import { type Finding, type LintRule, type Subject, tagOf } from './lint-rule.js'

export const versionRules: readonly LintRule[] = [
  { code: 'lint/read-only', find: findReadOnly },
  { code: 'lint/not-in-version', isLater: true, find: findAbsent },
]

/**
 * What the service sets is at best ignored (docs/graph-facts.md#what-the-service-sets). The outermost one stands for
 * all beneath it.
 */
function findReadOnly({ call, target, mayHoldReadOnly }: Subject): readonly Finding[] {
  if (!mayHoldReadOnly) return []
  return findProperties(call, shapesOf(target), (_type, _name, shape) => shape?.readOnly === true).map(
    ({ pointer }) => ({
      pointer,
      message: 'The service sets this property; it has no business in a new call.',
      hint: 'Leave it out.',
      isAboutName: true,
    }),
  )
}

/**
 * What the schema takes and metadata does not have (docs/graph-facts.md#what-metadata-and-examples-disagree-about).
 * `removeFromDefaultAudioGroup` and `allowConversationWithoutHost` in v1.0 are not here: Microsoft's own v1.0
 * examples send them.
 */
function findAbsent(subject: Subject): readonly Finding[] {
  if (subject.target.version !== 'v1.0') return []
  return [...findModality(subject), ...(subject.target.cloud === 'global' ? [] : findNational(subject))]
}

function findModality({ call }: Subject): readonly Finding[] {
  const modalities = Array.isArray(call['requestedModalities']) ? call['requestedModalities'] : []
  const index = modalities.indexOf('unknown')
  if (index < 0) return []
  const message = 'Graph v1.0 has no modality `unknown`, whatever its documentation says.'
  return [{ pointer: `/requestedModalities/${index}`, message, hint: 'Leave it out.' }]
}

/** What national clouds lack, by type; there is metadata of v1.0 only (docs/graph-facts.md#clouds). */
const absentNationally: Readonly<Record<string, readonly string[]>> = {
  outgoingCallOptions: [
    'hideBotAfterEscalation',
    'isContentSharingNotificationEnabled',
    'isDeltaRosterEnabled',
    'isInteractiveRosterEnabled',
  ],
  incomingCallOptions: ['@odata.type'],
  invitationParticipantInfo: ['hidden', 'participantId', 'removeFromDefaultAudioRoutingGroup'],
  communicationsUserIdentity: ['@odata.type'],
  communicationsPhoneIdentity: ['@odata.type'],
  communicationsGuestIdentity: ['@odata.type'],
  communicationsApplicationIdentity: ['@odata.type'],
  communicationsApplicationInstanceIdentity: ['@odata.type'],
  communicationsEncryptedIdentity: ['@odata.type'],
}

function findNational({ call, target }: Subject): readonly Finding[] {
  const isAbsent = (type: string, name: string): boolean => absentNationally[type]?.includes(name) === true
  const hint = 'Leave it out; for calls of several clouds, set it in an environment alone.'
  return findProperties(call, shapesOf(target), isAbsent).map(({ pointer, name }) =>
    name === '@odata.type'
      ? { pointer, message: `The cloud \`${target.cloud}\` does not have this type.`, hint }
      : {
          pointer,
          message: `The cloud \`${target.cloud}\` does not have this property.`,
          hint,
          isAboutName: true,
        },
  )
}

type IsMeant = (type: string, name: string, shape: PropertyShape | undefined) => boolean

interface Found {
  readonly pointer: string
  readonly name: string
}

/** The properties that are meant, but none beneath another. */
function findProperties(call: JsonObject, schema: CallShapes, isMeant: IsMeant): readonly Found[] {
  const found: Found[] = []
  const path: string[] = []
  const look = (value: JsonObject, declared: string): void => {
    const type = typeOf(value, declared, schema)
    const properties = schema.types[type]?.properties
    for (const name of Object.keys(value)) {
      const shape = properties?.[name]
      path.push(name)
      if (isMeant(type, name, shape)) found.push({ pointer: pointerOf(path), name })
      else if (shape?.type !== undefined) lookInto(value[name]!, shape.type)
      path.pop()
    }
  }
  const lookInto = (value: JsonValue, type: string): void => {
    if (isJsonObject(value)) look(value, type)
    if (!Array.isArray(value)) return
    for (let index = 0; index < value.length; index += 1) {
      path.push(String(index))
      if (isJsonObject(value[index])) look(value[index], type)
      path.pop()
    }
  }
  look(call, schema.root)
  return found
}

const pointerOf = (path: readonly string[]): string => path.map((name) => `/${pointerToken(name)}`).join('')

function typeOf(value: JsonObject, declared: string, schema: CallShapes): string {
  const derived = schema.types[declared]?.derived
  return derived === undefined ? declared : (derived[tagOf(value)] ?? declared)
}
