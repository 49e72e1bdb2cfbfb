import type { JsonValue } from '../model/json.js'
import type { VariableOrigin } from '../model/payload.js'
import type { Range } from '../model/source.js'
import { placeOf } from './codeframe.js'
import { describeRange } from './diagnostics-json.js'
import type { Sources } from './diagnostics-text.js'
import { cutText, type Look, paint, showText } from './paint.js'

/** Where the values of a call came from, as `compile/` explains it. */
export interface ExplanationReport {
  readonly address: string
  readonly endpoint: string
  readonly range: Range
  readonly template?: string
  readonly values: readonly ValueReport[]
  readonly variables: readonly VariableReport[]
}

export interface ValueReport {
  readonly pointer: string
  readonly value: JsonValue
  readonly range?: Range
  readonly variables: readonly VariableOrigin[]
  readonly overridden: readonly Range[]
}

export interface VariableReport {
  readonly name: string
  readonly won: VariableOrigin
  readonly lost: readonly VariableOrigin[]
}

/** Every value with its place, and the variables behind it back to the file that spells it out. */
export function formatExplanation(report: ExplanationReport, sources: Sources, look: Look): string {
  const uses = report.template === undefined ? '' : `, template ${showText(report.template)}`
  const title = paint(look, 'bold', showText(report.address))
  const head = `${title}  ${placeOf(report.range, sources.get(report.range.source))}${uses}\nPOST ${report.endpoint}`
  const values = report.values.map((value) => formatValue(value, sources, look))
  const sections = [head, values.join('\n')]
  if (report.variables.length > 0) {
    const rows = report.variables.map((variable) => formatVariable(variable, sources, look))
    sections.push(`${paint(look, 'bold', 'Variables')}\n${rows.join('\n')}`)
  }
  return `${sections.join('\n\n')}\n`
}

function formatValue(
  { pointer, value, range, variables, overridden }: ValueReport,
  sources: Sources,
  look: Look,
): string {
  const shown = cutText(showText(JSON.stringify(value)), Math.max(look.columns - pointer.length - 2, 16))
  const place = range === undefined ? 'nowhere' : placeOf(range, sources.get(range.source))
  const chain = [place, ...variables.map((variable) => formatOrigin(variable, sources))].join('\n    ← ')
  const over = overridden.map((each) => placeOf(each, sources.get(each.source)))
  const lost = over.length === 0 ? '' : `\n    over ${over.join(', ')}`
  return `${paint(look, 'cyan', showText(pointer))}  ${shown}\n    ${paint(look, 'dim', chain + lost)}`
}

function formatVariable({ name, won, lost }: VariableReport, sources: Sources, look: Look): string {
  const over = lost.map((origin) => `\n    over ${describeLevel(origin, sources)}`).join('')
  return `${paint(look, 'cyan', showText(name))}  ${describeLevel(won, sources)}${paint(look, 'dim', over)}`
}

const formatOrigin = (origin: VariableOrigin, sources: Sources): string =>
  `${showText(origin.name)} (${describeLevel(origin, sources)})`

function describeLevel({ level, range }: VariableOrigin, sources: Sources): string {
  return range === undefined ? level : `${level}, ${placeOf(range, sources.get(range.source))}`
}

/** The same for machines. */
export function describeExplanation(report: ExplanationReport, sources: Sources): object {
  const { address, endpoint, template, values, variables } = report
  const describeOrigin = ({ name, level, range }: VariableOrigin) => ({
    name,
    level,
    ...(range !== undefined && { place: describeRange(range, sources) }),
  })
  return {
    address,
    endpoint,
    place: describeRange(report.range, sources),
    ...(template !== undefined && { template }),
    values: values.map((each) => ({
      pointer: each.pointer,
      value: each.value,
      ...(each.range !== undefined && { place: describeRange(each.range, sources) }),
      variables: each.variables.map(describeOrigin),
      overridden: each.overridden.map((range) => describeRange(range, sources)),
    })),
    variables: variables.map(({ name, won, lost }) => ({
      name,
      won: describeOrigin(won),
      lost: lost.map(describeOrigin),
    })),
  }
}
