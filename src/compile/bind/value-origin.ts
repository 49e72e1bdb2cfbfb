import { type Node, stepInto } from '../../model/language/document.js'
import type { VariableOrigin } from '../../model/payload.js'
import { parseScalarText } from '../expression/expression.js'
import { hasExpression } from '../expression/expression-tree.js'
import { helperNames } from '../expression/helpers.js'
import type { BoundDefinition, Item } from './bind-definition.js'
import type { Binding } from './variables.js'

type ValuePath = readonly (string | number)[]

/** Where a value inside a variable stands, followed through whole expressions back to the file that spells it out. */
export function originChain(
  binding: Binding,
  path: ValuePath,
  place: OriginPlace,
): readonly VariableOrigin[] {
  return follow(binding, path, place, 0)
}

export interface OriginPlace {
  readonly bound: BoundDefinition
  readonly item: Item | undefined
}

const longestChain = 16

function follow(
  binding: Binding,
  path: ValuePath,
  place: OriginPlace,
  steps: number,
): readonly VariableOrigin[] {
  const { name, level } = binding.origin
  if (binding.locate !== undefined) return [{ name: spell(name, path), level, range: binding.locate(path) }]
  const node = binding.node
  if (node === undefined || steps > longestChain) return [binding.origin]
  const { node: at, rest } = reach(node, path)
  const own: VariableOrigin = { name: spell(name, path), level, range: at.range }
  const further = readPath(at)
  if (further === undefined) return [own]
  return [own, ...followPath([...further, ...rest], place, steps + 1)]
}

/** As far as the file spells the value out, and what is left of the path there. */
function reach(node: Node, path: ValuePath): { node: Node; rest: ValuePath } {
  const [step, ...rest] = path
  const inner = step === undefined ? undefined : stepInto(node, step)
  return inner === undefined ? { node, rest: path } : reach(inner, rest)
}

export function followPath(path: ValuePath, place: OriginPlace, steps: number): readonly VariableOrigin[] {
  const [head, ...rest] = path
  const { bound, item } = place
  const { forEach } = bound.definition
  if (forEach !== undefined && item !== undefined && head === forEach.as.value) {
    const list = readPath(forEach.list)
    return list === undefined
      ? []
      : followPath([...list, item.loop.index, ...rest], { bound, item: undefined }, steps)
  }
  const binding = bound.scope.table.find(String(head))
  return binding === undefined ? [] : follow(binding, rest, place, steps)
}

/** The path that a scalar reads, when it is one whole expression that is a path. */
export function readPath(node: Node): ValuePath | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !hasExpression(node.value)) return undefined
  const plain = readPlainPath(node.value)
  if (plain !== undefined || hasArguments.test(node.value)) return plain
  try {
    const text = parseScalarText(node.value)
    if (text.kind !== 'whole' || text.expression.kind !== 'path' || text.expression.path.isData)
      return undefined
    return text.expression.path.parts
  } catch {
    return undefined
  }
}

const plainPath = /^\{\{ *([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*) *\}\}$/
/** A helper with what it is given, and no path: `{{default a b}}`. */
const hasArguments = /^\{\{ *[^\s{}[\]~]+ +[^\s{}[\]~][^{}[\]~]*\}\}$/
const words = new Set(['this', 'true', 'false', 'null', 'undefined', 'else', 'as'])

/** Nearly all paths, without a parser: each value of each call that is explained asks for some. */
function readPlainPath(text: string): ValuePath | undefined {
  const parts = plainPath.exec(text)?.[1]?.split('.')
  if (parts === undefined || parts.some((part) => words.has(part))) return undefined
  return parts.length === 1 && helperNames.has(parts[0]!) ? undefined : parts
}

/** `people[2].id`. */
function spell(name: string, path: ValuePath): string {
  return (
    name +
    path.map((each) => (typeof each === 'number' || /^\d+$/.test(each) ? `[${each}]` : `.${each}`)).join('')
  )
}
