import { makeInert } from './json-text.js'

/** In UTF-16 units: few enough to need no memory to speak of, and enough to be written at once. */
const pieceLength = 64 * 1024

/**
 * What `writeJson` with two spaces writes, in pieces, so that the whole need not be held. Objects and lists are taken
 * apart down to so many levels; what is inside is written at once.
 */
export function* writeJsonPieces(value: unknown, levels: number): Generator<string> {
  let piece = ''
  for (const part of partsOf(value, levels, '\n')) {
    piece += part
    if (piece.length < pieceLength) continue
    // Nothing that is to be escaped is in two parts: it stands in a text, and a text is in one.
    yield makeInert(piece)
    piece = ''
  }
  if (piece !== '') yield makeInert(piece)
}

/** `line` is a line end with the indentation of what is around the value. */
function* partsOf(value: unknown, levels: number, line: string): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value, null, 2)
    yield line === '\n' ? text : text.replaceAll('\n', line)
    return
  }
  const isList = Array.isArray(value)
  const inner = `${line}  `
  let isEmpty = true
  for (const [name, each] of isList ? value.entries() : Object.entries(value)) {
    if (each === undefined && !isList) continue
    const start = isEmpty ? (isList ? '[' : '{') : ','
    yield isList ? start + inner : `${start}${inner}${JSON.stringify(name)}: `
    yield* partsOf(each ?? null, levels - 1, inner)
    isEmpty = false
  }
  if (isList) yield isEmpty ? '[]' : `${line}]`
  else yield isEmpty ? '{}' : `${line}}`
}
