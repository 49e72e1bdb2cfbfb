import type { Budget } from '../../model/budget.js'
import type { Cloud } from '../../model/call.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import { type Node, startOf } from '../../model/language/document.js'
import type { SchemaType } from '../../model/language/template.js'
import type { VariableOrigin } from '../../model/payload.js'
import { deaf, type Reporter } from '../base/reporter.js'
import { measure } from '../base/size.js'
import type { Items } from '../data/items.js'
import { ExpressionProblem } from '../expression/expression-problem.js'
import type { Value } from '../expression/helpers.js'
import type { Names, RootFrame, ValuePath, Way } from '../expression/scope.js'
import { maximumDepth } from '../yaml/parse-text.js'
import { secretPlaceholder } from '../yaml/placeholders.js'
import { AlreadyReported, failed, omitted, type Render } from './tools.js'
import { wayOfVariable } from './ways-of-node.js'

/** A variable's value and where it came from. */
export interface Binding {
  readonly origin: VariableOrigin
  /** What it is rendered from, when it is. */
  readonly node?: Node
  /** The variables that its expressions read, when it is rendered. */
  readonly home?: VariableTable
  /** What its list holds, where that can be had without the list. */
  readonly items?: Items
  /** How its value, or one inside, came to be. */
  way(path: ValuePath, steps: number): Way
  /** The value that `read` gives a placeholder for. */
  readonly secret?: string
  /** Undefined when it is not set; throws AlreadyReported when it could not be computed. Who first reads it is told why. */
  read(reporter: Reporter): Value
}

/** The environment, and which of its variables may not be seen. */
export interface Surroundings {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly secrets: ReadonlySet<string>
  /** Those that are not set, and for which placeholders stand: in a review alone. */
  readonly unset?: ReadonlySet<string>
  /** Of the whole run. */
  readonly budget: Budget
  readonly cloud: Cloud
}

/** A call may not cost more steps and characters than this. */
const maximumWork = 1_000_000
const maximumNesting = 64

const noBindings: ReadonlyMap<string, Binding> = new Map()

/** The variables of one place: of the workspace, of a file, of a call. Names that it lacks are its parent's. */
export class VariableTable implements RootFrame {
  remark: RootFrame['remark'] = undefined

  constructor(
    private readonly bindings: ReadonlyMap<string, Binding>,
    private readonly surroundings: Surroundings,
    readonly reporter: Reporter,
    private readonly parent?: VariableTable,
    private readonly done: { work: number } = { work: 0 },
  ) {}

  /** The same variables, with work counted anew, on behalf of somebody else. */
  fork(reporter: Reporter): VariableTable {
    return new VariableTable(noBindings, this.surroundings, reporter, this)
  }

  /** The same variables and the same count of work, on behalf of somebody else. */
  speakingFor(reporter: Reporter): VariableTable {
    return new VariableTable(noBindings, this.surroundings, reporter, this, this.done)
  }

  get cloud(): Cloud {
    return this.surroundings.cloud
  }

  find(name: string): Binding | undefined {
    return this.bindings.get(name) ?? this.parent?.find(name)
  }

  variable(name: string): Value {
    return this.find(name)?.read(this.reporter)
  }

  wayOf(name: string, path: ValuePath, steps: number): Way | undefined {
    return this.find(name)?.way(path, steps)
  }

  unheard(): VariableTable {
    return this.fork(deaf)
  }

  /** A secret is its placeholder whether it is set or not: reviewers compile without it, to the same bytes. */
  environment(name: string): string | undefined {
    const { values, secrets } = this.surroundings
    if (secrets.has(name)) return secretPlaceholder(name)
    return Object.hasOwn(values, name) ? values[name] : undefined
  }

  work(steps: number): void {
    this.surroundings.budget.spend(steps)
  }

  spend(amount: number, weight = 1): void {
    this.surroundings.budget.spend(amount * weight)
    const wasOver = this.done.work > maximumWork
    this.done.work += amount
    if (this.done.work <= maximumWork) return
    if (wasOver) throw new AlreadyReported()
    const span = { start: 0, end: Number.MAX_SAFE_INTEGER }
    throw new ExpressionProblem('payload/too-large', 'Rendering this call takes too much work or text.', span)
  }
}

