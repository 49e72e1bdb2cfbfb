import type { Budget } from '../../model/budget.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { LimitError } from '../../model/errors.js'
import type { Definition } from '../../model/language/definition.js'
import type { Settings } from '../../model/language/settings.js'
import type { Source } from '../../model/language/source.js'
import type { Workspace } from '../../model/language/workspace.js'
import { costs } from '../base/costs.js'
import type { CountingBinder } from './file-scope.js'
import type { Instance } from './instances.js'

/** What a complaint came up in the work on; undefined for the workspace as a whole. */
export type Concern = Definition | Instance | undefined

/** Hears every complaint, also one that is made already or that the command is not about. */
export interface Listener {
  /** Files beside those of the workspace, which ranges may point into. */
  readonly sources: readonly Source[]
  note(diagnostic: Diagnostic, concern: Concern): void
}

/** Collects what one compilation complains about: each thing once, as severe as the team says. */
export class Complaints implements CountingBinder {
  readonly diagnostics: Diagnostic[] = []
  readonly #seen = new Set<string>()
  readonly #texts: ReadonlyMap<string, string>
  readonly #unselected: ReadonlySet<string>
  #severities: Settings['severities'] = new Map()
  #errors = 0
  #concern: Concern

  constructor(
    workspace: Workspace,
    private readonly isStrict: boolean,
    private readonly budget: Budget,
    private readonly listener?: Listener,
  ) {
    const { settings, templates, calls, selected } = workspace
    const more = listener?.sources ?? []
    const sources = [...templates, ...calls, ...(settings === undefined ? [] : [settings]), ...more]
    this.#texts = new Map(sources.map((source) => [source.path, source.text]))
    this.#unselected = new Set(calls.map(({ path }) => path).filter((path) => !selected.has(path)))
  }

  setSeverities(severities: Settings['severities']): void {
    this.#severities = severities
  }

  readonly sourceText = (path: string): string => this.#texts.get(path) ?? ''

  readonly countErrors = (): number => this.#errors

  readonly spend = (steps: number): void => this.budget.spend(steps)

  readonly fail = (): void => {
    this.#errors += 1
  }

  /** Does work whose complaints are about one definition or call. */
  concerning<Result>(concern: Definition | Instance, work: () => Result): Result {
    const outer = this.#concern
    this.#concern = concern
    try {
      return work()
    } finally {
      this.#concern = outer
    }
  }

  /** The same complaint about the same place, by call after call, is made once. */
  readonly report = (found: Diagnostic): void => {
    const severity = this.#severityOf(found)
    if (severity === 'off') return
    if (severity === 'error') this.#errors += 1
    this.listener?.note({ ...found, severity }, this.#concern)
    const { code, message, range, pointer } = found
    const identity = JSON.stringify([code, message, range, range === undefined ? pointer : ''])
    if (this.#seen.has(identity)) {
      this.spend(costs.repeatedComplaint)
      return
    }
    this.#seen.add(identity)
    this.spend(severity === 'error' ? costs.error : costs.warning)
    // Problems of definitions' files that the command is not about are none of its business.
    if (range === undefined || !this.#unselected.has(range.source))
      this.diagnostics.push({ ...found, severity })
  }

  /** What ends the run is told whatever the workspace says of it, and before all else. */
  end({ code, message, hint, range }: LimitError): void {
    this.#errors += 1
    const diagnostic = createDiagnostic(code, message, { hint, ...(range !== undefined && { range }) })
    this.listener?.note(diagnostic, undefined)
    this.diagnostics.unshift(diagnostic)
  }

  #severityOf(found: Diagnostic): Diagnostic['severity'] | 'off' {
    return severityUnder({ severities: this.#severities, isStrict: this.isStrict }, found)
  }
}

/** How severe a finding is where the team has its own word on that, and where warnings are errors. */
export function severityUnder(
  { severities, isStrict }: Pick<Settings, 'severities'> & { readonly isStrict: boolean },
  { code, severity }: Diagnostic,
): Diagnostic['severity'] | 'off' {
  const chosen = severities.get(code) ?? severity
  return chosen === 'warning' && isStrict ? 'error' : chosen
}
