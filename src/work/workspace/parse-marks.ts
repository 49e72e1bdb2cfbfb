/**
 * Who parses a file, one mark for each in memory that threads share: whoever changes it from `free` does. One more
 * mark at the end is no longer `free` when nobody needs the rest.
 */
export const marks = {
  free: 0,
  /** The thread that compiles. */
  here: 1,
  /** Another thread, which is at it. */
  there: 2,
  /** Another thread, whose message is under way. */
  parsed: 3,
  /** Another thread has looked at it: there is something to complain about, which is done where it is compiled. */
  left: 4,
} as const

/** For so many files. */
export const createMarks = (files: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer((files + 1) * Int32Array.BYTES_PER_ELEMENT))

/** Takes a file; false when somebody else has it. */
export const takeFile = (shared: Int32Array, index: number, by: number): boolean =>
  Atomics.compareExchange(shared, index, marks.free, by) === marks.free
