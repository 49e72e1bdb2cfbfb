import { plain, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'
import type { Span } from '../../model/language/source.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { costs } from '../base/costs.js'
import { environmentPlaceholder } from '../yaml/placeholders.js'
import { type Blamed, ExpressionProblem } from './expression-problem.js'
import type { Path } from './expression-tree.js'
import type { Value } from './helpers.js'
import {
  ancestor,
  contextLevel,
  type Frame,
  type InnerNames,
  isContextPath,
  type Loop,
  levelWhere,
  type Names,
  namesAt,
  type RootNames,
  rootOf,
} from './scope.js'
import { anyShape, type Shape } from './shape.js'
import { suggestProperty } from './spaced-property.js'

export interface ResolvedPath {
  readonly shape: Shape
  /** `undefined` where an optional value is not set. */
  readonly read: (frame: Frame) => Value
}

export interface PathUse {
  readonly mayBeUnset: boolean
  /** Whether something depends on the value, so that no placeholder can stand for it. */
  readonly isLookedAt?: boolean
}

/** Checks a path against what is declared, and returns how to read it. Throws ExpressionProblem. */
export function resolvePath(
  path: Path,
  names: Names,
  span: Span,
  { mayBeUnset, isLookedAt = false }: PathUse,
): ResolvedPath {
  const start = path.isData ? dataStart(path, names, span) : valueStart(path, names, span)
  let { shape, read } = start
  for (const part of path.parts.slice(start.consumed)) {
    shape = shapeOfPart(shape, part, path, span)
    const isDeclared = shape.kind !== 'any'
    read = readPart(read, part, { path, span, names, mayBeUnset, isDeclared })
  }
  if (mayBeUnset) return { shape, read }
  const [head, name = ''] = path.parts
  const standsIn = !isLookedAt && head === 'env' && rootOf(names).unset?.has(name) === true
  return { shape, read: standsIn ? () => environmentPlaceholder(name) : demand(read, { path, span, names }) }
}

interface Start extends ResolvedPath {
  /** How many parts of the path it has used up. */
  readonly consumed: number
}

function dataStart(path: Path, names: Names, span: Span): Start {
  const [name] = path.parts
  const level = levelWhere(names, (inner) => inner.isLoop)
  const reader = loopReaders.get(name ?? '')
  if (reader === undefined || path.parts.length !== 1 || path.depth > 0) {
    throw new ExpressionProblem(
      'variable/undefined',
      `There is no \`@${path.parts.join('.')}\`.`,
      span,
      suggestionFor(name ?? '', loopReaders.keys()),
    )
  }
  if (level === undefined) {
    throw new ExpressionProblem(
      'variable/undefined',
      `\`@${name}\` means something only inside a loop.`,
      span,
    )
  }
  return { shape: { kind: 'scalar' }, consumed: 1, read: (frame) => reader(ancestor(frame, level).loop!) }
}

const loopReaders = new Map<string, (loop: Loop) => JsonValue>([
  ['index', (loop) => loop.index],
  ['first', (loop) => loop.index === 0],
  ['last', (loop) => loop.index === loop.count - 1],
])

function valueStart(path: Path, names: Names, span: Span): Start {
  const head = path.parts[0]
  if (path.depth === 0 && head !== undefined && !isContextPath(path)) {
    const level = levelWhere(names, (inner) => inner.locals.has(head))
    if (level !== undefined) {
      const { shape, slot } = (namesAt(names, level) as InnerNames).locals.get(head)!
      return { shape, consumed: 1, read: (frame) => ancestor(frame, level).locals![slot] }
    }
  }
  const level = contextLevel(names, path.depth)
  const owner = namesAt(names, level)
  if (owner.kind === 'inner')
    return { shape: owner.context!, consumed: 0, read: (frame) => ancestor(frame, level).context }
  return rootStart(path, owner, span)
}

function rootStart(path: Path, names: RootNames, span: Span): Start {
  const [name, ...rest] = path.parts
  if (name === undefined || isContextPath(path)) {
    throw new ExpressionProblem(
      'variable/undefined',
      '`this` means something only inside a loop or `#with`.',
      span,
    )
  }
  if (name === 'env') return environmentStart(rest, names, span)
  const shape = names.variables.get(name)
  if (shape === undefined) {
    throw new ExpressionProblem(
      'variable/undefined',
      quote`The variable ${name} is not defined.`,
      span,
      suggestionFor(name, names.variables.keys()),
    )
  }
  names.used.add(name)
  return { shape, consumed: 1, read: (frame) => frame.root.variable(name) }
}

function environmentStart(rest: readonly string[], names: RootNames, span: Span): Start {
  const [name] = rest
  if (name === undefined || rest.length !== 1 || !names.environment.has(name)) {
    const hint = suggestionFor(name ?? '', names.environment) ?? 'List it under `env` in callctl.yaml.'
    throw new ExpressionProblem(
      'env/undeclared',
      quote`callctl.yaml does not list ${name ?? 'env'} under \`env\`.`,
      span,
      hint,
    )
  }
  return { shape: { kind: 'scalar' }, consumed: 2, read: (frame) => frame.root.environment(name) }
}

function shapeOfPart(shape: Shape, part: string, path: Path, span: Span): Shape {
  if (shape.kind === 'any') return anyShape
  if (shape.kind === 'list' && /^\d+$/.test(part)) return shape.items
  if (shape.kind === 'object') {
    const property = shape.properties.get(part)
    if (property !== undefined) return property
    throw new ExpressionProblem(
      'variable/undefined',
      quote`${path.text}: there is no property ${part}.`,
      span,
      suggestProperty(path, part, () => shape.properties.keys()),
    )
  }
  const hint = part === 'length' ? `Write \`length ${path.parts.slice(0, -1).join('.')}\`.` : undefined
  const what = shape.kind === 'list' ? 'a list' : 'a plain value'
  throw new ExpressionProblem(
    'variable/undefined',
    quote`${path.text}: ${plain(what)} has no property ${part}.`,
    span,
    hint,
  )
}

interface Spot {
  readonly path: Path
  readonly span: Span
  readonly names: Names
  readonly mayBeUnset: boolean
  readonly isDeclared: boolean
}

const about = ({ path, span, names }: Pick<Spot, 'path' | 'span' | 'names'>, frame: Frame): Blamed => ({
  expression: { kind: 'path', path, span },
  path: [],
  sight: { names, frame },
})

function readPart(read: (frame: Frame) => Value, part: string, place: Spot): (frame: Frame) => Value {
  return (frame) => {
    const value = read(frame)
    if (Array.isArray(value)) return (value as readonly JsonValue[])[/^\d+$/.test(part) ? Number(part) : -1]
    if (isJsonObject(value)) {
      if (Object.hasOwn(value, part)) return value[part]
      if (place.isDeclared || place.mayBeUnset) return undefined
      const known = Object.keys(value)
      frame.root.work(known.length * costs.failedCharacter)
      const message = quote`${place.path.text}: there is no property ${part}.`
      throw new ExpressionProblem(
        'variable/undefined',
        message,
        place.span,
        suggestProperty(place.path, part, () => known),
        about(place, frame),
      )
    }
    if ((value === undefined || value === null) && place.mayBeUnset) return undefined
    const message = quote`${place.path.text}: a value that is not an object has no property ${part}.`
    throw new ExpressionProblem('variable/undefined', message, place.span, undefined, about(place, frame))
  }
}

function demand(
  read: (frame: Frame) => Value,
  place: Omit<Spot, 'mayBeUnset' | 'isDeclared'>,
): (frame: Frame) => Value {
  const { path, span } = place
  const isEnvironment = path.parts[0] === 'env'
  return (frame) => {
    const value = read(frame)
    if (value !== undefined) return value
    if (isEnvironment) {
      throw new ExpressionProblem(
        'env/unset',
        quote`The environment variable ${path.parts[1]!} is not set.`,
        span,
        `Set it, or write \`default ${path.text} …\`.`,
        about(place, frame),
      )
    }
    throw new ExpressionProblem(
      'expression/unset',
      quote`${path.text} is not set.`,
      span,
      `Write \`default ${path.text} …\`, or put it inside \`#if\`.`,
      about(place, frame),
    )
  }
}
