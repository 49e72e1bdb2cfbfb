import type { Environment } from './environment.js'

/** Clock, chance and environment, handed in at the edge: nothing else in `src/` touches them. */
export interface World {
  /** The folder that paths start from, absolute. */
  readonly cwd: string
  readonly environment: Environment
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds by a clock that nobody sets, and that counts sleep. */
  elapsed?(): number
  /** A random UUID. */
  uuid(): string
  /** A random number, at least 0 and less than 1. */
  random(): number
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  readonly processId: number
  /** Who runs it, for the record: the name of a user of this machine. */
  readonly operator?: string | undefined
}

/** The world, and somebody to whom it can be told what goes on beside the report. */
export interface WatchedWorld extends World {
  /** What should be looked into, in a sentence. */
  warn(text: string): void
  /** What goes on, in a sentence. */
  tell(text: string): void
  /** Lets calls be counted as they are compiled. */
  watchCompiling?<Result>(compile: (count: (() => void) | undefined) => Result): Result
}
