// JSON laid out as the formatter of this repository does: lists of plain values on one line where they fit. Pure.
const WIDTH = 110

export const formatJson = (value) => `${format(value, 0, WIDTH)}\n`

/** `room` is what is left of the line that the value begins on, less a comma. */
function format(value, indent, room) {
  if (Array.isArray(value)) return formatList(value, indent, room)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
  const inner = ' '.repeat(indent + 2)
  const rows = entries.map(([key, each], index) => {
    const head = `${inner}${JSON.stringify(key)}: `
    const comma = index < entries.length - 1 ? 1 : 0
    return head + format(each, indent + 2, WIDTH - head.length - comma)
  })
  return rows.length === 0 ? '{}' : `{\n${rows.join(',\n')}\n${' '.repeat(indent)}}`
}

function formatList(list, indent, room) {
  const isPlain = list.every((each) => typeof each !== 'object' || each === null)
  const line = `[${list.map((each) => JSON.stringify(each)).join(', ')}]`
  if (isPlain && line.length <= room) return line
  const inner = ' '.repeat(indent + 2)
  const rows = list.map((each) => inner + format(each, indent + 2, WIDTH - indent - 3))
  return `[\n${rows.join(',\n')}\n${' '.repeat(indent)}]`
}
