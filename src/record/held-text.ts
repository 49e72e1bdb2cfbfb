const batchBytes = 256 * 1024
/** About as much as a few thousand calls; beyond, what is held is packed. */
const plainBatches = 16

/** Text that is written when all of it is known to be good, and that needs little memory until then. */
export class HeldText {
  readonly #packed: Buffer[] = []
  readonly #plain: Buffer[] = []
  // Outside of V8's heap, whose limits grow with what it holds.
  #batch = Buffer.allocUnsafe(batchBytes)
  #length = 0

  /** How many bytes the text has. */
  add(text: string): number {
    const length = Buffer.byteLength(text)
    if (this.#length + length > this.#batch.length) this.#close(Math.max(length, batchBytes))
    // Several times as fast, and the same bytes as long as all is ASCII.
    const encoding = length === text.length ? 'latin1' : 'utf8'
    this.#length += this.#batch.write(text, this.#length, encoding)
    return length
  }

  /** In UTF-8, of about a quarter of a million bytes each, or more for a longer text: no text is in two. */
  *pieces(): Generator<Uint8Array> {
    yield* this.#plain
    for (const bytes of this.#packed) yield loadPacking().unpack(bytes)
    if (this.#length > 0) yield this.#batch.subarray(0, this.#length)
  }

  #close(size: number): void {
    const bytes = this.#batch.subarray(0, this.#length)
    this.#length = 0
    if (this.#plain.length < plainBatches) {
      this.#plain.push(bytes)
      this.#batch = Buffer.allocUnsafe(size)
    } else {
      this.#packed.push(loadPacking().pack(bytes))
      if (size > this.#batch.length) this.#batch = Buffer.allocUnsafe(size)
    }
  }
}

/** Loaded when it is needed: few runs compile so many calls. */
const loadPacking = () => require('./packing.js') as typeof import('./packing.js')
