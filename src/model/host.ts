import type { World } from './world.js'

/** The world as a command line has it: with streams, a terminal, and a process that can be interrupted. */
export interface Host extends World {
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly terminal: Terminal
  /** Reads one line typed by a person; undefined at the end of input, on Ctrl-C, and when `signal` aborts. */
  question(prompt: string, signal?: AbortSignal): Promise<string | undefined>
  /** Calls back on Ctrl-C, SIGTERM and SIGHUP; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void
  /**
   * Resolves when stdout has passed on what was written, whose bytes may then change, or its reader has gone. Absent where
   * that is so at once.
   */
  drained?(): Promise<void>
  /** Leaves at once, without waiting for anything. */
  exit(code: number): never
  /** Such as `v20.20.2`. */
  readonly nodeVersion: string
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
