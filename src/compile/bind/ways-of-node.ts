import { type Node, stepInto } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { VariableOrigin } from '../../model/payload.js'
import { tokensOf } from '../../model/pointer.js'
import { parseScalarText } from '../expression/expression.js'
import { hasExpression, type ScalarText } from '../expression/expression-tree.js'
import type { Names, Sight, ValuePath, Way } from '../expression/scope.js'
import { waysOfText } from '../expression/ways.js'
import { isDirective } from './is-directive.js'
import type { Render } from './tools.js'
import { NodeTrace, pointerOf, type TracedNode } from './trace.js'

/** A node, and what is needed to follow the values in it back to where they are spelled out. */
export interface Followed {
  readonly node: Node
  readonly render: Render
  readonly names: Names
}

/** A value in a node: where it stands there, and the ways that lead further back. */
interface Stand {
  readonly at: Node
  readonly ways: readonly Way[]
}

/** How a variable's value came to be, for a variable that is written in a file. */
export function wayOfVariable(
  origin: VariableOrigin,
  followed: Followed,
  path: ValuePath,
  sight: Sight,
  steps: number,
): Way {
  const { at, ways } = standOf(followed, path, sight, steps)
  const own: VariableOrigin = { ...origin, name: spell(origin.name, path), range: at.range }
  return joinWays(own, ways, at)
}

/** The same for one whose value stands there as it is. */
export function wayOfLiteral(origin: VariableOrigin, node: Node, path: ValuePath): Way {
  const { range } = reach(node, path).at
  return { origins: [{ ...origin, name: spell(origin.name, path), range }], place: range }
}

/** One step more, in front of the ways that lead to it. */
function joinWays(own: VariableOrigin, ways: readonly Way[], at: Node): Way {
  const [only] = ways
  const isCertain = ways.length === 1 && isWhole(at)
  const place: Range | undefined = (isCertain ? only?.place : undefined) ?? own.range
  return {
    origins: [own, ...distinct(ways.flatMap(({ origins }) => origins))],
    ...(place !== undefined && { place }),
  }
}

/** Of an item of a list that stands in a directive. */
export function waysIntoList(
  name: string,
  followed: Followed,
  path: ValuePath,
  sight: Sight,
  steps: number,
): readonly Way[] {
  const { node } = followed
  const { at, ways } = standOf(followed, path, sight, steps)
  if (at === node || node.kind === 'scalar') return ways
  const [, ...inside] = path
  return [joinWays({ name: spell(name, inside), level: 'loop', range: at.range }, ways, at)]
}

function standOf(followed: Followed, path: ValuePath, sight: Sight, steps: number): Stand {
  const { at, rest } = reach(followed.node, path)
  if (!chooses(at)) return { at, ways: waysOfScalar(at, rest, sight, steps) }
  const trace = new NodeTrace()
  const frame = { ...sight.frame, root: sight.frame.root.unheard() }
  followed.render(frame, trace, '')
  const pointer = pointerOf(path)
  const nearest = trace.nearest(pointer)
  const traced = nearest === undefined ? undefined : trace.nodes.get(nearest)
  if (traced === undefined) return { at, ways: [] }
  const inside = tokensOf(pointer.slice(nearest!.length))
  return { at: traced.node, ways: waysOfTraced(traced, inside, steps) }
}

/** The ways into the value of a scalar that was traced, which is not parsed again; none where it has no expressions. */
export const waysOfTraced = ({ seen }: TracedNode, path: ValuePath, steps = 0): readonly Way[] =>
  seen === undefined ? [] : waysOfText(seen.text, path, seen, steps)

/** The ways into the value of a scalar; none for what stands there as it is. */
export function waysOfScalar(node: Node, path: ValuePath, sight: Sight, steps = 0): readonly Way[] {
  const text = textOf(node)
  return text === undefined ? [] : waysOfText(text, path, sight, steps)
}

const isWhole = (node: Node): boolean => textOf(node)?.kind === 'whole'

/** Undefined for what has no expressions, or none that can be read, which is complained of where it is bound. */
export function textOf(node: Node): ScalarText | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !hasExpression(node.value)) return undefined
  try {
    return parseScalarText(node.value)
  } catch {
    return undefined
  }
}

/** Whether only rendering tells what stands where in it. */
function chooses(node: Node): boolean {
  if (node.kind === 'scalar') return false
  if (node.kind === 'map') return isDirective(node)
  return node.items.some((item) => item.kind === 'map' && isDirective(item))
}

/** As far as the file spells the value out, and what is left of the path there. */
function reach(node: Node, path: ValuePath): { at: Node; rest: ValuePath } {
  const [step, ...rest] = path
  const inner = step === undefined || chooses(node) ? undefined : stepInto(node, step)
  return inner === undefined ? { at: node, rest: path } : reach(inner, rest)
}

/** `people[2].id`. */
export function spell(name: string, path: ValuePath): string {
  return (
    name +
    path.map((each) => (typeof each === 'number' || /^\d+$/.test(each) ? `[${each}]` : `.${each}`)).join('')
  )
}

/** Where a value is spelled out that came by these ways: of several cells of one table, the first. */
export function placeOfWays(ways: readonly Way[]): Range | undefined {
  const [first] = ways
  const isCertain =
    ways.length === 1 ||
    ways.every(
      ({ place, origins }) => origins.at(-1)?.level === 'data' && place?.source === first?.place?.source,
    )
  return isCertain ? first?.place : undefined
}

/** The same variable is one, however many ways lead over it. */
export const distinct = (origins: readonly VariableOrigin[]): readonly VariableOrigin[] => {
  const seen = new Map(
    origins.map((each) => [`${each.name}\n${each.range?.source}\n${each.range?.start}`, each]),
  )
  return [...seen.values()]
}
