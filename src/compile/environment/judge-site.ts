import type { Site } from './sites.js'
import { parseText } from './sources.js'

/** What the environment decides there. */
export type Matter =
  /** Whom, which number or which meeting it calls. */
  | 'callees'
  /** Which properties and items it has. */
  | 'structure'
  /** Its address, or whether it is there at all. */
  | 'calls'
  /** Where it is posted to, and where its notifications go. */
  | 'route'
  /** What the app itself is and where it is reached, as it is or where it is set: the ordinary use. */
  | 'own'
  /** Anything else of what is sent. */
  | 'content'

/** What nobody may choose unseen: a warning, and an error with `--strict`. */
export const isGrave = (matter: Matter): boolean => matter !== 'own' && matter !== 'content'

/** Lower case, as Graph is lenient there. */
const calleeProperties = new Set([
  ...['targets', 'meetinginfo', 'chatinfo', 'callroutes', 'incomingcontext', 'participants', 'answeredby'],
  'myparticipantid',
])
const ownProperties = new Set(['callbackuri', 'tenantid', 'source'])

/** A site, and what is decided there. */
export interface JudgedSite extends Site {
  readonly matter: Matter
  /** Whether it stands in callctl.yaml, for every call. */
  readonly isOfAll: boolean
}

export function judgeSite({ tokens, taint, isStructure, node }: Site): Matter {
  const property = tokens[0]?.toLowerCase() ?? ''
  if (calleeProperties.has(property)) return 'callees'
  if (isStructure || tokens.length === 0) return 'structure'
  if (ownProperties.has(property)) {
    const ways = [...taint.ways.values()]
    const isPlain = ways.every((way) => way === 'whole' || way === 'fallback')
    return isPlain || (property === 'callbackuri' && hasFixedHost(node)) ? 'own' : 'route'
  }
  return taint.isOpen || tokens.at(-1)!.startsWith('@') ? 'structure' : 'content'
}

/** Whether an address begins with its scheme and host, spelled out. */
function hasFixedHost(node: Site['node']): boolean {
  const text = node.kind === 'scalar' ? parseText(node.value) : undefined
  const [first] = text?.kind === 'text' ? text.parts : []
  return first?.kind === 'content' && /^https?:\/\/[^/?#\\]+\//i.test(first.text)
}
