/** A file of the user's: its path inside the workspace with forward slashes, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** Where something stands: offsets into a source's text in UTF-16 units, `end` excluded. */
export interface Range {
  readonly source: string
  readonly start: number
  readonly end: number
}

/** `*.test.yaml` holds tests of definitions, wherever it lies; it is no file of definitions and no template. */
export const isTestFile = (path: string): boolean => path.endsWith('.test.yaml')

/** Where something stands in a scalar's value: offsets into that value, not into the file. */
export interface Span {
  readonly start: number
  readonly end: number
}
