const batchBytes = 256 * 1024
/** About as much as a few thousand calls; beyond, what is held is packed. */
const plainBatches = 32

/** Text that is written when all of it is known to be good, and that needs little memory until then. */
export class HeldText {
  readonly #packed: Buffer[] = []
  #plain: Buffer[] = []
  // Outside of V8's heap, whose limits grow with what it holds.
  #batch = Buffer.allocUnsafe(batchBytes)
  #length = 0

  add(text: string): void {
    const length = Buffer.byteLength(text)
    if (this.#length + length > this.#batch.length) this.#close(Math.max(length, batchBytes))
    this.#length += this.#batch.write(text, this.#length)
  }

  /** Of about a quarter of a million characters each. */
  *pieces(): Generator<string> {
    for (const bytes of this.#packed) yield loadPacking().unpack(bytes)
    for (const bytes of this.#plain) yield bytes.toString()
    if (this.#length > 0) yield this.#batch.subarray(0, this.#length).toString()
  }

  #close(size: number): void {
    this.#plain.push(this.#batch.subarray(0, this.#length))
    this.#batch = Buffer.allocUnsafe(size)
    this.#length = 0
    if (this.#plain.length < plainBatches) return
    this.#packed.push(...this.#plain.map(loadPacking().pack))
    this.#plain = []
  }
}

/** Loaded when it is needed: few runs compile so many calls. */
const loadPacking = () => require('./packing.js') as typeof import('./packing.js')
