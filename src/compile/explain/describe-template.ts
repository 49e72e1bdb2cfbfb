import type { JsonValue } from '../../model/json.js'
import { entryOf, literalValue, type MapNode, type Node } from '../../model/language/document.js'
import type { Workspace } from '../../model/language/workspace.js'
import { parse } from '../yaml/parse.js'

/** What a template's file says to its users. */
export interface DescribedTemplate {
  readonly name: string
  readonly path: string
  readonly description?: string
  readonly extends?: string
  readonly variables: readonly DescribedVariable[]
}

export interface DescribedVariable {
  readonly name: string
  readonly type: string
  readonly description?: string
  readonly isSecret: boolean
  readonly default?: JsonValue
}

/** The template with its inherited variables; undefined when there is none of that name that can be read. */
export function describeTemplate(
  workspace: Workspace,
  name: string,
  children: readonly string[] = [],
): DescribedTemplate | undefined {
  const source = workspace.templates.find(({ path }) => path === `templates/${name}.yaml`)
  const root = source && parse(source).value?.root
  if (source === undefined || root === undefined || children.includes(name)) return undefined
  const parentName = textAt(root, 'extends')
  const parent =
    parentName === undefined ? undefined : describeTemplate(workspace, parentName, [...children, name])
  const map = entryOf(root, 'variables')?.value
  const own = (map?.kind === 'map' ? map.entries : []).map(({ key, value }) =>
    describe(String(key.value), value),
  )
  const inherited = (parent?.variables ?? []).filter(
    (each) => !own.some((variable) => variable.name === each.name),
  )
  const description = textAt(root, 'description')
  return {
    name,
    path: source.path,
    ...(description !== undefined && { description }),
    ...(parentName !== undefined && { extends: parentName }),
    variables: [...inherited, ...own],
  }
}

function describe(name: string, node: Node): DescribedVariable {
  const description = textAt(node, 'description')
  const initial = entryOf(node, 'default')?.value
  return {
    name,
    type: describeType(node),
    isSecret: literalAt(node, 'secret') === true,
    ...(description !== undefined && { description }),
    ...(initial !== undefined && { default: literalValue(initial) }),
  }
}

/** `list of map`, `string, uuid` or `a | b`. */
function describeType(node: Node): string {
  const choices = literalAt(node, 'enum')
  if (Array.isArray(choices)) return choices.map((each) => JSON.stringify(each)).join(' | ')
  const type = literalAt(node, 'type')
  const types = (Array.isArray(type) ? type : [type ?? 'any']).join(' or ')
  const items = entryOf(node, 'items')?.value
  if (types === 'array' && items !== undefined) return `list of ${describeType(items)}`
  const format = literalAt(node, 'format')
  return typeof format === 'string' ? `${types}, ${format}` : types
}

const literalAt = (node: Node, key: string): JsonValue | undefined => {
  const value = entryOf(node, key)?.value
  return value && literalValue(value)
}

function textAt(node: MapNode | Node, key: string): string | undefined {
  const value = literalAt(node, key)
  return typeof value === 'string' ? value.trim() : undefined
}
