import type { Position } from '../../model/language/position.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import { showText } from './paint.js'

/** Places in files, for reports of any number of them: each file's lines are counted once. */
export class Positions {
  readonly #starts = new Map<string, readonly number[]>()

  constructor(private readonly sources: Sources) {}

  /** Undefined for a file that is not at hand. */
  of(file: string, offset: number): Position | undefined {
    const text = this.sources.get(file)
    if (text === undefined) return undefined
    const starts = this.#startsOf(file, text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }

  /** `path:line:column`, or the path alone when the text is not at hand. */
  format({ source, start }: Range): string {
    const position = this.of(source, start)
    const file = showText(source)
    return position === undefined ? file : `${file}:${position.line}:${position.column}`
  }

  #startsOf(file: string, text: string): readonly number[] {
    const known = this.#starts.get(file)
    if (known !== undefined) return known
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts.set(file, starts)
    return starts
  }
}
