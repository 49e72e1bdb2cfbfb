import type { JsonValue } from '../../model/json.js'
import { findSecrets, type SecretPlace } from './secret-places.js'

/** Properties of a call that choose whom it rings. Lower case, as Graph is lenient there. */
export const calleeProperties: ReadonlySet<string> = new Set([
  ...['targets', 'meetinginfo', 'chatinfo', 'callroutes', 'incomingcontext', 'participants', 'answeredby'],
  'myparticipantid',
])

/** Properties that say whose call it is, and where Graph is to report to. */
export const ownProperties: ReadonlySet<string> = new Set(['callbackuri', 'tenantid', 'source'])

/** Whether it opens the meeting that the rest chooses, and is kept out of files for good reason. */
export const isPasscode = (tokens: readonly string[]): boolean =>
  tokens.join('/').toLowerCase() === 'meetinginfo/passcode'

/** The start of a URL: scheme and host, spelled out. */
export const fixedHost = /^https?:\/\/[^/?#\\]+\//i

/** Where a secret would choose something. */
export interface SecretChoice extends Omit<SecretPlace, 'tokens' | 'text'> {
  /** Goes on with "a secret chooses". */
  readonly matter: string
  /** Whether it chooses no more than what a workspace often takes from outside: its tenant, its bot. */
  readonly isOwn: boolean
}

/**
 * Where secrets would choose whom a call rings, where it goes, or what properties it has: nobody can review what is not
 * shown. Elsewhere a secret is content: a passcode, what stands behind the host of a callback, the text of a property.
 */
export const findSecretChoices = (call: JsonValue): readonly SecretChoice[] =>
  findSecrets(call).flatMap((place) => {
    const { pointer, names, isAboutName } = place
    const matter = matterOf(place)
    return matter === undefined ? [] : [{ pointer, names, matter, isAboutName, isOwn: matter === whose }]
  })

const whose = 'whose call it is'
const structure = 'which properties the call has'

function matterOf({ tokens, text, isAboutName }: SecretPlace): string | undefined {
  const property = tokens[0]?.toLowerCase() ?? ''
  if (isAboutName) return structure
  if (isPasscode(tokens)) return undefined
  if (tokens.at(-1)?.startsWith('@')) return structure
  if (calleeProperties.has(property)) return 'whom the call rings'
  if (property === 'callbackuri') return hasFixedHost(text) ? undefined : 'where Graph reports to'
  return ownProperties.has(property) ? whose : undefined
}

function hasFixedHost(text: string): boolean {
  const [start = ''] = fixedHost.exec(text) ?? []
  return start !== '' && !start.includes('(')
}
