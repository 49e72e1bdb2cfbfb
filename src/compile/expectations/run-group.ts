import { createMatcher } from '../../model/address-pattern.js'
import type { Budget } from '../../model/budget.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { Definition } from '../../model/language/definition.js'
import type { DefinitionTest } from '../../model/language/definition-test.js'
import { literalValue } from '../../model/language/document.js'
import type { Settings } from '../../model/language/settings.js'
import type { Source } from '../../model/language/source.js'
import type { TestResult } from '../../model/language/test-report.js'
import type { Values, Workspace } from '../../model/language/workspace.js'
import type { Payload } from '../../model/payload.js'
import { suggestionFor } from '../../model/words/suggest.js'
import type { Instance } from '../bind/instances.js'
import { compile } from '../compile.js'
import type { ParseFile } from '../language/program.js'
import { checkTest } from './check-test.js'
import { Notes } from './notes.js'
import type { TestedCall } from './tested-call.js'

/** Tests under the same environment, with the same values. */
export interface TestGroup {
  readonly workspace: Workspace
  readonly tests: readonly DefinitionTest[]
  /** The files of tests. */
  readonly sources: readonly Source[]
  readonly parse: ParseFile
  readonly budget: Budget
}

export interface GroupRun {
  readonly results: ReadonlyMap<DefinitionTest, TestResult>
  readonly diagnostics: readonly Diagnostic[]
  readonly dataTexts: ReadonlyMap<string, string>
}

export function runGroup(group: TestGroup): GroupRun {
  const { tests, sources, parse, budget } = group
  const choice = new Choice(tests)
  const notes = new Notes()
  const compilation = compile(
    neededBy(tests, group.workspace),
    { ...valuesOf(tests[0]!), budget },
    undefined,
    {
      sources,
      parse,
      definitions: [...choice.own.keys()],
      selects: (instance) => {
        notes.know(instance)
        return choice.selects(instance)
      },
      note: (diagnostic, concern) => notes.add(diagnostic, concern),
    },
  )
  const payloads = new Map(compilation.payloads.map((payload) => [payload.address, payload]))
  const isWhole = compilation.definedAddresses !== undefined
  const diagnostics: Diagnostic[] = []
  const results = new Map<DefinitionTest, TestResult>()
  for (const test of tests) {
    const mistakes = [
      ...checkSurroundings(test, compilation.settings),
      ...checkVariables(test, tests[0]!, notes),
    ]
    for (const mistake of mistakes) diagnostics.push(mistake)
    if (mistakes.length > 0) continue
    const calls = choice.callsOf(test).map((instance) => callOf(instance, test, payloads, notes))
    const failures = checkTest(test, calls, { addresses: choice.addresses, isWhole })
    results.set(test, { name: String(test.name.value), range: test.name.range, failures })
  }
  return { results, diagnostics, dataTexts: compilation.dataTexts }
}

/** A test that makes its own definition needs those of the workspace only where it refers to one. */
function neededBy(tests: readonly DefinitionTest[], workspace: Workspace): Workspace {
  const isAlone = tests.every(
    ({ subject }) =>
      subject.kind === 'definition' &&
      [subject.definition.with, subject.definition.call].every(
        (node) => node === undefined || !JSON.stringify(literalValue(node)).includes('calls.'),
      ),
  )
  return isAlone ? { ...workspace, calls: [], selected: new Set(), paths: [] } : workspace
}

function valuesOf({ assignments, environment, environmentName }: DefinitionTest): Values {
  const entries = environment?.entries ?? []
  return {
    assignments,
    environment: Object.fromEntries(
      entries.map(({ key, value }) => [String(key.value), String(literalValue(value))]),
    ),
    ...(environmentName !== undefined && { environmentName: String(environmentName.value) }),
  }
}

