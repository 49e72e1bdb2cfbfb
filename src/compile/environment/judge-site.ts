import type { EnvironmentMatter } from '../../model/language/environment-use.js'
import type { Site } from './sites.js'
import { parseText } from './sources.js'

/** Lower case, as Graph is lenient there. */
const calleeProperties = new Set([
  ...['targets', 'meetinginfo', 'chatinfo', 'callroutes', 'incomingcontext', 'participants', 'answeredby'],
  'myparticipantid',
])
const ownProperties = new Set(['callbackuri', 'tenantid', 'source'])

/** A site, and what is decided there. */
export interface JudgedSite extends Site {
  readonly matter: EnvironmentMatter
  /** Whether it stands in callctl.yaml, for every call. */
  readonly isOfAll: boolean
}

export function judgeSite({ tokens, taint, isStructure, node }: Site): EnvironmentMatter {
  const property = tokens[0]?.toLowerCase() ?? ''
  if (isPasscode(tokens)) return taint.isOpen || isStructure ? 'structure' : 'content'
  if (calleeProperties.has(property)) return 'callees'
  if (isStructure || tokens.length === 0) return 'structure'
  if (ownProperties.has(property)) {
    const ways = [...taint.ways.values()]
    const isPlain = ways.every((way) => way === 'whole' || way === 'fallback')
    return isPlain || (property === 'callbackuri' && hasFixedHost(node)) ? 'own' : 'route'
  }
  return taint.isOpen || tokens.at(-1)!.startsWith('@') ? 'structure' : 'content'
}

/** It opens the meeting that the rest chooses, and is kept out of files for good reason. */
const isPasscode = (tokens: readonly string[]): boolean =>
  tokens.join('/').toLowerCase() === 'meetinginfo/passcode'

/** Whether an address begins with its scheme and host, spelled out. */
function hasFixedHost(node: Site['node']): boolean {
  const text = node.kind === 'scalar' ? parseText(node.value) : undefined
  const [first] = text?.kind === 'text' ? text.parts : []
  return first?.kind === 'content' && /^https?:\/\/[^/?#\\]+\//i.test(first.text)
}
