/** What `explain CODE` shows of a diagnostic code, beside its meaning. */
export interface DiagnosticHelp {
  /** Files by path that provoke the code, and nothing else; or in words, where files would be too long. */
  readonly example: Readonly<Record<string, string>> | string
  /** What to do about it. */
  readonly fix: string
  /** What of Graph it rests on: a heading of docs/graph-facts.md. */
  readonly fact?: GraphFact
}

export type GraphFact =
  | 'callbacks'
  | 'clouds'
  | 'errors'
  | 'ids'
  | 'join-links'
  | 'kinds-of-calls'
  | 'media-and-prompts'
  | 'meetings'
  | 'not-established'
  | 'phone-calls'
  | 'the-call-object'
  | 'what-the-service-sets'
