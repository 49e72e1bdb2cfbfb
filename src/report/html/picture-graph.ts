import type { Ring } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { describeRings, type Named, nameCallees } from './words.js'

/** Templates, calls and whom they ring, few enough to be drawn: what is too much becomes one node that says so. */
export interface Graph {
  readonly templates: readonly GraphNode[]
  readonly calls: readonly GraphNode[]
  readonly callees: readonly GraphNode[]
  /** From a template to a call. */
  readonly uses: readonly GraphLink[]
  /** From a call to whom it rings. */
  readonly rings: readonly GraphLink[]
}

export interface GraphNode {
  readonly label: string
  /** In full, where the label is not. */
  readonly title: string
  readonly isNew: boolean
  /** `new`, or how many of a group are. */
  readonly mark?: string
  /** Stands for several, or for what has no name. */
  readonly isGroup: boolean
  /** Of a call. */
  readonly address?: string
}

/** Indexes of nodes. */
export interface GraphLink {
  readonly from: number
  readonly to: number
  /** How many rings it stands for. */
  readonly weight: number
  readonly isNew: boolean
}

const most = { templates: 10, calls: 30, callees: 36 }

export function createGraph(rings: readonly Ring[], isMasked: boolean): Graph {
  const groups = groupByTemplate(rings)
  const calls = groups.flatMap(({ rings: own }, from) =>
    pickCalls(own, groups).map((call) => ({ ...call, from })),
  )
  const links = new Links()
  const reached = reachCallees(calls, isMasked)
  const callees = groupCallees(reached)
  callees.forEach(({ members }, to) => {
    for (const { callee, from } of members) {
      for (const [index, isNew] of from) links.add(index, to, isNew || callee.isNew)
    }
  })
  return {
    templates: groups.map(({ node }) => node),
    calls: calls.map(({ node }) => node),
    callees: callees.map(({ node }) => node),
    uses: calls.map(({ from, rings: own }, to) => ({
      from,
      to,
      weight: own.length,
      isNew: own.some(({ isNew }) => isNew),
    })),
    rings: links.list(),
  }
}

class Links {
  readonly #links = new Map<string, GraphLink>()

