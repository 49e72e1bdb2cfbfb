// Texts that are held in memory until they are sent, packed: a plan may have a hundred thousand. Touches no file.

const batchBytes = 256 * 1024
/** About as much as a few thousand calls; beyond, what is held is packed. */
const plainBatches = 16

/** Where a text is held. */
export interface HeldPlace {
  readonly batch: number
  readonly start: number
  /** In bytes. */
  readonly length: number
}

/** A batch that is packed. */
interface Packed {
  readonly bytes: Buffer
  /** Of what is in it. */
  readonly length: number
}

/** Texts that are needed later, once or in whatever order, and that need little memory until then. */
export class HeldText {
  readonly #packed: Packed[] = []
  readonly #plain: Buffer[] = []
  // Outside of V8's heap, whose limits grow with what it holds.
  #batch = Buffer.allocUnsafe(batchBytes)
  #length = 0
  /** The batch that was unpacked last: texts that were added together are often asked for together. */
  #unpacked: number | undefined
  /** Where batches are unpacked, one after the other. */
  #space = Buffer.alloc(0)

  add(text: string): HeldPlace {
    const length = Buffer.byteLength(text)
    if (this.#length + length > this.#batch.length) this.#close(Math.max(length, batchBytes))
    const start = this.#length
    // Several times as fast, and the same bytes as long as all is ASCII.
    const encoding = length === text.length ? 'latin1' : 'utf8'
    this.#length += this.#batch.write(text, start, encoding)
    return { batch: this.#plain.length + this.#packed.length, start, length }
  }

  at({ batch, start, length }: HeldPlace): string {
    return this.#bytesOf(batch).toString('utf8', start, start + length)
  }

  /**
   * In UTF-8, of about a quarter of a million bytes each, or more for a longer text: no text is in two. Each stands
   * until the next one, or a text, is asked for.
   */
  *pieces(): Generator<Uint8Array> {
    yield* this.#plain
    for (const index of this.#packed.keys()) yield this.#bytesOf(this.#plain.length + index)
    if (this.#length > 0) yield this.#batch.subarray(0, this.#length)
  }

  #bytesOf(batch: number): Buffer {
    const plain = this.#plain[batch]
    if (plain !== undefined) return plain
    const packed = this.#packed[batch - this.#plain.length]
    if (packed === undefined) return this.#batch
    if (this.#space.length < packed.length)
      this.#space = Buffer.allocUnsafe(Math.max(packed.length, batchBytes))
    if (this.#unpacked !== batch) loadPacking().unpack(packed.bytes, this.#space)
    this.#unpacked = batch
    return this.#space.subarray(0, packed.length)
  }

  #close(size: number): void {
    const bytes = this.#batch.subarray(0, this.#length)
    this.#length = 0
    if (this.#plain.length < plainBatches) {
      this.#plain.push(bytes)
      this.#batch = Buffer.allocUnsafe(size)
    } else {
      this.#packed.push({ bytes: loadPacking().pack(bytes), length: bytes.length })
      if (size > this.#batch.length) this.#batch = Buffer.allocUnsafe(size)
    }
  }
}

/** Loaded when it is needed: few runs compile so many calls. */
const loadPacking = () => require('./packing.js') as typeof import('./packing.js')