/** Without a way of its own, it comes from where its origin says. */
export const fixedBinding = (
  origin: VariableOrigin,
  value: Value,
  way: Binding['way'] = () => wayTo(origin),
): Binding => ({ origin, read: () => value, way })

const wayTo = (origin: VariableOrigin): Way => ({
  origins: [origin],
  ...(origin.range !== undefined && { place: origin.range }),
})

export const failedBinding = (origin: VariableOrigin): Binding => ({
  origin,
  way: () => wayTo(origin),
  read: () => {
    throw new AlreadyReported()
  },
})

export interface LazySource {
  readonly origin: VariableOrigin
  readonly node: Node
  readonly home: VariableTable
  readonly names: Names
  readonly render: Render
  /** Counts work of the run. */
  readonly spend: (steps: number) => void
  /** Why the variable may not have a value. */
  readonly refuse: (value: JsonValue) => Diagnostic | undefined
  /** How many variables are being rendered, each because another needs it. */
  readonly nesting: { depth: number }
}

/** A value that is rendered when it is first read, so that variables may be in any order. */
export function lazyBinding(source: LazySource): Binding {
  let state: 'new' | 'reading' | 'done' | 'failed' = 'new'
  let value: JsonValue = null
  const render = (reporter: Reporter): void => {
    state = 'reading'
    source.nesting.depth += 1
    const rendered = source.render({ root: source.home.speakingFor(reporter) })
    source.nesting.depth -= 1
    state = 'failed'
    if (rendered === omitted || rendered === failed) return
    const problem = refuseValue(rendered, source)
    if (problem !== undefined) {
      reporter.report(problem)
      return
    }
    value = rendered
    state = 'done'
  }
  return {
    origin: source.origin,
    node: source.node,
    home: source.home,
    way: (path, steps) =>
      wayOfVariable(
        source.origin,
        source,
        path,
        { names: source.names, frame: { root: source.home } },
        steps,
      ),
    read: (reporter) => {
      if (state === 'reading') {
        const span = { start: 0, end: Number.MAX_SAFE_INTEGER }
        throw new ExpressionProblem(
          'variable/cycle',
          quote`The variable ${source.origin.name} needs itself.`,
          span,
        )
      }
      if (state === 'new' && source.nesting.depth >= maximumNesting) {
        const span = { start: 0, end: Number.MAX_SAFE_INTEGER }
        const message = `More than ${maximumNesting} variables need one another in a row.`
        throw new ExpressionProblem('expression/too-complex', message, span)
      }
      if (state === 'new') render(reporter)
      if (state === 'failed') throw new AlreadyReported()
      return value
    },
  }
}

function refuseValue(value: JsonValue, { origin, node, spend, refuse }: LazySource): Diagnostic | undefined {
  const left = measure(value, maximumWork, maximumDepth)
  spend(maximumWork - Math.max(left, 0))
  if (left >= 0) return refuse(value)
  const message = quote`The value of ${origin.name} is too large.`
  return createDiagnostic('payload/too-large', message, { range: startOf(node) })
}

/** The text of `--var`, read as one of the types; undefined when it is none of them. */
export function readText(text: string, types: readonly SchemaType[] | undefined): JsonValue | undefined {
  if (types === undefined || types.length === 0 || types.includes('string')) return text
  try {
    const value = JSON.parse(text) as JsonValue
    return hasForbiddenKey(value) ? undefined : value
  } catch {
    return undefined
  }
}

const hasForbiddenKey = (value: JsonValue): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(hasForbiddenKey))

/** The type of a value that stands in a file, for a `--var` that replaces it. */
export function typesOfNode(node: Node): readonly SchemaType[] | undefined {
  if (node.kind === 'list') return ['array']
  if (node.kind === 'map') return ['object']
  const type = typeof node.value
  return type === 'number' || type === 'boolean' ? [type] : undefined
}
