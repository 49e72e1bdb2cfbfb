import type { Environment } from './environment.js'

/** The world outside, handed in at the edge: nothing else in `src/` touches process, clock or randomness. */
export interface Host {
  readonly cwd: string
  readonly environment: Environment
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly terminal: Terminal
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
  /** Reads one line typed by a person; undefined at the end of input, on Ctrl-C, and when `signal` aborts. */
  question(prompt: string, signal?: AbortSignal): Promise<string | undefined>
  /** Calls back on Ctrl-C, SIGTERM and SIGHUP; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void
  /** Resolves when stdout has passed on what was written, or its reader has gone; at once where it is absent. */
  drained?(): Promise<void>
  /** Leaves at once, without waiting for anything. */
  exit(code: number): never
  readonly processId: number
  /** Such as `v20.20.2`. */
  readonly nodeVersion: string
  readonly operator?: string | undefined
}

export interface TextStream {
  /** Text, or its UTF-8. */
  write(text: string | Uint8Array): void
}

export interface Terminal {
  /** Whether stdin and stderr are a terminal, so that a person can be asked. */
  readonly isInteractive: boolean
  readonly stdout: TerminalStyle
  readonly stderr: TerminalStyle
}

export interface TerminalStyle {
  readonly isTerminal: boolean
  readonly hasColor: boolean
  readonly columns: number
}
