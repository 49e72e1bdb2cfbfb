import type { Definition } from '../model/definition.js'
import { createDiagnostic } from '../model/diagnostic.js'
import type { MapEntry, Node } from '../model/document.js'
import type { JsonValue } from '../model/json.js'
import type { VariableOrigin } from '../model/payload.js'
import type { Range } from '../model/source.js'
import type { VariableDeclaration } from '../model/template.js'
import type { Assignment, Values } from '../model/workspace.js'
import type { BoundTemplate } from './bind-template.js'
import { checkValue, type ValueProblem } from './check-value.js'
import type { FileScope } from './file-scope.js'
import { AlreadyReported, bindNode, literalValue, omitted } from './render.js'
import type { Frame } from './scope.js'
import { didYouMean } from './suggest.js'
import { type Binding, failedBinding, fixedBinding, readText, VariableTable } from './variables.js'

/** The variables of one call: those that its template declares, over those of its file and of the workspace. */
export function bindCallVariables(
  definition: Definition,
  template: BoundTemplate | undefined,
  scope: FileScope,
  values: Values,
): VariableTable {
  const given = bindGivenValues(definition, template, scope)
  const bindings = new Map<string, Binding>()
  for (const declaration of template?.template.variables ?? []) {
    const found = findValue(declaration, { definition, given, scope, values })
    bindings.set(
      declaration.name,
      checkBinding(found, declaration, { definition, scope, template: template!.template.name }),
    )
  }
  return new VariableTable(bindings, values.environment, scope.table)
}

/** `with`, rendered in the file's scope; names that the template does not declare are complained about. */
function bindGivenValues(
  definition: Definition,
  template: BoundTemplate | undefined,
  scope: FileScope,
): ReadonlyMap<string, Binding> {
  const given = new Map<string, Binding>()
  const frame: Frame = { root: scope.table.fork() }
  for (const entry of definition.with?.entries ?? []) {
    const name = String(entry.key.value)
    if (!template?.shapes.has(name)) {
      const message =
        template === undefined
          ? `There is no template here to declare \`${name}\`.`
          : `The template \`${template.template.name}\` declares no variable \`${name}\`.`
      const hint = didYouMean(name, template?.shapes.keys() ?? [])
      const details = { range: entry.key.range, ...(hint !== undefined && { hint }) }
      scope.binder.report(createDiagnostic('variable/undeclared', message, details))
    }
    given.set(name, renderGiven(name, entry, scope, frame))
  }
  return given
}

function renderGiven(name: string, entry: MapEntry, scope: FileScope, frame: Frame): Binding {
  const origin: VariableOrigin = { name, level: 'with', range: entry.value.range }
  const before = scope.binder.countErrors()
  const value = bindNode(entry.value, scope.names, scope.binder)(frame)
  const isBroken = value === omitted || scope.binder.countErrors() > before
  return isBroken ? failedBinding(origin) : fixedBinding(origin, value, entry.value)
}

interface ValueSources {
  readonly definition: Definition
  readonly given: ReadonlyMap<string, Binding>
  readonly scope: FileScope
  readonly values: Values
}

/** The highest level that has a value: `--var`, `--var-file`, `with`, the file, callctl.yaml, the default. */
function findValue(declaration: VariableDeclaration, sources: ValueSources): Binding | undefined {
  const { name } = declaration
  const assignment = sources.values.assignments.findLast((each) => each.name === name)
  if (assignment !== undefined) return bindAssignment(assignment, declaration, sources)
  const lower = sources.given.get(name) ?? sources.scope.table.find(name)
  if (lower !== undefined || declaration.default === undefined) return lower
  const origin: VariableOrigin = { name, level: 'template default', range: declaration.default.range }
  return fixedBinding(origin, literalValue(declaration.default), declaration.default)
}

function bindAssignment(
  assignment: Assignment,
  declaration: VariableDeclaration,
  sources: ValueSources,
): Binding {
  const { name, level, value } = assignment
  const origin: VariableOrigin = { name, level }
  if (level === '--var-file') return fixedBinding(origin, value)
  const read = readText(String(value), declaration.schema.types)
  if (read !== undefined) return fixedBinding(origin, read)
  const message = `\`--var ${name}\` is not a value of the declared type ${declaration.schema.types?.join(' or ')}.`
  const details = { range: declaration.range, hint: 'Numbers, booleans, lists and maps are written as JSON.' }
  sources.scope.binder.report(createDiagnostic('variable/value', message, details))
  return failedBinding(origin)
}

interface CheckPlace {
  readonly definition: Definition
  readonly scope: FileScope
  readonly template: string
}

function checkBinding(
  binding: Binding | undefined,
  declaration: VariableDeclaration,
  place: CheckPlace,
): Binding {
  const { name } = declaration
  const { binder } = place.scope
  if (binding === undefined) {
    const range = place.definition.uses?.range ?? place.definition.name.range
    const message = `The template \`${place.template}\` needs a value for \`${name}\`.`
    const details = {
      range,
      hint: `Add \`${name}\` under \`with\`.`,
      related: [{ message: 'it is declared here', range: declaration.range }],
    }
    binder.report(createDiagnostic('variable/missing', message, details))
    return failedBinding({ name, level: 'with' })
  }
  const value = readChecked(binding)
  if (value === undefined || isAbsentByDefault(value, declaration)) return binding
  const problems = checkValue(value, declaration.schema)
  if (problems.length === 0) return binding
  for (const problem of problems) binder.report(describeProblem(problem, binding, declaration))
  return failedBinding(binding.origin)
}

function readChecked(binding: Binding): JsonValue | undefined {
  try {
    return binding.read()
  } catch (error) {
    if (error instanceof AlreadyReported) return undefined
    throw error
  }
}

/** `default: null` says that the variable may be left out, whatever its type. */
const isAbsentByDefault = (value: JsonValue, { default: initial }: VariableDeclaration): boolean =>
  value === null && initial?.kind === 'scalar' && initial.value === null

function describeProblem(problem: ValueProblem, binding: Binding, declaration: VariableDeclaration) {
  const place = [declaration.name, ...problem.path].map((each, index) =>
    typeof each === 'number' ? `[${each}]` : `${index === 0 ? '' : '.'}${each}`,
  )
  const node = binding.node && nodeAt(binding.node, problem.path)
  const range = node?.range ?? binding.origin.range ?? declaration.range
  const message = `\`${place.join('')}\` ${problem.message}.`
  const related = [{ message: 'it is declared here', range: declaration.range }]
  return createDiagnostic('variable/value', message, {
    range,
    related: sameRange(range, declaration.range) ? [] : related,
  })
}

const sameRange = (left: Range, right: Range): boolean =>
  left.source === right.source && left.start === right.start

/** The node of a value inside a value, as far as the file spells it out. */
function nodeAt(node: Node, path: readonly (string | number)[]): Node {
  const [step, ...rest] = path
  if (step === undefined) return node
  const inner =
    node.kind === 'list'
      ? node.items[Number(step)]
      : node.kind === 'map'
        ? node.entries.find((each) => each.key.value === step)?.value
        : undefined
  return inner === undefined ? node : nodeAt(inner, rest)
}
