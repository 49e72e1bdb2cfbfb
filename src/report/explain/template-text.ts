import type { JsonValue } from '../../model/json.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'

/** A template as its users see it. */
export interface TemplateReport {
  readonly name: string
  readonly path: string
  readonly description?: string
  readonly extends?: string
  /** Inherited ones first. */
  readonly variables: readonly TemplateVariable[]
}

export interface TemplateVariable {
  readonly name: string
  readonly type: string
  readonly description?: string
  readonly isSecret: boolean
  /** Absent when a call has to give a value. */
  readonly default?: JsonValue
}

/** What a template is for, and what a call that uses it may give under `with`. */
export function formatTemplate(report: TemplateReport, look: Look): string {
  const parent = report.extends === undefined ? '' : `, extends ${showText(report.extends)}`
  const head = `${paint(look, 'bold', showText(report.name))}  ${showText(report.path)}${parent}`
  const about =
    report.description === undefined ? [] : [wrapText(showText(report.description), look.columns, '')]
  const variables = report.variables.map((variable) => formatVariable(variable, look))
  return `${[head, ...about].join('\n')}\n\n${variables.join('\n') || 'It takes no variables.'}\n`
}

function formatVariable(variable: TemplateVariable, look: Look): string {
  const { name, type, description, isSecret } = variable
  const need =
    variable.default === undefined ? paint(look, 'yellow', 'needed') : describeDefault(variable.default)
  const head = `${paint(look, 'cyan', showText(name))}  ${[type, ...(isSecret ? ['secret'] : []), need].join(', ')}`
  if (description === undefined) return head
  return `${head}\n    ${wrapText(showText(description), look.columns - 4, '    ')}`
}

const describeDefault = (value: JsonValue): string =>
  value === null ? 'may be left out' : `${showText(JSON.stringify(value))} when left out`
