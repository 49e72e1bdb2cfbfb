/** A place where texts begin, and the longest of them. */
export interface Occurrence {
  readonly at: number
  /** Its index. */
  readonly text: number
}

/**
 * Finds texts in a text in one pass (Aho and Corasick, 1975). It reads backwards, so that at each character it is known
 * which is the longest of the texts that begin there. A node is a part of a text, from its end on.
 */
export class TextIndex {
  /** A node's children stand one after the other, by character: from the node's own entry to that of the next node. */
  readonly #children: Int32Array
  readonly #characters: Uint16Array
  /** The longest other node that a node, read backwards, ends with. */
  readonly #fallbacks: Int32Array
  /** The longest text that a node, read backwards, ends with; -1 where there is none. */
  readonly #longest: Int32Array
  readonly #ofRoot = new Int32Array(65_536)
  readonly #isEmpty: boolean

  constructor(texts: readonly string[]) {
    const nodes = texts.reduce((sum, { length }) => sum + length, 1)
    this.#children = new Int32Array(nodes + 1)
    this.#characters = new Uint16Array(nodes)
    this.#fallbacks = new Int32Array(nodes)
    this.#longest = new Int32Array(nodes).fill(-1)
    this.#isEmpty = nodes === 1
    this.#link(this.#grow(texts))
  }

  /** The last place first; without those places where none begins. */
  findLongest(text: string): Occurrence[] {
    const found: Occurrence[] = []
    if (this.#isEmpty) return found
    let node = root
    for (let at = text.length - 1; at >= 0; at -= 1) {
      node = this.#step(node, text.charCodeAt(at))
      const longest = this.#longest[node]!
      if (longest >= 0) found.push({ at, text: longest })
    }
    return found
  }

  /** Level by level, each node from the texts that have it in common; gives each node's parent. */
  #grow(texts: readonly string[]): Int32Array {
    const sorted = [...texts.keys()].filter((index) => texts[index] !== '')
    sorted.sort((left, right) => compareEnds(texts[left]!, texts[right]!))
    const parents = new Int32Array(this.#characters.length)
    const firsts = new Int32Array(parents.length)
    const ends = new Int32Array(parents.length)
    const depths = new Int32Array(parents.length)
    ends[root] = sorted.length
    let count = 1
    for (let node = root; node < count; node += 1) {
      const depth = depths[node]!
      this.#children[node] = count
      for (let at = firsts[node]!; at < ends[node]!; at += 1) {
        const text = texts[sorted[at]!]!
        if (text.length === depth) {
          this.#longest[node] = sorted[at]!
          continue
        }
        const character = text.charCodeAt(text.length - 1 - depth)
        const isNew = count === this.#children[node] || this.#characters[count - 1] !== character
        if (isNew) {
          parents[count] = node
          this.#characters[count] = character
          depths[count] = depth + 1
          firsts[count] = at
          count += 1
        }
        ends[count - 1] = at + 1
      }
    }
    this.#children.fill(count, count)
    return parents.subarray(0, count)
  }

  /** A node's fallback is nearer to the root than the node is, and so has its own already. */
  #link(parents: Int32Array): void {
    for (let node = this.#children[root]!; node < this.#children[root + 1]!; node += 1)
      this.#ofRoot[this.#characters[node]!] = node
    for (let node = this.#children[root + 1]!; node < parents.length; node += 1)
      this.#fallbacks[node] = this.#step(this.#fallbacks[parents[node]!]!, this.#characters[node]!)
    for (let node = 1; node < parents.length; node += 1)
      if (this.#longest[node] === -1) this.#longest[node] = this.#longest[this.#fallbacks[node]!]!
  }

  #step(from: number, character: number): number {
    for (let node = from; node !== root; node = this.#fallbacks[node]!) {
      const child = this.#find(node, character)
      if (child !== root) return child
    }
    return this.#ofRoot[character]!
  }

  /** The root is no node's child, and stands for none. */
  #find(node: number, character: number): number {
    const end = this.#children[node + 1]!
    let low = this.#children[node]!
    let high = end
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#characters[middle]! < character) low = middle + 1
      else high = middle
    }
    return low < end && this.#characters[low] === character ? low : root
  }
}

const root = 0

/** The order of texts read from their ends. */
function compareEnds(left: string, right: string): number {
  const shared = Math.min(left.length, right.length)
  for (let back = 1; back <= shared; back += 1) {
    const difference = left.charCodeAt(left.length - back) - right.charCodeAt(right.length - back)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
