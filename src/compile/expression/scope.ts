import type { Cloud } from '../../model/call.js'
import type { JsonValue } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import type { VariableOrigin } from '../../model/payload.js'
import type { Reporter } from '../base/reporter.js'
import type { Expression, Path } from './expression-tree.js'
import type { Value } from './helpers.js'
import type { Shape } from './shape.js'

/** What expressions can read, before any value exists. Names and frames have the same nesting. */
export type Names = RootNames | InnerNames

export interface RootNames {
  readonly kind: 'root'
  readonly variables: ReadonlyMap<string, Shape>
  /** Names that `env.` may be followed by. */
  readonly environment: ReadonlySet<string>
  /** Told of every variable that an expression reads. */
  readonly used: Set<string>
  /** Variables, and with `env.` before them environment variables, whose values may not be seen. */
  readonly secrets: ReadonlySet<string>
  /** Environment variables that are not set, and for which placeholders stand. */
  readonly unset?: ReadonlySet<string>
}

export interface InnerNames {
  readonly kind: 'inner'
  readonly parent: Names
  /** Set where `this` is another value than outside: in `#each` and `#with`. */
  readonly context?: Shape
  /** Names that stand for values here alone. */
  readonly locals: ReadonlyMap<string, Local>
  readonly isLoop: boolean
  /** What the first of its names stands for, or is an item of, in a block of an expression. */
  readonly subject?: Expression
  /** The same for a directive, as the ways back from a value inside. */
  readonly waysInto?: (path: ValuePath, outer: Sight, steps: number) => readonly Way[]
}

/** Into a value. */
export type ValuePath = readonly (string | number)[]

/** What an expression sees. */
export interface Sight {
  readonly names: Names
  readonly frame: Frame
}

/** How a value came to where it is read: back to the file that spells it out, or to the command line. */
export interface Way {
  /** Every variable on it, the nearest first. */
  readonly origins: readonly VariableOrigin[]
  /** Where the value is spelled out, as far back as that is certain. */
  readonly place?: Range
}

export interface Local {
  readonly shape: Shape
  /** Where its value stands in the frame's locals. */
  readonly slot: number
}

/** The values that expressions read, as they are rendered. */
export interface Frame {
  readonly parent?: Frame
  readonly root: RootFrame
  readonly context?: JsonValue | undefined
  readonly locals?: readonly JsonValue[]
  readonly loop?: Loop | undefined
}

export interface Loop {
  readonly index: number
  readonly count: number
}

export interface RootFrame {
  /** On whose behalf values are rendered: a call, a definition, a file. */
  readonly reporter: Reporter
  /** Where calls are placed. */
  readonly cloud: Cloud
  /** What a helper found likely to be wrong in the text that is being rendered, and nobody has told yet. */
  remark: Error | undefined
  /** The value of a variable, computed when first read; throws BindingProblem. */
  variable(name: string): Value
  /** How what stands in a variable came there. */
  wayOf(name: string, path: ValuePath, steps: number): Way | undefined
  /** The same variables, for rendering once more what has been complained of already. */
  unheard(): RootFrame
  environment(name: string): string | undefined
  /** Counts work, so that nested loops end. In the run's budget it counts by its weight. */
  spend(amount: number, weight?: number): void
  /** Counts work of the run alone. */
  work(steps: number): void
}

export const innerFrame = (
  parent: Frame,
  locals: readonly JsonValue[],
  loop: Loop | undefined,
  context?: JsonValue,
): Frame => ({ parent, root: parent.root, locals, loop, context })

export function ancestor(frame: Frame, levels: number): Frame {
  let found = frame
  for (let level = 0; level < levels; level += 1) found = found.parent!
  return found
}

export function rootOf(names: Names): RootNames {
  return names.kind === 'root' ? names : rootOf(names.parent)
}

/** `this.name` and `./name` mean the context alone, never a variable. */
export const isContextPath = (path: Path): boolean => /^(?:this(?:[./]|$)|\.(?!\.))/.test(path.text)

/** How many levels up the first one is that matches. */
export function levelWhere(names: Names, matches: (inner: InnerNames) => boolean): number | undefined {
  let level = 0
  for (let each = names; each.kind === 'inner'; each = each.parent) {
    if (matches(each)) return level
    level += 1
  }
  return undefined
}

/** How many frames up the `depth`-th context stands. */
export function contextLevel(names: Names, depth: number): number {
  let level = 0
  let left = depth
  let each = names
  while (each.kind === 'inner') {
    if (each.context !== undefined && left-- === 0) return level
    each = each.parent
    level += 1
  }
  return level
}

export function namesAt(names: Names, level: number): Names {
  let found = names
  for (let each = 0; each < level; each += 1) found = (found as InnerNames).parent
  return found
}
