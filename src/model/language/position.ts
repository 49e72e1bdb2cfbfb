/** Line and column, both from 1, counted in UTF-16 units as editors do; they do not count a byte-order mark. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const start = line === 1 ? firstOffset(text) : before.lastIndexOf('\n') + 1
  return { line, column: Math.max(offset - start, 0) + 1 }
}

/** Where the first line begins: behind a byte-order mark. */
export const firstOffset = (text: string): number => (text.startsWith('\ufeff') ? 1 : 0)
