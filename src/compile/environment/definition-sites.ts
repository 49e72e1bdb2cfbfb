import type { Definition } from '../../model/language/definition.js'
import type { Node } from '../../model/language/document.js'
import type { EnvironmentMatter } from '../../model/language/environment-use.js'
import type { Settings } from '../../model/language/settings.js'
import type { Values } from '../../model/language/workspace.js'
import type { BoundDefinition } from '../bind/bind-definition.js'
import { lowestLayers } from '../bind/lowest-layers.js'
import type { VariableTable } from '../bind/variables.js'
import { hasExpression } from '../expression/expression-tree.js'
import { type JudgedSite, judgeSite } from './judge-site.js'
import { findSites, isReplaced } from './sites.js'
import {
  type Scope,
  type Source,
  scopeOf,
  TableScopes,
  taintOfNode,
  taintOfSource,
  withItem,
} from './sources.js'
import { isClean, type Taint } from './taint.js'

/** What the environment has a say in of every call that a definition makes. */
export class EnvironmentSites {
  readonly #scopes: TableScopes
  readonly #lowest: readonly Node[]
  readonly #known = new WeakMap<BoundDefinition, readonly JudgedSite[]>()
  readonly #tainted = new Map<VariableTable, readonly string[]>()
  /** Of what stands below definitions that have nothing to do with the environment themselves. */
  readonly #below = new Map<string, readonly JudgedSite[]>()

  constructor(
    private readonly settings: Settings,
    private readonly values: Values,
    /** Whether each definition's sites are needed with what it alone gives them. */
    private readonly isExact: boolean,
  ) {
    const { environment } = settings
    const secrets = [...environment].filter(([, { isSecret }]) => isSecret).map(([name]) => name)
    this.#scopes = new TableScopes(new Set(secrets))
    this.#lowest = lowestLayers(settings)
  }

  of(bound: BoundDefinition): readonly JudgedSite[] {
    if (this.settings.environment.size === 0) return []
    const known = this.#known.get(bound) ?? this.#find(bound)
    this.#known.set(bound, known)
    return known
  }

