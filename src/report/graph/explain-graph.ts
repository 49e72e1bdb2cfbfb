// What Graph's codes and endings of calls mean, and the tickets that its support needs.

import type { CallEnd } from '../../model/plan.js'
import { type Look, paint, wrapText } from '../text/paint.js'
import { callEndings } from './call-endings.js'
import { type GraphCode, graphErrors } from './graph-codes.js'

/** An entry of the catalogue with its name, such as `graph/7503`. */
export interface Explanation extends GraphCode {
  readonly code: string
}

/** For sorting: `408-8537` after `408-1106`. */
const numberOf = (ending: string): number => {
  const [code, subcode] = ending.split('-').map(Number)
  return code! * 1e9 + subcode!
}

const catalogue: ReadonlyMap<string, GraphCode> = new Map(
  Object.entries({ ...graphErrors, ...callEndings }).map(([name, code]) => [`graph/${name}`, code]),
)

/** Every name in the catalogue: errors and statuses first, then what calls end with. */
export const graphCodeNames: readonly string[] = [
  ...Object.keys(graphErrors).map((name) => `graph/${name}`),
  ...Object.keys(callEndings)
    .sort((a, b) => numberOf(a) - numberOf(b))
    .map((name) => `graph/${name}`),
]

/** Undefined for a code that callctl does not know. Letter case does not matter. */
export function findGraphCode(name: string): Explanation | undefined {
  const code = graphCodeNames.find((each) => each.toLowerCase() === name.toLowerCase())
  return code === undefined ? undefined : { code, ...catalogue.get(code)! }
}

/** What an answer means: by its code, or else by its status. */
export function explainAnswer(answer: {
  readonly status?: number | undefined
  readonly code?: string | undefined
}): Explanation | undefined {
  const byCode = answer.code === undefined ? undefined : findGraphCode(`graph/${answer.code}`)
  return byCode ?? findGraphCode(`graph/${answer.status}`)
}

/** Why a call ended. Some answers have 0 where the page has 200. */
export const explainEnd = ({ code, subcode }: CallEnd): Explanation | undefined =>
  findGraphCode(`graph/${code === 0 ? 200 : code}-${subcode}`)

/** One entry in words. */
export function formatExplanation({ code, meaning, cause, fix }: Explanation, look: Look): string {
  const wrap = (text: string): string => wrapText(text, look.columns, '')
  const parts = [`${paint(look, 'bold', code)}\n${wrap(meaning)}`]
  if (cause !== undefined) parts.push(`${paint(look, 'bold', 'Cause')}\n${wrap(cause)}`)
  if (fix !== undefined) parts.push(`${paint(look, 'bold', 'What to do')}\n${wrap(fix)}`)
  return `${parts.join('\n\n')}\n`
}

/** The catalogue, a line each. */
export function formatCatalogue(look: Look): string {
  const width = Math.max(...graphCodeNames.map((name) => name.length))
  const lines = graphCodeNames.map((name) =>
    wrapText(`${name.padEnd(width)}  ${catalogue.get(name)!.meaning}`, look.columns, ' '.repeat(width + 2)),
  )
  return `${lines.join('\n')}\n`
}

export const describeCatalogue = (): object => ({ codes: graphCodeNames.map((name) => findGraphCode(name)) })
