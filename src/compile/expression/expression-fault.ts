/** Where, as an offset into the text, and why Handlebars' parser gave up. Its errors say it in words alone. */
export function readFault(error: unknown, text: string): { message: string; start: number } {
  const words = error instanceof Error ? error.message : String(error)
  const drawing = /^Parse error on line (\d+):\n(.*)\n(-*)\^\n(.*)$/s.exec(words)
  if (drawing === null) {
    const place = error as { lineNumber?: number; column?: number }
    const start =
      place.lineNumber === undefined
        ? text.indexOf('{{')
        : lineOffset(text, place.lineNumber) + (place.column ?? 0)
    return {
      message: `This expression is not well formed: ${words.replace(/ - \d+:\d+$/, '')}.`,
      start: Math.max(start, 0),
    }
  }
  const [, line, shown, dashes, expectation] = drawing as unknown as [string, string, string, string, string]
  const before = shown.slice(0, dashes.length).replace(/^\.\.\./, '')
  const found = text
    .replaceAll('\n', ' ')
    .indexOf(before.replaceAll('\n', ' '), Math.max(lineOffset(text, Number(line)) - before.length, 0))
  const start = found < 0 ? lineOffset(text, Number(line)) : found + before.length
  return {
    message: `This expression is not well formed: ${tokenMessage(expectation)}.`,
    start: Math.min(start, Math.max(text.length - 1, 0)),
  }
}

function lineOffset(text: string, line: number): number {
  let offset = 0
  for (let each = 1; each < line; each += 1) offset = text.indexOf('\n', offset) + 1
  return offset
}

const tokenMessages: Partial<Record<string, string>> = {
  EOF: 'a block or `{{` is not closed',
  INVALID: 'this cannot stand here; perhaps `}}` is missing',
  CLOSE: 'something is missing before `}}`',
  OPEN_ENDBLOCK: 'a block is closed that is not open',
  INVERSE: '`{{else}}` stands outside a block',
  EQUALS: 'helpers take no `name=value`',
}

function tokenMessage(expectation: string): string {
  const token = /got '([A-Z_]+)'/.exec(expectation)?.[1] ?? ''
  return tokenMessages[token] ?? `${token.toLowerCase().replaceAll('_', ' ')} cannot stand here`
}
