// Where a call's values came from, and what a template takes, for people and machines.

import type { JsonValue } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import type { VariableOrigin } from '../../model/payload.js'
import { describeRange } from '../diagnostics/diagnostics-json.js'
import { cutText, type Look, paint, showText } from '../text/paint.js'
import { Positions } from '../text/positions.js'

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
  /** Of the environment. */
  readonly environment?: readonly string[]
  readonly overridden: readonly Range[]
}

export interface VariableReport {
  readonly name: string
  readonly won: VariableOrigin
  readonly lost: readonly VariableOrigin[]
}

/** Every value with its place, and the variables behind it back to the file that spells it out. */
export function formatExplanation(report: ExplanationReport, sources: Sources, look: Look): string {
  const positions = new Positions(sources)
  const uses = report.template === undefined ? '' : `, template ${showText(report.template)}`
  const title = paint(look, 'bold', showText(report.address))
  const head = `${title}  ${positions.format(report.range)}${uses}\nPOST ${report.endpoint}`
  const values = report.values.map((value) => formatValue(value, positions, look))
  const sections = [head, values.join('\n')]
  if (report.variables.length > 0) {
    const rows = report.variables.map((variable) => formatVariable(variable, positions, look))
    sections.push(`${paint(look, 'bold', 'Variables')}\n${rows.join('\n')}`)
  }
  return `${sections.join('\n\n')}\n`
}

function formatValue(
  { pointer, value, range, variables, environment = [], overridden }: ValueReport,
  positions: Positions,
  look: Look,
): string {
  const shown = cutText(showText(JSON.stringify(value)), Math.max(look.columns - pointer.length - 2, 16))
  const place = range === undefined ? 'nowhere' : positions.format(range)
  const origins = variables.map((variable) => formatOrigin(variable, positions))
  const chain = [place, ...origins, ...environment.map((name) => `env ${showText(name)}`)].join('\n    ← ')
  const over = overridden.map((each) => positions.format(each))
  const lost = over.length === 0 ? '' : `\n    over ${over.join(', ')}`
  return `${paint(look, 'cyan', showText(pointer))}  ${shown}\n    ${paint(look, 'dim', chain + lost)}`
}

function formatVariable({ name, won, lost }: VariableReport, positions: Positions, look: Look): string {
  const over = lost.map((origin) => `\n    over ${describeLevel(origin, positions)}`).join('')
  return `${paint(look, 'cyan', showText(name))}  ${describeLevel(won, positions)}${paint(look, 'dim', over)}`
}

const formatOrigin = (origin: VariableOrigin, positions: Positions): string =>
  `${showText(origin.name)} (${describeLevel(origin, positions)})`

function describeLevel({ level, range }: VariableOrigin, positions: Positions): string {
  return range === undefined ? level : `${level}, ${positions.format(range)}`
}

/** The same for machines. */
export function describeExplanation(report: ExplanationReport, sources: Sources): object {
  const positions = new Positions(sources)
  const { address, endpoint, template, values, variables } = report
  const describeOrigin = ({ name, level, range }: VariableOrigin) => ({
    name,
    level,
    ...(range !== undefined && { place: describeRange(range, positions) }),
  })
  return {
    address,
    endpoint,
    place: describeRange(report.range, positions),
    ...(template !== undefined && { template }),
    values: values.map((each) => ({
      pointer: each.pointer,
      value: each.value,
      ...(each.range !== undefined && { place: describeRange(each.range, positions) }),
      variables: each.variables.map(describeOrigin),
      ...(each.environment !== undefined && { environment: each.environment }),
      overridden: each.overridden.map((range) => describeRange(range, positions)),
    })),
    variables: variables.map(({ name, won, lost }) => ({
      name,
      won: describeOrigin(won),
      lost: lost.map(describeOrigin),
    })),
  }
}
