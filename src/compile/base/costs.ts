/**
 * What work counts in the budget of a run, in steps of some five nanoseconds. A text counts a step for each of its
 * characters. What is not listed is too small, or follows what is.
 */
export const costs = {
  /** A character of YAML: reading it is by far the slowest of all. */
  yamlCharacter: 20,
  /** A line of YAML, or a comma where these are more: each is a value or two, however short. */
  yamlLine: 800,
  /** A node of YAML, aliases counted with all that they stand for. */
  node: 50,
  /** A character of CSV or JSON. */
  dataCharacter: 4,
  /** A definition, before its first call. */
  definition: 5000,
  /** A call, whatever is in it. */
  call: 1000,
  /** A value that is made, copied or looked at. */
  value: 20,
  /** A value within a list or object that is compared or written as text. */
  deepValue: 60,
  /** An item of a list in which all must differ: its text is made and kept. */
  uniqueItem: 180,
  /** A call of a helper. */
  helper: 20,
  /** One round of a loop. */
  round: 60,
  /** A name that a scope knows. */
  name: 40,
  /** A character of a payload: it is written, measured, checked and hashed. */
  payloadCharacter: 2,
  /** An error that is shown: it is kept, found in its file and written. Nobody reads ten thousand. */
  error: 100_000,
  warning: 25_000,
  /** The same complaint about the same place once more. */
  repeatedComplaint: 2000,
  /** A call's values, each traced to its place: for each character of its payload. */
  tracedCharacter: 5,
  /** An expression that fails, and for each of its characters. */
  failure: 10_000,
  failedCharacter: 8,
} as const
