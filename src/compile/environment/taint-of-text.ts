import type { Expression, Part, Path, ScalarText } from '../expression/expression-tree.js'
import { findHelper } from '../expression/helpers.js'
import { atLeast, clean, isClean, join, type Taint } from './taint.js'

/** What the paths of a text lead to. */
export interface Lookup {
  /** A secret's placeholder is there whether it is set or not, so it decides nothing. */
  readonly secrets: ReadonlySet<string>
  variable(name: string, path: readonly string[]): Taint
}

/** Of a text with expressions: of all its branches, and of what chooses among them. */
export const taintOfText = (text: ScalarText, lookup: Lookup): Taint =>
  text.kind === 'whole' ? taintOf(text.expression, lookup) : closed(taintOfParts(text.parts, lookup))

/** Text is there, whatever stands in it. */
const closed = (taint: Taint): Taint => atLeast('part', taint, false)

/** Of a condition. */
export const choiceBy = (taint: Taint, { secrets }: Lookup): Taint => {
  const ways = [...taint.ways].filter(([name]) => !secrets.has(name))
  return atLeast('chosen', ways.length === 0 ? clean : { ways: new Map(ways), isOpen: true }, true)
}

function taintOf(expression: Expression, lookup: Lookup): Taint {
  if (expression.kind === 'literal') return clean
  if (expression.kind === 'path') return taintOfPath(expression.path, lookup)
  const { name, values } = expression
  const taint = join(values.map((value) => taintOf(value, lookup)))
  if (isClean(taint)) return clean
  if (name === 'default' || name === 'coalesce')
    return atLeast('fallback', taint, taint.isOpen || !values.every(isSurelyText))
  if (name === 'concat') return atLeast('part', taint, taint.isOpen || !values.some(isSurelyText))
  return atLeast('chosen', choosing.has(name) ? choiceBy(taint, lookup) : taint, mayYieldStructure(name))
}

/** Those that look at a value, where a secret has nothing to show. */
const choosing: ReadonlySet<string> = new Set(['and', 'or', 'not'])

const mayYieldStructure = (name: string): boolean =>
  name === 'first' || name === 'last' || typeof findHelper(name)?.example[1] === 'object'

const isSurelyText = (value: Expression): boolean =>
  value.kind === 'literal' ? value.value !== null : value.kind === 'path' && isEnvironment(value.path)

const isEnvironment = ({ parts: [head, name], isData }: Path): boolean =>
  !isData && head === 'env' && name !== undefined

function taintOfPath(path: Path, lookup: Lookup): Taint {
  const [head, ...rest] = path.parts
  if (path.isData || head === undefined || head === 'calls') return clean
  if (isEnvironment(path)) return { ways: new Map([[rest[0]!, 'whole']]), isOpen: false }
  return lookup.variable(head, rest)
}

const taintOfParts = (parts: readonly Part[], lookup: Lookup): Taint =>
  join(parts.map((part) => taintOfPart(part, lookup)))

function taintOfPart(part: Part, lookup: Lookup): Taint {
  if (part.kind === 'content') return clean
  if (part.kind === 'value') return atLeast('part', taintOf(part.expression, lookup))
  if (part.kind === 'if') {
    const branches = [...part.whenTrue, ...part.whenFalse]
    return join([choiceBy(taintOf(part.condition, lookup), lookup), taintOfParts(branches, lookup)])
  }
  // Names that stand for something here alone lead to what the subject holds, which counts already.
  const subject = atLeast('chosen', taintOf(part.subject, lookup))
  return join([subject, taintOfParts([...part.body, ...part.else], lookup)])
}