  add(from: number, to: number, isNew: boolean): void {
    const key = `${from} ${to}`
    const known = this.#links.get(key)
    this.#links.set(key, {
      from,
      to,
      weight: (known?.weight ?? 0) + 1,
      isNew: isNew || known?.isNew === true,
    })
  }

  list(): readonly GraphLink[] {
    return [...this.#links.values()]
  }
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

interface TemplateGroup {
  readonly node: GraphNode
  readonly rings: readonly Ring[]
}

/** By name; the templates of the fewest calls become one where there are too many. */
function groupByTemplate(rings: readonly Ring[]): readonly TemplateGroup[] {
  const byName = groupBy(rings, ({ template }) => template)
  const named = [...byName].sort(([, left], [, right]) => right.length - left.length)
  const kept = named.length > most.templates ? named.slice(0, most.templates - 1) : named
  const rest = named.slice(kept.length)
  const groups = kept
    .sort(([left = '\uffff'], [right = '\uffff']) => (left < right ? -1 : 1))
    .map(([name, own]) => ({ node: templateNode(name, own), rings: own }))
  if (rest.length === 0) return groups
  const restRings = rest.flatMap(([, own]) => own)
  const label = `${rest.length} more templates`
  return [...groups, { node: { ...templateNode(label, restRings), isGroup: true }, rings: restRings }]
}

const templateNode = (name: string | undefined, rings: readonly Ring[]): GraphNode => ({
  label: name ?? 'no template',
  title: `${name ?? 'no template'}: ${plural(rings.length, 'call')}`,
  isNew: false,
  isGroup: name === undefined,
})

interface CallNode {
  readonly node: GraphNode
  readonly rings: readonly Ring[]
}

/** Each template has its share of the room; new calls, then those that ring the most, stand for themselves. */
function pickCalls(rings: readonly Ring[], groups: readonly TemplateGroup[]): readonly CallNode[] {
  const total = groups.reduce((sum, group) => sum + group.rings.length, 0)
  const share = total <= most.calls ? total : Math.max(1, Math.floor(most.calls / groups.length))
  const count = ({ people, numbers }: Ring): number => people.length + numbers.length
  const shown =
    rings.length <= share
      ? rings
      : rings
          .toSorted((left, right) => Number(right.isNew) - Number(left.isNew) || count(right) - count(left))
          .slice(0, share - 1)
  const own = new Set(shown)
  const rest = rings.filter((ring) => !own.has(ring))
  const nodes = shown.map((ring) => ({ node: callNode(ring), rings: [ring] }))
  return rest.length === 0 ? nodes : [...nodes, { node: restNode(rest, shown.length > 0), rings: rest }]
}

const callNode = ({ address, isNew, people, numbers }: Ring): GraphNode => ({
  label: address,
  title: `${address}: rings ${describeRings(people.length, numbers.length)}`,
  ...markOf(Number(isNew), 1),
  isGroup: false,
  address,
})

function restNode(rings: readonly Ring[], hasOthers: boolean): GraphNode {
  const fresh = rings.filter(({ isNew }) => isNew).length
  const label = `${rings.length} ${hasOthers ? 'more ' : ''}${rings.length === 1 ? 'call' : 'calls'}`
  return { label, title: `${label}, listed above`, ...markOf(fresh, rings.length), isGroup: true }
}

interface Reached {
  readonly callee: Named
  readonly isNumber: boolean
  /** Nodes of calls, and whether a new call is among them. */
  readonly from: Map<number, boolean>
  calls: number
}

function reachCallees(calls: readonly CallNode[], isMasked: boolean): readonly Reached[] {
  const reached = new Map<string, Reached>()
  const reach = (callee: Named, isNumber: boolean, index: number, isNew: boolean): void => {
    const key = `${isNumber} ${callee.id} ${callee.label}`
    const known = reached.get(key) ?? { callee, isNumber, from: new Map(), calls: 0 }
    known.from.set(index, isNew || known.from.get(index) === true)
    known.calls += 1
    reached.set(key, known)
  }
  calls.forEach(({ rings }, index) => {
    for (const ring of rings) {
      for (const [at, callee] of nameCallees(ring, isMasked).entries()) {
        reach(callee, at >= ring.people.length, index, ring.isNew)
      }
    }
  })
  return [...reached.values()]
}

interface CalleeGroup {
  readonly node: GraphNode
  readonly members: readonly Reached[]
}

/** One by one; where they are too many, those that the same calls ring are one node. */
function groupCallees(reached: readonly Reached[]): readonly CalleeGroup[] {
  const key = ({ callee, from }: Reached): string => `${callee.isNew} ${[...from.keys()].join(' ')}`
  const groups =
    reached.length <= most.callees
      ? reached.map((each) => [each])
      : [...groupBy(reached, key).values()].sort((left, right) => rank(right) - rank(left))
  const kept = groups.length > most.callees ? groups.slice(0, most.callees - 1) : groups
  const rest = groups.slice(kept.length).flat()
  const nodes = kept.map((members) => ({ node: calleeNode(members), members })).sort(byCalls)
  return rest.length === 0 ? nodes : [...nodes, { node: groupNode(rest, 'more '), members: rest }]
}

/** New ones before others, then those of the most calls, then the largest. */
const rank = (members: readonly Reached[]): number =>
  Number(members[0]!.callee.isNew) * 1e12 + members[0]!.from.size * 1e6 + members.length

/** Beside the middle of the calls that ring them, so that few lines cross. */
const byCalls = (left: CalleeGroup, right: CalleeGroup): number => middle(left) - middle(right)

function middle({ members }: CalleeGroup): number {
  const from = members.flatMap((each) => [...each.from.keys()])
  return from.reduce((sum, index) => sum + index, 0) / from.length
}

function calleeNode(members: readonly Reached[]): GraphNode {
  const [only] = members
  if (members.length !== 1 || only === undefined) return groupNode(members, '')
  const { label, id, isNew } = only.callee
  const times = only.calls > 1 ? ` ×${only.calls}` : ''
  const title = `${label}${label === id ? '' : ` (${id})`}: rung by ${plural(only.calls, 'call')}`
  return { label: label + times, title, ...markOf(Number(isNew), 1), isGroup: false }
}

const fewest = 4

function groupNode(members: readonly Reached[], more: string): GraphNode {
  const numbers = members.filter(({ isNumber }) => isNumber).length
  const fresh = members.filter(({ callee }) => callee.isNew).length
  const words = describeRings(members.length - numbers, numbers).replace(/^\d+ /, `$&${more}`)
  const names = members.map(({ callee }) => callee.label)
  const isSmall = more === '' && members.length <= fewest
  return {
    label: isSmall ? `${names[0]} and ${members.length - 1} more` : words,
    title: isSmall ? names.join(', ') : `${words}, listed above`,
    ...markOf(fresh, members.length),
    isGroup: true,
  }
}

const markOf = (fresh: number, all: number): Pick<GraphNode, 'isNew' | 'mark'> =>
  fresh === 0 ? { isNew: false } : { isNew: true, mark: fresh === all ? 'new' : `${fresh} new` }