  #find(bound: BoundDefinition): readonly JudgedSite[] {
    const { definition, template } = bound
    const names = this.#taintedNames(bound)
    if (this.isExact || nodesOf(definition).some((node) => mentions(node, ['env', ...names])))
      return this.#findAll(bound)
    const shadowed = new Set([...bound.given, ...this.values.assignments].map(({ name }) => name))
    const read = names.filter((name) => !template?.shapes.has(name) || !shadowed.has(name))
    const key = [template?.name ?? '', ...read].join('\n')
    const below = this.#below.get(key) ?? this.#findAll({ ...bound, definition: withoutCall(definition) })
    this.#below.set(key, below)
    const { call } = definition
    return call === undefined || below.length === 0
      ? below
      : below.filter(({ tokens }) => !isReplaced(tokens, call))
  }

  /** Variables of the file and of callctl.yaml that have anything of the environment in them. */
  #taintedNames({ scope: { names, table } }: BoundDefinition): readonly string[] {
    const known = this.#tainted.get(table)
    if (known !== undefined) return known
    const scope = this.#scopes.of(table)
    const found = [...names.variables.keys()].filter((name) => !isClean(taintOfSource(scope.find(name), [])))
    this.#tainted.set(table, found)
    return found
  }

  #findAll(bound: BoundDefinition): readonly JudgedSite[] {
    const { definition, template, scope } = bound
    const file = this.#scopes.of(scope.table)
    const own = this.#ownScope(bound, file)
    const inner = this.#templateScope(bound, own, file)
    const call = definition.forEach === undefined ? inner : withItem(...itemOf(bound, file), inner)
    const layers = [
      ...this.#lowest.map((node) => ({ node, scope: inner, isOfAll: true })),
      ...(template?.calls ?? []).map((node) => ({ node, scope: inner, isOfAll: false })),
      ...(definition.call === undefined ? [] : [{ node: definition.call, scope: call, isOfAll: false }]),
    ]
    const ofCall = layers.flatMap((layer, index) =>
      findSites(layer.node, layer.scope)
        .filter(({ tokens }) => !layers.slice(index + 1).some((higher) => isReplaced(tokens, higher.node)))
        .map((site) => ({ ...site, matter: judgeSite(site), isOfAll: layer.isOfAll })),
    )
    // Of calls that are not there, nobody sees anything.
    const extents = [...nodesOf(definition).map((node) => ({ node, scope: call })), ...layers]
    const ofName = this.#ofName(bound, own, file).map((site) => ({ ...site, extents }))
    return [...ofName, ...this.#ofRoute(bound, inner, call), ...ofCall]
  }

  /** What names the call, and how often it is there. */
  #ofName({ definition }: BoundDefinition, own: Scope, file: Scope): readonly JudgedSite[] {
    const { name, oncePer, movedFrom, forEach } = definition
    return [
      ...siteOf(forEach?.list, file, 'calls'),
      ...[forEach?.where, name, oncePer, movedFrom].flatMap((node) => siteOf(node, own, 'calls')),
    ]
  }

  #ofRoute({ definition, template }: BoundDefinition, inner: Scope, call: Scope): readonly JudgedSite[] {
    const below = [this.settings.target, ...(template?.targets ?? []).map(({ settings }) => settings)]
    return [
      ...below.flatMap(({ applicationId }) => siteOf(applicationId, inner, 'route')),
      ...siteOf(definition.target.applicationId, call, 'route'),
    ]
  }

  /** Of the name, `with`, `oncePer` and `movedFrom`. */
  #ownScope(bound: BoundDefinition, file: Scope): Scope {
    return bound.definition.forEach === undefined ? file : withItem(...itemOf(bound, file), file)
  }

  /** Of the template and of callctl.yaml, which a template’s variable of the same name reaches too. */
  #templateScope({ template, given }: BoundDefinition, own: Scope, file: Scope): Scope {
    if (template === undefined) return file
    const entries = new Map(given.map(({ name, entry }) => [name, entry.value]))
    const assigned = new Set(this.values.assignments.map(({ name }) => name))
    return scopeOf(file.secrets, (name): Source | undefined => {
      if (!template.shapes.has(name)) return file.find(name)
      if (assigned.has(name)) return undefined
      const node = entries.get(name)
      return node === undefined ? file.find(name) : { kind: 'node', node, scope: own }
    })
  }
}

const nodesOf = ({
  name,
  oncePer,
  movedFrom,
  forEach,
  with: given,
  call,
  target,
}: Definition): readonly Node[] =>
  [name, oncePer, movedFrom, forEach?.list, forEach?.where, given, call, target.applicationId].filter(
    (node) => node !== undefined,
  )

const withoutCall = ({ call: _call, ...definition }: Definition): Definition => definition

/** Whether an expression in it may read one of these: a path spells out the name that it begins with. */
function mentions(node: Node, names: readonly string[]): boolean {
  if (node.kind === 'list') return node.items.some((item) => mentions(item, names))
  if (node.kind === 'map') return node.entries.some(({ value }) => mentions(value, names))
  const { value } = node
  return typeof value === 'string' && hasExpression(value) && names.some((name) => value.includes(name))
}

const itemOf = ({ definition: { forEach } }: BoundDefinition, file: Scope): [string, Source] => [
  String(forEach!.as.value),
  { kind: 'node', node: forEach!.list, scope: file },
]

function siteOf(node: Node | undefined, scope: Scope, matter: EnvironmentMatter): readonly JudgedSite[] {
  const taint: Taint | undefined = node && taintOfNode(node, [], scope)
  if (node === undefined || taint === undefined || isClean(taint)) return []
  const isPlain = [...taint.ways.values()].every((way) => way === 'whole' || way === 'fallback')
  const judged = matter === 'route' && isPlain ? 'own' : matter
  const tokens = [matter === 'route' ? '#endpoint' : '#address']
  const extents = [{ node, scope }]
  return [{ tokens, node, scope, taint, extents, isStructure: false, matter: judged, isOfAll: false }]
}
