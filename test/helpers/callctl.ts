// Runs callctl as users do, with a folder and an environment of its own: in this very process, as starting Node takes
// longer than what most tests ask of it. Tests that are about a process use callctl-process. With CALLCTL_BUILT=1
// (`npm run test:built`) it is the built program, each time in a process of its own.

import type { Environment } from '../../src/model/environment.js'
import { runHere, startHere } from './callctl-here.js'
import { callctlProcess, startCallctl } from './callctl-process.js'

export interface RunSettings {
  readonly cwd: string
  readonly environment?: Environment
}

export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Each connection that it opened: `here HOST:PORT`, or `AWAY HOST:PORT`, which was refused. */
  readonly connections: readonly string[]
}

/** Whether commands are processes of the built program. */
export const isBuilt = process.env['CALLCTL_BUILT'] === '1'

/** What only a process has, callctlProcess takes. */
type HereSettings = RunSettings & { readonly preload?: never; readonly node?: never }

export const callctl = (words: readonly string[], settings: HereSettings): Promise<Finished> =>
  isBuilt ? callctlProcess(words, settings) : runHere(words, settings)

export interface Interruptible {
  seen(text: string): Promise<void>
  stdout(): string
  interrupt(): void
  readonly finished: Promise<Finished>
}

/** For commands that go on until somebody interrupts them. */
export function callctlUntilInterrupted(words: readonly string[], settings: RunSettings): Interruptible {
  if (!isBuilt) return startHere(words, settings)
  const running = startCallctl(words, settings)
  return { ...running, interrupt: () => running.process.kill('SIGINT') }
}
