import type { JsonValue } from '../../model/json.js'
import type { Reporter } from '../base/reporter.js'
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
  /** The value of a variable, computed when first read; throws BindingProblem. */
  variable(name: string): Value
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
