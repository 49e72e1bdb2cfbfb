import { entryOf, literalValue, type MapNode, type Node } from '../../model/language/document.js'
import type { Range, Source } from '../../model/language/source.js'
import { parse } from '../yaml/parse.js'

/** A setting as it is in force, by the names that lead to it in callctl.yaml. */
export interface LocatedSetting {
  readonly name: string
  /** As it is written, expressions included; that of the default when it stands nowhere. */
  readonly value: string
  /** Absent for a default. */
  readonly range?: Range
}

/** What is in force where callctl.yaml says nothing. */
const defaults: Readonly<Record<string, string>> = {
  'graph.cloud': 'global',
  'graph.version': 'v1.0',
  'graph.collection': 'communications',
  'graph.applicationId': 'none',
  'graph.resourceSpecificConsent': 'false',
  tenantId: 'none',
  'limits.people': 'unlimited',
  'limits.concurrency': '8',
  'limits.concurrentCalls': 'Graph’s quota',
  'limits.callsPerMonth': 'Graph’s quota',
}

/** The settings that decide where calls go and what may ring, and where each stands. */
export function locateSettings(
  source: Source | undefined,
  environmentName: string | undefined,
): readonly LocatedSetting[] {
  const root = source && parse(source).value?.root
  const environments = entryOf(root, 'environments')?.value
  const chosen = environmentName === undefined ? undefined : entryOf(environments, environmentName)?.value
  return Object.entries(defaults).map(([name, value]) => {
    const node = find(chosen, name) ?? find(root, name)
    return node === undefined ? { name, value } : { name, value: describe(node), range: node.range }
  })
}

const find = (layer: Node | undefined, name: string): Node | undefined =>
  name.split('.').reduce<Node | undefined>((node, part) => entryOf(node, part)?.value, layer as MapNode)

const describe = (node: Node): string => {
  const value = literalValue(node)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
