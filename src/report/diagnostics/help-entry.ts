/** What `explain CODE` shows of a diagnostic code, beside its meaning. */
export interface DiagnosticHelp {
  /** Files by path that provoke the code, and nothing else; or in words, where files would be too long. */
  readonly example: Readonly<Record<string, string>> | string
  /** What to do about it. */
  readonly fix: string
}
