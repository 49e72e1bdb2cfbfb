import type { Diagnostic } from '../model/diagnostic.js'
import type { Settings } from '../model/settings.js'
import type { Workspace } from '../model/workspace.js'
import type { CountingBinder } from './file-scope.js'

/** Collects what one compilation complains about: each thing once, as severe as the team says. */
export class Complaints implements CountingBinder {
  readonly diagnostics: Diagnostic[] = []
  readonly #seen = new Set<string>()
  readonly #texts: ReadonlyMap<string, string>
  readonly #unselected: ReadonlySet<string>
  #severities: Settings['severities'] = new Map()
  #errors = 0

  constructor(
    workspace: Workspace,
    private readonly isStrict: boolean,
  ) {
    const { settings, templates, calls, selected } = workspace
    const sources = [...templates, ...calls, ...(settings === undefined ? [] : [settings])]
    this.#texts = new Map(sources.map((source) => [source.path, source.text]))
    this.#unselected = new Set(calls.map(({ path }) => path).filter((path) => !selected.has(path)))
  }

  setSeverities(severities: Settings['severities']): void {
    this.#severities = severities
  }

  readonly sourceText = (path: string): string => this.#texts.get(path) ?? ''

  readonly countErrors = (): number => this.#errors

  readonly fail = (): void => {
    this.#errors += 1
  }

  /** The same complaint about the same place, by call after call, is made once. */
  readonly report = (found: Diagnostic): void => {
    const severity = this.#severityOf(found)
    if (severity === 'off') return
    if (severity === 'error') this.#errors += 1
    const { code, message, range, pointer } = found
    const identity = JSON.stringify([code, message, range, range === undefined ? pointer : ''])
    if (this.#seen.has(identity)) return
    this.#seen.add(identity)
    // Problems of definitions' files that the command is not about are none of its business.
    if (range === undefined || !this.#unselected.has(range.source))
      this.diagnostics.push({ ...found, severity })
  }

  #severityOf({ code, severity }: Diagnostic): Diagnostic['severity'] | 'off' {
    const chosen = this.#severities.get(code) ?? severity
    return chosen === 'warning' && this.isStrict ? 'error' : chosen
  }
}
