import type { ExitCode } from './exit-code.js'

export type CheckState = 'ok' | 'warning' | 'error' | 'skipped'

/** One thing that `doctor` looked at. */
export interface Check {
  /** Stable, for programs. */
  readonly name: CheckName
  readonly state: CheckState
  /** One sentence, or why it was skipped. */
  readonly message: string
  /** Further lines, such as settings and where they stand. */
  readonly details?: readonly CheckDetail[]
  /** What to do. */
  readonly hint?: string
  /** Of an error: the exit code that a command would end with over it. */
  readonly exitCode?: ExitCode
}

export interface CheckDetail {
  readonly name: string
  readonly value: string
  /** Where the value stands: a file with its line, an environment variable, or `default`. */
  readonly origin?: string
}

export type CheckName =
  | 'versions'
  | 'settings'
  | 'definitions'
  | 'transport'
  | 'graph'
  | 'sign-in'
  | 'tenant'
  | 'roles'
  | 'clock'
  | 'callbacks'
  | 'record'
  | 'run-lock'
  | 'git'

/** What a server answered to one request that carried nothing and asked for nothing in particular. */
export interface Probe {
  readonly status: number
  /** Milliseconds since 1970, as the server sees it; absent without a readable `Date`. */
  readonly date?: number
}
