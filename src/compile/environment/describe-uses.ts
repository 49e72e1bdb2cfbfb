import type { JsonValue } from '../../model/json.js'
import { literalValue, type Node } from '../../model/language/document.js'
import type { EnvironmentUse } from '../../model/language/environment-use.js'
import { pointerToken } from '../../model/pointer.js'
import type { BoundDefinition } from '../bind/bind-definition.js'
import { AlreadyReported } from '../bind/tools.js'
import { pathsOf } from '../expression/heads.js'
import { digestOfText } from '../payload/canonical.js'
import type { JudgedSite } from './judge-site.js'
import type { Extent } from './sites.js'
import { parseText, type Source } from './sources.js'

/** The sites of a definition, for a review. */
export const describeUses = (
  sites: readonly JudgedSite[],
  { definition }: BoundDefinition,
): readonly EnvironmentUse[] =>
  sites.map((site): EnvironmentUse => {
    const { matter, node, taint, tokens, isOfAll } = site
    const [first = ''] = tokens
    const isOfEverybody = isOfAll && matter === 'own'
    return {
      matter,
      names: [...taint.ways.keys()].sort(),
      range: node.range,
      pointer: first.startsWith('#') ? first : tokens.map((token) => `/${pointerToken(token)}`).join(''),
      ...(!isOfEverybody && { definition: String(definition.name.value) }),
      isHidden:
        site.isStructure || [...taint.ways.values()].some((way) => way === 'fallback' || way === 'chosen'),
      fingerprint: fingerprintOf(site.extents),
    }
  })

/** Texts of all that stands there, and of every variable that it may read. */
function fingerprintOf(extents: readonly Extent[]): string {
  const texts: string[] = []
  const seen = new Set<Node>()
  const collect = (source: Source | undefined): void => {
    if (source === undefined) return
    if (source.kind === 'item') collect(source.list)
    else if (source.kind === 'value') texts.push(JSON.stringify(readOrNothing(source.read)) ?? '')
    else if (!seen.has(source.node)) {
      const { node, scope } = source
      seen.add(node)
      texts.push(JSON.stringify(literalValue(node)))
      for (const name of namesIn(node)) collect(scope.find(name))
    }
  }
  for (const { node, scope } of extents) collect({ kind: 'node', node, scope })
  return digestOfText(texts.join('\n'))
}

function namesIn(node: Node): ReadonlySet<string> {
  if (node.kind === 'list') return new Set(node.items.flatMap((item) => [...namesIn(item)]))
  if (node.kind === 'map') return new Set(node.entries.flatMap(({ value }) => [...namesIn(value)]))
  const text = parseText(node.value)
  return new Set(text === undefined ? [] : pathsOf(text).flatMap(({ parts }) => parts.slice(0, 1)))
}

function readOrNothing(read: () => JsonValue | undefined): JsonValue | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof AlreadyReported) return undefined
    throw error
  }
}
