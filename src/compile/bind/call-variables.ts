import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { VariableDeclaration } from '../../model/language/template.js'
import type { Assignment, Values } from '../../model/language/workspace.js'
import type { VariableOrigin } from '../../model/payload.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import type { Frame } from '../expression/scope.js'
import { hasSecret, secretPlaceholder } from '../yaml/placeholders.js'
import { type BoundDefinition, frameOf, type GivenValue, type Item } from './bind-definition.js'

import { checkValue, type ValueProblem } from './check-value.js'
import { AlreadyReported, failed, omitted } from './tools.js'
import {
  type Binding,
  failedBinding,
  fixedBinding,
  readText,
  type Surroundings,
  VariableTable,
} from './variables.js'
import { wayOfLiteral, wayOfVariable } from './ways-of-node.js'

export interface CallPlace {
  readonly bound: BoundDefinition
  readonly item: Item | undefined
  readonly values: Values
  readonly surroundings: Surroundings
  readonly reporter: Reporter
}

/** The variables of one call: those that its template declares, over those of its file and of the workspace. */
export function bindCallVariables(place: CallPlace): VariableTable {
  const { bound, item, surroundings, reporter } = place
  const { scope, template } = bound
  surroundings.budget.spend((bound.given.length + (template?.variables.length ?? 0)) * costs.name)
  const bindings = new Map<string, Binding>()
  const frame = frameOf(scope.table.fork(reporter), item)
  const given = new Map<string, Binding>()
  for (const value of bound.given) given.set(value.name, renderGiven(value, frame))
  for (const declaration of template?.variables ?? [])
    bindings.set(declaration.name, checkBinding(highestOf(declaration, given, place), declaration, place))
  return new VariableTable(bindings, surroundings, reporter, scope.table)
}

function renderGiven({ name, entry, render, names }: GivenValue, frame: Frame): Binding {
  const origin: VariableOrigin = { name, level: 'with', range: entry.value.range }
  const value = render(frame)
  return value === omitted || value === failed
    ? failedBinding(origin)
    : fixedBinding(origin, value, (path, steps) =>
        wayOfVariable(origin, { node: entry.value, render, names }, path, { names, frame }, steps),
      )
}

/** The one that counts. Most variables are given by the definition, and nothing is over that. */
function highestOf(
  declaration: VariableDeclaration,
  given: ReadonlyMap<string, Binding>,
  place: CallPlace,
): Binding | undefined {
  if (place.values.assignments.length === 0 && given.has(declaration.name)) return given.get(declaration.name)
  return candidatesOf(declaration, given, place)[0]?.()
}

/** Every level that has a value, the highest first: `--var`, `--var-file`, `with`, file, settings, default. */
export function candidatesOf(
  declaration: VariableDeclaration,
  given: ReadonlyMap<string, Binding>,
  place: CallPlace,
): readonly (() => Binding)[] {
  const { name, default: initial } = declaration
  const { values, bound } = place
  const assignments = values.assignments.filter((each) => each.name === name).toReversed()
  const lower = [given.get(name), bound.scope.table.find(name)].filter((each) => each !== undefined)
  const candidates = [
    ...assignments.map((each) => () => bindAssignment(each, declaration, place.reporter)),
    ...lower.map((each) => () => each),
  ]
  if (initial === undefined) return candidates
  const origin: VariableOrigin = { name, level: 'template default', range: initial.range }
  return [
    ...candidates,
    () =>
      fixedBinding(origin, declaration.defaultValue ?? null, (path) => wayOfLiteral(origin, initial, path)),
  ]
}

function bindAssignment(
  assignment: Assignment,
  declaration: VariableDeclaration,
  reporter: Reporter,
): Binding {
  const { name, level, value } = assignment
  const origin: VariableOrigin = { name, level }
  if (level === '--var-file') return fixedBinding(origin, value)
  const read = readText(String(value), declaration.schema.types)
  if (read !== undefined) return fixedBinding(origin, read)
  const message = `\`--var ${name}\` is not a value of the declared type ${declaration.schema.types?.join(' or ')}.`
  const details = { range: declaration.range, hint: 'Numbers, booleans, lists and maps are written as JSON.' }
  reporter.report(createDiagnostic('variable/value', message, details))
  return failedBinding(origin)
}

