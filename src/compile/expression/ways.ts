import { bindScalarText } from './evaluate.js'
import type { Expression, Path, ScalarText } from './expression-tree.js'
import { pathsOf } from './heads.js'
import type { Value } from './helpers.js'
import {
  ancestor,
  contextLevel,
  type Frame,
  type InnerNames,
  isContextPath,
  levelWhere,
  namesAt,
  type Sight,
  type ValuePath,
  type Way,
} from './scope.js'

/** Variables may need one another in a circle. */
const longestWay = 16

/** All ways by which values come into a text. A path leads into the value of a text that is one expression. */
export function waysOfText(text: ScalarText, path: ValuePath, sight: Sight, steps = 0): readonly Way[] {
  if (text.kind === 'whole') return waysOf(text.expression, path, sight, steps)
  return pathsOf(text).flatMap((each) => waysOfPath(each, [], sight, steps))
}

export function waysOf(expression: Expression, path: ValuePath, sight: Sight, steps = 0): readonly Way[] {
  if (expression.kind === 'literal') return []
  if (expression.kind === 'path') return waysOfPath(expression.path, path, sight, steps)
  const chosen = choose(expression, path, sight)
  if (chosen !== undefined) return waysOf(chosen.value, chosen.path, sight, steps)
  return expression.values.flatMap((value) => waysOf(value, [], sight, steps))
}

type Call = Expression & { readonly kind: 'helper' }

/** The argument that a helper's value, or what is in it, is taken from as it is; undefined for other helpers. */
function choose(
  { name, values }: Call,
  path: ValuePath,
  sight: Sight,
): { readonly value: Expression; readonly path: ValuePath } | undefined {
  const [first] = values
  if (first === undefined) return undefined
  const [index, ...rest] = path
  switch (name) {
    case 'first':
      return { value: first, path: [0, ...path] }
    case 'last': {
      const list = evaluated(first, sight)
      return Array.isArray(list) ? { value: first, path: [list.length - 1, ...path] } : undefined
    }
    case 'pluck': {
      const property = values[1] && evaluated(values[1], sight)
      const isItem = index !== undefined && typeof property === 'string'
      return isItem ? { value: first, path: [index, property, ...rest] } : undefined
    }
    case 'default':
    case 'coalesce': {
      const value = values.find((each) => !isBlank(evaluated(each, sight))) ?? first
      return { value, path }
    }
    default:
      return undefined
  }
}

const isBlank = (value: Value): boolean => value === undefined || value === null || value === ''

/** Undefined also where it cannot be had: that is complained of where it is needed. */
function evaluated(expression: Expression, { names, frame }: Sight): Value {
  try {
    return bindScalarText({ kind: 'whole', expression }, names, true).evaluate(frame)
  } catch {
    return undefined
  }
}

function waysOfPath(path: Path, more: ValuePath, sight: Sight, steps: number): readonly Way[] {
  if (path.isData || steps > longestWay) return []
  const [head, ...rest] = path.parts
  const { names, frame } = sight
  if (path.depth === 0 && head !== undefined && !isContextPath(path)) {
    const level = levelWhere(names, ({ locals }) => locals.has(head))
    const inner = level === undefined ? undefined : (namesAt(names, level) as InnerNames)
    if (level !== undefined && inner?.locals.get(head)?.slot === 0)
      return waysOfItem(inner, ancestor(frame, level), [...rest, ...more], steps)
    if (level !== undefined) return []
  }
  const level = contextLevel(names, path.depth)
  const owner = namesAt(names, level)
  if (owner.kind === 'inner')
    return waysOfItem(owner, ancestor(frame, level), [...path.parts, ...more], steps)
  if (head === undefined || isContextPath(path)) return []
  if (head === 'env') {
    const isSet = frame.root.environment(rest[0] ?? '') !== undefined
    return isSet ? [{ origins: [{ name: path.parts.join('.'), level: 'environment variable' }] }] : []
  }
  const way = frame.root.wayOf(head, [...rest, ...more], steps + 1)
  return way === undefined ? [] : [way]
}

/** Of what a name, or `this`, stands for inside a block or a directive. */
function waysOfItem(inner: InnerNames, at: Frame, path: ValuePath, steps: number): readonly Way[] {
  const inside = at.loop === undefined ? path : [at.loop.index, ...path]
  const outer = { names: inner.parent, frame: at.parent! }
  if (inner.subject !== undefined) return waysOf(inner.subject, inside, outer, steps + 1)
  return inner.waysInto?.(inside, outer, steps + 1) ?? []
}
