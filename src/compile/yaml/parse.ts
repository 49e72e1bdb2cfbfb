// YAML as text and as nodes with ranges: parsing, what is wrong with a text, the layout of `fmt`, and placeholders that
// stand in texts. Nothing here knows what a key means.

import { type Checked, createDiagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import type { Document, Node } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import { NodeReader } from './node-reader.js'
import { documentProblems } from './parse-problems.js'
import { checkDepth, checkEncoding } from './parse-text.js'
import { Lexer, parseBriefly } from './yaml.js'

const lex = (text: string): Iterable<string> => new Lexer().lex(text)

/**
 * One file of the language: always a map at its top. The value is undefined when it cannot be read. Only where what is
 * compiled is spelled out may text look like a placeholder.
 */
export function parse(source: Source, takesPlaceholders = false): Checked<Document | undefined> {
  const { value: root, diagnostics } = parseAny(source, takesPlaceholders)
  if (root === undefined || root.kind === 'map') {
    return { value: root && { source: source.path, root }, diagnostics }
  }
  const isNothing = root.kind === 'scalar' && root.value === null
  const message = isNothing ? 'This file holds no YAML document.' : 'A map of keys must stand here.'
  const code = isNothing ? 'yaml/documents' : 'key/type'
  return { value: undefined, diagnostics: [createDiagnostic(code, message, { range: root.range })] }
}

/** Any YAML document, such as a list of data. */
export function parseAny(source: Source, takesPlaceholders = false): Checked<Node | undefined> {
  const obstacle = checkEncoding(source) ?? checkDepth(source, lex)
  if (obstacle !== undefined) return { value: undefined, diagnostics: [obstacle] }
  const document = parseBriefly(source.text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  const problems = documentProblems(source, document, lex)
  if (hasErrors(problems) || !('range' in document)) return { value: undefined, diagnostics: problems }
  const reader = new NodeReader(source, document, lex, takesPlaceholders)
  const root = reader.readRoot()
  return { value: hasErrors(reader.diagnostics) ? undefined : root, diagnostics: reader.diagnostics }
}