/** What a test names must be there: a misspelt environment would quietly be the usual one. */
function checkSurroundings(
  { environmentName, environment }: DefinitionTest,
  settings: Settings,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const known = settings.environmentNames
  if (environmentName !== undefined && !known.includes(String(environmentName.value))) {
    const message = quote`callctl.yaml has no environment ${environmentName.value}.`
    const hint = suggestionFor(String(environmentName.value), known)
    const details = { range: environmentName.range, ...(hint !== undefined && { hint }) }
    diagnostics.push(createDiagnostic('key/type', message, details))
    return diagnostics
  }
  for (const { key } of environment?.entries ?? []) {
    const name = String(key.value)
    if (settings.environment.has(name)) continue
    const message = quote`callctl.yaml does not list ${name} under \`env\`, so that no call can read it.`
    const hint = suggestionFor(name, settings.environment.keys())
    const details = { range: key.range, ...(hint !== undefined && { hint }) }
    diagnostics.push(createDiagnostic('env/undeclared', message, details))
  }
  return diagnostics
}

/** Names that nothing declares, which the compiler found in the group's first test, in this one. */
const checkVariables = (test: DefinitionTest, first: DefinitionTest, notes: Notes): readonly Diagnostic[] =>
  test.assignments.flatMap(({ range }, index) =>
    notes
      .at(first.assignments[index]!.range)
      .map((diagnostic) => ({ ...diagnostic, ...(range !== undefined && { range }) })),
  )

/** Which calls the tests are about. */
class Choice {
  /** Definitions that tests make for themselves, under names that no call of the workspace has. */
  readonly own = new Map<Definition, DefinitionTest>()
  readonly addresses: string[] = []
  readonly #wanted: readonly (readonly [DefinitionTest, (instance: Instance) => boolean])[]
  readonly #found = new Map<DefinitionTest, Instance[]>()

  constructor(tests: readonly DefinitionTest[]) {
    const wanted: [DefinitionTest, (instance: Instance) => boolean][] = []
    for (const test of tests) {
      const { subject, name } = test
      if (subject.kind === 'definition') {
        const alias = { ...name, value: `callctl-test-${this.own.size + 1}` }
        this.own.set({ ...subject.definition, name: alias }, test)
      } else {
        const pattern = String(subject.address.value)
        const matches = createMatcher(pattern)
        wanted.push([test, (instance) => matches(instance.address) || instance.name === pattern])
      }
    }
    this.#wanted = wanted
  }

  selects(instance: Instance): boolean {
    const owner = this.own.get(instance.bound.definition)
    if (owner !== undefined) {
      this.#found.set(owner, [instance])
      return true
    }
    this.addresses.push(instance.address)
    const tests = this.#wanted.filter(([, matches]) => matches(instance))
    for (const [test] of tests) this.#add(test, instance)
    return tests.length > 0
  }

  #add(test: DefinitionTest, instance: Instance): void {
    const found = this.#found.get(test)
    if (found === undefined) this.#found.set(test, [instance])
    else found.push(instance)
  }

  callsOf(test: DefinitionTest): readonly Instance[] {
    return this.#found.get(test) ?? []
  }
}

function callOf(
  instance: Instance,
  { subject, expect }: DefinitionTest,
  payloads: ReadonlyMap<string, Payload>,
  notes: Notes,
): TestedCall {
  const payload = payloads.get(instance.address)
  // Of a call that has no errors, only who asks for its warnings needs them.
  const isQuiet = payload !== undefined && expect.diagnostics === undefined && notes.isQuiet
  const found = isQuiet ? [] : notes.of(instance, payload !== undefined)
  const isOwn = subject.kind === 'definition'
  const diagnostics = found.map((diagnostic) => inTest(diagnostic, isOwn))
  return {
    diagnostics,
    ...(payload !== undefined && { payload }),
    ...(!isOwn && { address: instance.address }),
  }
}

/** The name that a definition was given here means nothing to anybody, and the real environment is not read. */
function inTest({ address, ...diagnostic }: Diagnostic, isOwn: boolean): Diagnostic {
  const hint = 'Set it in the test, under `environment`: the real ones are not read.'
  return {
    ...diagnostic,
    ...(address !== undefined && !isOwn && { address }),
    ...(diagnostic.code === 'env/unset' && { hint }),
  }
}
