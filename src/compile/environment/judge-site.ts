import type { EnvironmentMatter } from '../../model/language/environment-use.js'
import { calleeProperties, fixedHost, isPasscode, ownProperties } from '../payload/choosing.js'
import type { Site } from './sites.js'
import { parseText } from './sources.js'

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

/** Whether an address begins with its scheme and host, spelled out. */
function hasFixedHost(node: Site['node']): boolean {
  const text = node.kind === 'scalar' ? parseText(node.value) : undefined
  const [first] = text?.kind === 'text' ? text.parts : []
  return first?.kind === 'content' && fixedHost.test(first.text)
}
