/** Which addresses are about to be placed, and so are looked for in records. */
export interface Asked {
  /** By the key of an address: in a record that was this one's. */
  isOfOwn(key: string): boolean
  /** In one that may have been: who gives leave to an address says that it was not. */
  isOfOther(key: string): boolean
}
