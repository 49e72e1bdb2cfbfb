// This file alone imports yaml: it can be replaced here.

import {
  Composer,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  YAMLParseError,
  type YAMLWarning,
} from 'yaml'

export {
  type Alias,
  type Document as YamlDocument,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Node as YamlNode,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
  type YAMLMap,
} from 'yaml'

/** A text that has more complaints is read no further: yaml makes one for each line, and they take longer than lines do. */
const mostComplaints = 100

class TooManyComplaints extends Error {}

/** What was found wrong with a text that is read no further. */
export interface Unread {
  readonly contents?: undefined
  readonly errors: readonly YAMLParseError[]
  readonly warnings: readonly YAMLWarning[]
  readonly directives: Document.Parsed['directives']
}

/** As `parseDocument`, but for the end after many complaints. */
export function parseBriefly(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): Document.Parsed | Unread {
  const composer = new Composer(options)
  listen(composer)
  let document: Document.Parsed | undefined
  try {
    for (const each of composer.compose(tokensOf(text), true, text.length)) {
      if (document === undefined) document = each
      else {
        const [start, end] = each.range
        document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'There is a second document.'))
        break
      }
    }
    // Even of nothing a document is made.
    return document!
  } catch (error) {
    if (!(error instanceof TooManyComplaints)) throw error
    return document ?? composer.streamInfo()
  }
}

/** Of many that are wrong the rest is left out, and what stands before is composed. */
function* tokensOf(text: string): ReturnType<Parser['parse']> {
  let count = 0
  for (const token of new Parser().parse(text)) {
    if (token.type === 'error') count += 1
    if (count > mostComplaints) return
    yield token
  }
}

/** The composer hands its handler to all that compose a part, and has no option for another one. */
function listen(composer: Composer): void {
  let count = 0
  const listening = composer as unknown as { onError(...complaint: readonly unknown[]): void }
  const { onError } = listening
  listening.onError = (...complaint) => {
    onError(...complaint)
    count += 1
    if (count > mostComplaints) throw new TooManyComplaints()
  }
}
