// Golden files without two hundred equal rows: of a long list the first three, and how many there are.

/** A list of more than this many is long. */
const most = 12
const shown = 3

/** Of JSON. */
export function shortenJson(text: string): string {
  const cut = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const kept = value.slice(0, value.length > most ? shown : most).map(cut)
      return value.length > most ? [...kept, `… ${value.length} in all`] : kept
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cut(each)]))
  }
  return `${JSON.stringify(cut(JSON.parse(text)), null, 2)}\n`
}

/** What is the same in rows that differ in numbers, digests and padding alone. */
const shapeOf = (line: string): string =>
  line
    .replace(/[0-9a-f]{6,}|\d+/g, '#')
    .replace(/#(?:-#)+/g, '#')
    .replace(/ {2,}/g, '  ')
    .replace(/# +/g, '# ')

/** Of text in lines: rows may be of several lines each. */
export function shortenText(text: string): string {
  const lines = text.split('\n').map(shortenLine)
  const shapes = lines.map(shapeOf)
  const out: string[] = []
  for (let at = 0; at < lines.length; ) {
    const { height, count } = rowsAt(shapes, at)
    const end = at + height * (count > most ? shown : 1)
    out.push(...lines.slice(at, end))
    if (count > most) out.push(`… ${count} in all`)
    at = count > most ? at + height * count : end
  }
  return out.join('\n')
}

/** How many rows of one shape begin here, and how many lines each has. */
function rowsAt(shapes: readonly string[], at: number): { readonly height: number; readonly count: number } {
  for (let height = 1; height <= 8; height += 1) {
    let end = at + height
    while (end < shapes.length && shapes[end] === shapes[end - height]) end += 1
    const count = Math.floor((end - at) / height)
    if (count > most) return { height, count }
  }
  return { height: 1, count: 1 }
}

/** A list within a line, as far as its items have one shape. */
function shortenLine(line: string): string {
  const items = line.split(', ')
  if (items.length <= most) return line
  const shapes = items.map(shapeOf)
  const isSame = shapes.slice(2, -1).every((shape) => shape === shapes[1])
  if (!isSame) return line
  return [...items.slice(0, shown), `… ${items.length} in all`, items.at(-1)].join(', ')
}
