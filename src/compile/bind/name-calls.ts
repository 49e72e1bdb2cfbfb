import type { Budget } from '../../model/budget.js'
import type { Definition } from '../../model/language/definition.js'
import type { Range } from '../../model/language/source.js'
import { costs } from '../base/costs.js'
import { duplicateName } from '../language/program.js'
import { type BoundDefinition, bindDefinition } from './bind-definition.js'
import type { Templates } from './bind-templates.js'
import type { Complaints } from './complaints.js'
import type { FileScopes } from './file-scopes.js'
import { type Instance, instancesOf, placeOfName } from './instances.js'
import { lintName } from './lint-name.js'

/** All calls of the workspace by name, of which no two are alike; each is forgotten when it was handed over. */
export class CallNames {
  readonly addresses = new Set<string>()
  /** Names of definitions that make one call for each row and occasion, as `notify-*`. */
  readonly occasionPatterns = new Set<string>()
  /** Whether every call has a name of its own, so that all addresses are known in the end. */
  isWhole = true
  /** Where each name stands, letter case aside. */
  readonly #taken = new Map<string, Range>()
  #searches = 0

  constructor(
    private readonly templates: Templates,
    private readonly scopes: FileScopes,
    private readonly run: { readonly complaints: Complaints; readonly budget: Budget },
    /** Told of every definition once, whatever calls it makes. */
    private readonly onBound: (bound: BoundDefinition) => void,
  ) {}

  /** Of definitions file by file. */
  *instances(files: Iterable<readonly Definition[]>): Generator<Instance> {
    for (const definitions of files) {
      for (const definition of definitions) yield* this.#instancesOf(definition)
      this.scopes.close()
    }
  }

  *#instancesOf(definition: Definition): Generator<Instance> {
    const { budget } = this.run
    budget.charge({ name: String(definition.name.value), range: definition.name.range })
    budget.spend(costs.definition)
    const bound = this.#bind(definition)
    this.onBound(bound)
    for (const value of instancesOf(bound)) {
      budget.addCall()
      budget.spend(costs.call)
      if (value !== undefined && this.#take(value, bound)) yield value
      else this.isWhole = false
    }
  }

  #bind(definition: Definition): BoundDefinition {
    const template = definition.uses === undefined ? undefined : this.templates.find(definition.uses)
    const reporter = this.run.complaints.reporterFor(definition)
    const scope = this.scopes.of(definition.file, reporter)
    this.scopes.declare(definition.file, template)
    const problem = lintName(definition)
    if (problem !== undefined) reporter.report(problem)
    const pattern = definition.oncePer && patternOf(String(definition.name.value))
    if (pattern !== undefined) this.occasionPatterns.add(pattern)
    return bindDefinition(definition, template, scope, this.run.complaints.reporterFor(definition))
  }

  #take(instance: Instance, bound: BoundDefinition): boolean {
    const { definition, reporter } = bound
    const { name, address } = instance
    const key = name.toLowerCase()
    const first = this.#taken.get(key)
    if (first !== undefined) {
      const isOwn = first === definition.name.range
      const earlier = isOwn ? this.#placeOfFirst(key, bound) : undefined
      reporter.report(duplicateName(name, placeOfName(instance), earlier ?? first))
      return false
    }
    this.#taken.set(key, definition.name.range)
    this.addresses.add(address)
    return true
  }

  /** The row that has the name first: the list is gone through again, but not for every row of a list of equal ones. */
  #placeOfFirst(key: string, bound: BoundDefinition): Range | undefined {
    if (bound.definition.forEach === undefined || this.#searches === mostSearches) return undefined
    this.#searches += 1
    for (const each of instancesOf(bound)) {
      this.run.budget.spend(costs.call)
      if (each?.name.toLowerCase() === key) return placeOfName(each)
    }
    return undefined
  }
}

const mostSearches = 100

/** `notify-*` of `notify-{{p.id}}`; undefined for a name without expressions, which stands in its addresses. */
function patternOf(name: string): string | undefined {
  const [start, end] = [name.indexOf('{{'), name.lastIndexOf('}}')]
  return start < 0 || end < start ? undefined : `${name.slice(0, start)}*${name.slice(end + 2)}`
}
