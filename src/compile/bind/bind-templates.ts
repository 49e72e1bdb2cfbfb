import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import type { ScalarNode } from '../../model/language/document.js'
import type { Template } from '../../model/language/template.js'
import { suggestionFor } from '../../model/words/suggest.js'
import type { RootNames } from '../expression/scope.js'
import type { Program } from '../language/program.js'
import { type BoundTemplate, bindTemplate, reportUnused } from './bind-template.js'
import type { Complaints } from './complaints.js'
import type { BindTools } from './tools.js'

/** All templates of a workspace, parents before their children. */
export class Templates {
  readonly #bound = new Map<string, BoundTemplate | undefined>()

  constructor(
    private readonly program: Program,
    private readonly workspace: RootNames,
    private readonly complaints: Complaints,
    private readonly tools: BindTools,
  ) {
    for (const template of program.templates.values()) this.#bind(template, [])
    const bound = [...this.#bound.values()].filter((each) => each !== undefined)
    reportUnused(program.templates.values(), bound, complaints)
  }

  /** The template that a scalar names; undefined when there is none, or none that can be used: that is reported. */
  find(name: ScalarNode): BoundTemplate | undefined {
    const text = String(name.value)
    if (!this.program.templates.has(text)) {
      this.#reportUnknown(name)
      return undefined
    }
    const bound = this.#bound.get(text)
    return bound === undefined || bound.isBroken ? undefined : bound
  }

  #bind(template: Template, children: readonly string[]): BoundTemplate | undefined {
    const { name } = template
    if (this.#bound.has(name)) return this.#bound.get(name)
    const parent = template.extends && this.#parentOf(template, template.extends, children)
    const isOrphan = template.extends !== undefined && parent === undefined
    const bound = isOrphan
      ? undefined
      : bindTemplate(template, parent, this.workspace, {
          ...this.tools,
          reporter: this.complaints.reporterFor(undefined),
        })
    this.#bound.set(name, bound)
    return bound
  }

  #parentOf(template: Template, name: ScalarNode, children: readonly string[]): BoundTemplate | undefined {
    const below = [...children, template.name]
    const text = String(name.value)
    const parent = this.program.templates.get(text)
    if (parent === undefined) {
      this.#reportUnknown(name)
      return undefined
    }
    if (!below.includes(text)) return this.#bind(parent, below)
    const message = quote`The template ${text} extends itself: ${plain([...below, text].join(' → '))}.`
    this.complaints.report(createDiagnostic('template/cycle', message, { range: name.range }))
    return undefined
  }

  #reportUnknown(name: ScalarNode): void {
    if (this.program.brokenTemplates.has(String(name.value))) return
    const names = [...this.program.templates.keys(), ...this.program.brokenTemplates]
    const hint = suggestionFor(String(name.value), names) ?? 'Templates are the files of `templates/`.'
    const message = quote`There is no template ${name.value}.`
    this.complaints.report(createDiagnostic('template/unknown', message, { range: name.range, hint }))
  }
}
