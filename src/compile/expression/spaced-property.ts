import { quote, type Words } from '../../model/diagnostics/wording.js'
import { suggestionFor } from '../../model/words/suggest.js'
import type { Expression, Path } from './expression-tree.js'

// Columns with white space or signs in their names, which end an expression's word: `upper p.Display name`.

/** Where words follow a property that are values of their own only because its name has white space. */
export function spacedPropertyHint(values: readonly Expression[]): Words | undefined {
  for (const [index, value] of values.entries()) {
    if (value.kind !== 'path' || value.path.isData || value.path.parts.length < 2) continue
    const rest = values.slice(index + 1)
    const end = rest.findIndex((each) => !isWord(each))
    const words = end < 0 ? rest : rest.slice(0, end)
    if (words.length > 0)
      return quote`If that is one property, write ${write(value.path, textOf([value, ...words]))}.`
  }
  return undefined
}

const isWord = (value: Expression): boolean =>
  value.kind === 'path'
    ? value.path.depth === 0 && !value.path.isData && value.path.parts.length <= 1
    : value.kind === 'literal' && typeof value.value === 'number'

/** As it was written, with a blank for each character between. */
function textOf(values: readonly Expression[]): string {
  let text = ''
  let end = values[0]!.span.start
  for (const value of values) {
    const word = value.kind === 'path' ? value.path.text : value.kind === 'literal' ? String(value.value) : ''
    text += ' '.repeat(Math.max(value.span.start - end, 0)) + word
    end = value.span.end
  }
  return text
}

function write({ text, parts }: Path, whole: string): string {
  const before = text.slice(0, text.length - parts.at(-1)!.length - 1)
  return `${before}.[${whole.slice(before.length + 1)}]`
}

/** What the property of an object is called that has no such one. */
export function suggestProperty(path: Path, part: string, known: () => Iterable<string>): Words | undefined {
  const whole = path.parts.at(-1) === part ? findSpaced(part, known()) : undefined
  if (whole === undefined) return suggestionFor(part, known())
  return quote`For that property, write ${write(path, `${path.text.slice(0, -part.length)}${whole}`)}.`
}

/** So many columns are looked at: a row has the mistake a hundred thousand times. */
const mostLookedAt = 1_000

function findSpaced(part: string, known: Iterable<string>): string | undefined {
  let count = 0
  for (const name of known) {
    if (name.startsWith(part) && /^[^\w\]]/.test(name.slice(part.length)) && !name.includes(']')) return name
    count += 1
    if (count === mostLookedAt) return undefined
  }
  return undefined
}