function checkBinding(
  binding: Binding | undefined,
  declaration: VariableDeclaration,
  place: CallPlace,
): Binding {
  if (binding === undefined) return reportMissing(declaration, place)
  const { reporter, surroundings } = place
  const value = readChecked(binding, reporter)
  if (value === undefined || isAbsentByDefault(value, declaration)) return binding
  if (!declaration.isSecret && hasSecret(value, surroundings.secrets))
    return refuseSecret(binding, declaration, place)
  const problems = checkValue(value, declaration.schema, (steps) => surroundings.budget.spend(steps))
  for (const problem of problems) reporter.report(describeProblem(problem, binding, declaration))
  if (problems.length > 0) return failedBinding(binding.origin)
  return declaration.isSecret ? hide(binding, value, surroundings.secrets) : binding
}

function reportMissing(declaration: VariableDeclaration, { bound, reporter }: CallPlace): Binding {
  const { name } = declaration
  const range = bound.definition.uses?.range ?? bound.definition.name.range
  const message = quote`The template ${bound.template!.name} needs a value for ${name}.`
  const details = {
    range,
    hint: quote`Add ${name} under \`with\`.`,
    related: [{ message: 'it is declared here', range: declaration.range }],
  }
  reporter.report(createDiagnostic('variable/missing', message, details))
  return failedBinding({ name, level: 'with' })
}

function refuseSecret(binding: Binding, declaration: VariableDeclaration, { reporter }: CallPlace): Binding {
  const message = quote`The variable ${declaration.name} gets a secret, and is not declared as one.`
  const details = {
    range: binding.origin.range ?? declaration.range,
    hint: 'Declare it with `secret: true`.',
    related: [{ message: 'it is declared here', range: declaration.range }],
  }
  reporter.report(createDiagnostic('secret/place', message, details))
  return failedBinding(binding.origin)
}

/** What is a secret's placeholder already, because the environment's is passed on, stays that. */
function hide(binding: Binding, value: JsonValue, secrets: ReadonlySet<string>): Binding {
  if (typeof value !== 'string' || value === '' || hasSecret(value, secrets)) return binding
  const placeholder = secretPlaceholder(binding.origin.name)
  return { ...binding, secret: value, read: () => placeholder }
}

function readChecked(binding: Binding, reporter: Reporter): JsonValue | undefined {
  try {
    return binding.read(reporter)
  } catch (error) {
    if (error instanceof AlreadyReported) return undefined
    throw error
  }
}

/** `default: null` says that the variable may be left out, whatever its type. */
const isAbsentByDefault = (value: JsonValue, { default: initial }: VariableDeclaration): boolean =>
  value === null && initial?.kind === 'scalar' && initial.value === null

function describeProblem(problem: ValueProblem, binding: Binding, declaration: VariableDeclaration) {
  // The file that spells the value out is where it can be mended.
  const { origins, place = declaration.range } = binding.way(problem.path, 0)
  const [first] = origins
  const names = [declaration.name, ...problem.path].map((each, index) =>
    typeof each === 'number' ? `[${each}]` : `${index === 0 ? '' : '.'}${each}`,
  )
  const related = [{ message: 'it is declared here', range: declaration.range }]
  const isDeclaration = place.source === declaration.range.source && place.start === declaration.range.start
  return createDiagnostic('variable/value', quote`${names.join('')} ${plain(problem.message)}.`, {
    range: place,
    ...(!isDeclaration && { related }),
    ...(origins.length > 1 && {
      origin: { pointer: '', range: first?.range ?? place, variables: origins },
    }),
  })
}
