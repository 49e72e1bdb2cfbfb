import type { Range } from '../model/language/source.js'
import type { Location } from '../model/review.js'

/** Lines of a revision's files. Each file is split once. */
export class Places {
  readonly #sources: ReadonlyMap<string, string>
  readonly #starts = new Map<string, readonly number[]>()
  readonly #lines = new Map<string, ReadonlySet<string>>()

  constructor(sources: ReadonlyMap<string, string>) {
    this.#sources = sources
  }

  /** A file that is not at hand is named without a place in it. */
  placeOf({ source: file, start }: Range): Location {
    const starts = this.#startsOf(file)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= start) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: this.#sources.has(file) ? start - starts[low]! + 1 : 1 }
  }

  /** Without its indentation and line end. */
  lineAt({ file, line }: Location): string {
    const starts = this.#startsOf(file)
    return (this.#sources.get(file) ?? '').slice(starts[line - 1], starts[line]).trim()
  }

  /** Whether a file has such a line anywhere. */
  hasLine(file: string, line: string): boolean {
    const known = this.#lines.get(file)
    if (known !== undefined) return known.has(line)
    const lines = (this.#sources.get(file) ?? '').split('\n').map((each) => each.trim())
    this.#lines.set(file, new Set(lines))
    return lines.includes(line)
  }

  #startsOf(file: string): readonly number[] {
    const known = this.#starts.get(file)
    if (known !== undefined) return known
    const text = this.#sources.get(file) ?? ''
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts.set(file, starts)
    return starts
  }
}
