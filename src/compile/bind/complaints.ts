import type { Budget } from '../../model/budget.js'
import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Severity } from '../../model/diagnostics/severity.js'
import type { LimitError } from '../../model/errors.js'
import type { Definition } from '../../model/language/definition.js'
import type { Settings } from '../../model/language/settings.js'
import type { Source } from '../../model/language/source.js'
import type { Workspace } from '../../model/language/workspace.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import type { Instance } from './instances.js'

/** What a complaint is about; undefined for the workspace as a whole. */
export type Concern = Definition | Instance | undefined

/** Hears every complaint, also one that is made already or that the command is not about. */
export interface Listener {
  /** Files beside those of the workspace, which ranges may point into. */
  readonly sources: readonly Source[]
  note(diagnostic: Diagnostic, concern: Concern): void
}

/** The files that complaints may point into; of callctl.yaml alone, when nothing else is read. */
type Complained = Pick<Workspace, 'settings'> & Partial<Pick<Workspace, 'templates' | 'calls' | 'selected'>>

/** Collects what one compilation complains about: each thing once, as severe as the team says. */
export class Complaints {
  readonly diagnostics: Diagnostic[] = []
  readonly #seen = new Set<string>()
  readonly #texts: ReadonlyMap<string, string>
  readonly #unselected: ReadonlySet<string>
  #severities: Settings['severities'] = new Map()
  #hasErrors = false

  constructor(
    { settings, templates = [], calls = [], selected }: Complained,
    private readonly isStrict: boolean,
    private readonly budget: Budget,
    private readonly listener?: Listener,
  ) {
    const more = listener?.sources ?? []
    const sources = [...templates, ...calls, ...(settings === undefined ? [] : [settings]), ...more]
    this.#texts = new Map(sources.map((source) => [source.path, source.text]))
    this.#unselected = new Set(calls.map(({ path }) => path).filter((path) => selected?.has(path) === false))
  }

  setSeverities(severities: Settings['severities']): void {
    this.#severities = severities
  }

  readonly sourceText = (path: string): string => this.#texts.get(path) ?? ''

  get hasErrors(): boolean {
    return this.#hasErrors
  }

  /** For work on one definition or call. */
  reporterFor(concern: Concern): Reporter {
    return new ConcernReporter(this, concern)
  }

  /** For what is about the workspace as a whole. */
  readonly report = (found: Diagnostic): void => {
    this.hear(found, undefined)
  }

  /** The same complaint about the same place, by call after call, is made once. */
  hear(found: Diagnostic, concern: Concern): Severity | 'off' {
    const severity = this.#severityOf(found)
    if (severity === 'off') return severity
    if (severity === 'error') this.#hasErrors = true
    this.listener?.note({ ...found, severity }, concern)
    const identity = identityOf(found)
    const { range } = found
    if (this.#seen.has(identity)) {
      this.budget.spend(costs.repeatedComplaint)
      return severity
    }
    this.#seen.add(identity)
    this.budget.spend(severity === 'error' ? costs.error : costs.warning)
    // Problems of definitions' files that the command is not about are none of its business.
    if (range === undefined || !this.#unselected.has(range.source))
      this.diagnostics.push({ ...found, severity })
    return severity
  }

  /** What ends the run is told whatever the workspace says of it, and before all else. */
  end({ code, message, hint, range }: LimitError): void {
    this.#hasErrors = true
    const diagnostic = createDiagnostic(code, message, { hint, ...(range !== undefined && { range }) })
    this.listener?.note(diagnostic, undefined)
    this.diagnostics.unshift(diagnostic)
  }

  #severityOf(found: Diagnostic): Diagnostic['severity'] | 'off' {
    return severityUnder({ severities: this.#severities, isStrict: this.isStrict }, found)
  }
}

/** A place where a value is used is another one when the value came there by another way. */
const identityOf = ({ code, message, range, pointer, origin }: Diagnostic): string =>
  JSON.stringify([code, message, range, range === undefined ? pointer : '', origin?.range, origin?.variables])

/** Speaks for one definition or call, and knows whether that has failed. */
class ConcernReporter implements Reporter {
  hasFailed = false

  constructor(
    private readonly complaints: Complaints,
    private readonly concern: Concern,
  ) {}

  report(found: Diagnostic): void {
    const { concern } = this
    const isOfCall = concern !== undefined && 'address' in concern && found.address === undefined
    const diagnostic = isOfCall ? { ...found, address: concern.address } : found
    if (this.complaints.hear(diagnostic, concern) === 'error') this.hasFailed = true
  }

  fail(): void {
    this.hasFailed = true
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
