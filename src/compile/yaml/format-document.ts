import { type Checked, hasErrors } from '../../model/diagnostics/diagnostic.js'
import type { Node } from '../../model/language/document.js'
import { isTestFile, type Source } from '../../model/language/source.js'
import { formatYaml } from './format-yaml.js'
import { parse } from './parse.js'
import { Lexer } from './yaml.js'

const mostRounds = 4

/**
 * The text of a file in callctl's layout, with all comments. The values are those of before, to the type; a file in
 * which that cannot be had, or that is not valid, is given back as it is.
 */
export function formatDocument(source: Source): Checked<string> {
  const isTest = isTestFile(source.path)
  const { value, diagnostics } = parse(source, isTest)
  if (value === undefined || hasErrors(diagnostics)) return { value: source.text, diagnostics }
  const text = settle(source.text)
  if (text === undefined || text === source.text) return { value: source.text, diagnostics }
  const after = parse({ ...source, text }, isTest)
  const isSame =
    after.value !== undefined &&
    identityOf(after.value.root) === identityOf(value.root) &&
    commentsOf(text).join('\n') === commentsOf(source.text).join('\n')
  return { value: isSame ? text : source.text, diagnostics }
}

/** Formats until nothing changes any more; undefined when that does not come about. */
function settle(text: string): string | undefined {
  let last = text
  for (let round = 0; round < mostRounds; round += 1) {
    const next = formatYaml(last)
    if (next === undefined || next === last) return next
    last = next
  }
  return undefined
}

/** Values, order of keys, and anchors unfolded; not places or quotes. */
const identityOf = (root: Node): string =>
  JSON.stringify(root, (key, value) => (key === 'range' || key === 'style' ? undefined : value))

const commentsOf = (text: string): readonly string[] =>
  [...new Lexer().lex(text)]
    .filter((lexeme) => lexeme.startsWith('#'))
    .map((comment) => comment.trimEnd())
    .sort()
