import { parsers } from 'prettier/plugins/markdown'

// What is left of a comment when all code is taken out of it. Users' text may stand in code alone, so that two reviews
// that differ in such texts only leave the same.

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

const hidden = '¤'

/** The tree of a parser of Markdown, without the text of code spans, code blocks and `<code>`. */
export function parseShape(markdown: string): unknown {
  const parse = parsers['markdown']!.parse as unknown as (text: string, settings: object) => Node
  return shapeOf(parse(markdown, { originalText: markdown }))
}

function shapeOf({ type, value, children, ...rest }: Node): unknown {
  if (type === 'inlineCode' || type === 'code') return type
  const lang = 'url' in rest ? rest.url : undefined
  return [type, hideHtmlCode(value ?? ''), lang ?? '', ...(children ?? []).map(shapeOf)]
}

const hideHtmlCode = (text: string): string =>
  text.replace(/<code>(?:[A-Za-z0-9 \u0080-\u{10ffff}]|&#\d+;)*<\/code>/gu, hidden)

/** The same by the rules of CommonMark for code, read by hand: no doubt of a parser's stands between. */
export function readShape(markdown: string): readonly string[] {
  const lines: string[] = []
  let fence: string | undefined
  for (const line of markdown.split('\n')) {
    const run = /^ {0,3}(`{3,})/.exec(line)?.[1]
    if (fence === undefined && run !== undefined && /^`+[a-z]*$/.test(line)) {
      fence = run
      lines.push(`block ${line.replaceAll('`', '')}`)
    } else if (fence !== undefined) {
      if (/^ {0,3}`+ *$/.test(line) && line.trim().length >= fence.length) fence = undefined
    } else lines.push(hideHtmlCode(hideSpans(line)))
  }
  if (fence !== undefined) throw new Error('a block of code has no end')
  return lines
}

/** A run of backticks opens a span, which the next run of the same length ends. */
function hideSpans(line: string): string {
  let rest = line
  let shown = ''
  for (;;) {
    const open = /`+/.exec(rest)
    if (open === null) return shown + rest
    const after = rest.slice(open.index + open[0].length)
    const close = [...after.matchAll(/`+/g)].find(([run]) => run.length === open[0].length)
    if (close === undefined) throw new Error(`a code span has no end: ${line}`)
    shown += rest.slice(0, open.index) + hidden
    rest = after.slice(close.index + close[0].length)
  }
}
