import type { JsonValue } from '../../model/json.js'
import type { MapNode, Node } from '../../model/language/document.js'
import { propertyName } from '../../model/pointer.js'
import { isDirective } from '../bind/is-directive.js'
import type { Binding, VariableTable } from '../bind/variables.js'
import { parseScalarText } from '../expression/expression.js'
import { hasExpression, type ScalarText } from '../expression/expression-tree.js'
import { clean, join, type Taint } from './taint.js'
import { choiceBy, type Lookup, taintOfText } from './taint-of-text.js'

/** What a name stands for. */
export type Source =
  | { readonly kind: 'node'; readonly node: Node; readonly scope: Scope }
  /** An item of a list. */
  | { readonly kind: 'item'; readonly list: Source }
  /** Data, and what the command line gives: nothing of the environment. */
  | { readonly kind: 'value'; readonly read: () => JsonValue | undefined }

/** What names stand for at a place. */
export interface Scope {
  readonly secrets: ReadonlySet<string>
  find(name: string): Source | undefined
  /** Taints that are known, by node and path. */
  readonly known: Map<Node, Map<string, Taint>>
}

export const anyItem = '*'

/** Of what a path leads to in it. Each is computed once; whatever needs itself is complained of elsewhere. */
export function taintOfSource(source: Source | undefined, path: readonly string[]): Taint {
  if (source === undefined || source.kind === 'value') return clean
  if (source.kind === 'item') return taintOfSource(source.list, [anyItem, ...path])
  const { node, scope } = source
  const key = path.join('\0')
  const known = scope.known.get(node) ?? new Map<string, Taint>()
  scope.known.set(node, known)
  const found = known.get(key)
  if (found !== undefined) return found
  known.set(key, clean)
  const taint = taintOfNode(node, path, scope)
  known.set(key, taint)
  return taint
}

/** Of what a path leads to in a node, which may be all of it. */
export function taintOfNode(node: Node, path: readonly string[], scope: Scope): Taint {
  const [step, ...rest] = path
  if (node.kind === 'scalar') return taintOfScalar(node.value, path, scope)
  if (node.kind === 'list') {
    const isOne = step !== undefined && /^\d+$/.test(step) && !node.items.some(mayBeOmitted)
    const items = isOne ? node.items.slice(Number(step), Number(step) + 1) : node.items
    return join(items.map((item) => taintOfNode(item, rest, scope)))
  }
  if (isDirective(node)) return taintOfDirective(node, path, scope)
  const entries = node.entries.filter(
    ({ key }) => step === undefined || propertyName(String(key.value)) === step,
  )
  return join(entries.map(({ value }) => taintOfNode(value, rest, scope)))
}

export const mayBeOmitted = (node: Node): boolean => node.kind === 'map' && isDirective(node)

function taintOfScalar(value: unknown, path: readonly string[], scope: Scope): Taint {
  const text = parseText(value)
  if (text === undefined) return clean
  const [whole] = text.kind === 'whole' && text.expression.kind === 'path' ? [text.expression.path] : []
  const lookup = lookupIn(scope)
  if (path.length === 0 || whole === undefined || whole.isData || whole.parts[0] === 'env')
    return taintOfText(text, lookup)
  const [head = '', ...rest] = whole.parts
  return lookup.variable(head, [...rest, ...path])
}

/** Undefined for what is no expression, or none that can be read, which is complained of elsewhere. */
export function parseText(value: unknown): ScalarText | undefined {
  if (typeof value !== 'string' || !hasExpression(value)) return undefined
  try {
    return parseScalarText(value)
  } catch {
    return undefined
  }
}

export const lookupIn = (scope: Scope): Lookup => ({
  secrets: scope.secrets,
  variable: (name, path) => taintOfSource(scope.find(name), path),
})

function taintOfDirective(node: MapNode, path: readonly string[], scope: Scope): Taint {
  const part = (name: string): Node | undefined => node.entries.find(({ key }) => key.value === name)?.value
  const [list, body, condition] = [part('$each'), part('$do'), part('$if')]
  if (list !== undefined && body !== undefined) {
    const inner = withItem(String(scalarOf(part('$as'))), { kind: 'node', node: list, scope }, scope)
    return join([taintOfNode(list, [], scope), taintOfNode(body, path.slice(1), inner)])
  }
  const branches = [part('$then'), part('$else')].flatMap((each) =>
    each === undefined ? [] : [taintOfNode(each, path, scope)],
  )
  const choice =
    condition === undefined ? clean : choiceBy(taintOfNode(condition, [], scope), lookupIn(scope))
  return join([choice, ...branches])
}

const scalarOf = (node: Node | undefined): unknown => (node?.kind === 'scalar' ? node.value : undefined)

/** The same scope, in which a name stands for an item of a list. */
export const withItem = (name: string, list: Source, outer: Scope): Scope =>
  scopeOf(outer.secrets, (each) => (each === name ? { kind: 'item', list } : outer.find(each)))

export const scopeOf = (secrets: Scope['secrets'], find: Scope['find']): Scope => ({
  secrets,
  find,
  known: new Map(),
})

/** Scopes of callctl.yaml and of files: one for each table of variables. */
export class TableScopes {
  readonly #scopes = new Map<VariableTable, Scope>()

  constructor(private readonly secrets: ReadonlySet<string>) {}

  of(table: VariableTable): Scope {
    const known = this.#scopes.get(table)
    if (known !== undefined) return known
    const scope = scopeOf(this.secrets, (name) => {
      const binding = table.find(name)
      return binding && this.#sourceOf(binding, table)
    })
    this.#scopes.set(table, scope)
    return scope
  }

  /** A value without a home is none that is rendered. */
  #sourceOf(binding: Binding, { reporter }: VariableTable): Source {
    const { node, home } = binding
    if (node !== undefined && home !== undefined) return { kind: 'node', node, scope: this.of(home) }
    return { kind: 'value', read: () => binding.read(reporter) }
  }
}
