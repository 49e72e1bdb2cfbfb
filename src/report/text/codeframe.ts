import { firstOffset, positionOf } from '../../model/language/position.js'
import type { Range } from '../../model/language/source.js'
import { cutText, type Look, paint, showText } from './paint.js'

/** `path:line:column`, or the path alone when the text is not at hand. */
export function placeOf(range: Range, text: string | undefined): string {
  if (text === undefined) return showText(range.source)
  const { line, column } = positionOf(text, range.start)
  return `${showText(range.source)}:${line}:${column}`
}

/** The line of a range with carets under it. Empty when the range is. */
export function formatCodeframe(range: Range, text: string, look: Look): string {
  if (range.end <= range.start && text === '') return ''
  const { line, column } = positionOf(text, range.start)
  // A complaint about a whole file begins before its byte-order mark, which is not shown.
  const lineStart = Math.max(range.start, firstOffset(text)) - (column - 1)
  const lineEnd = text.indexOf('\n', range.start)
  const source = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '')
  const end = Math.min(range.end, lineStart + source.length, range.start + longestMark)
  const gutter = String(line)
  const room = look.columns - gutter.length - 4
  const { shown, offset } = fitLine(source, column - 1, room)
  const head = showText(source.slice(offset, column - 1))
  const marked = showText(source.slice(column - 1, end - lineStart))
  const lead = offset > 0 ? '…' : ''
  const carets = '^'.repeat(Math.max(1, Math.min([...marked].length, room - [...head].length - lead.length)))
  const bar = paint(look, 'blue', '|')
  const number = paint(look, 'blue', gutter)
  const blank = ' '.repeat(gutter.length)
  const under = ' '.repeat([...head].length + lead.length) + paint(look, 'red', carets)
  return `${number} ${bar} ${lead}${shown}\n${blank} ${bar} ${under}`
}

/** In UTF-16 units: more than any terminal is wide. A line may be all of a file, and is not looked through. */
const longestMark = 4096

/** A line too long for the terminal is shown from a little before its mark. */
function fitLine(source: string, column: number, room: number): { shown: string; offset: number } {
  const plain = source.length <= longestMark ? showText(source) : undefined
  if (plain !== undefined && plain.length <= room) return { shown: plain, offset: 0 }
  const offset = column < room * 0.7 ? 0 : column - Math.floor(room * 0.3)
  const rest = source.slice(offset, offset + longestMark)
  return { shown: cutText(showText(rest), room - (offset > 0 ? 1 : 0)), offset }
}
