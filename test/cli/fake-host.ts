import type { Host } from '../../src/model/host.js'

export interface FakeHost extends Host {
  readonly written: { stdout: string; stderr: string }
  interrupt(): void
  readonly exits: number[]
}

/** A host in memory. A clock that stands still; `exit` throws, as nothing may follow it. */
export function fakeHost(more: Partial<Host> = {}, isTerminal = false): FakeHost {
  const written = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  const exits: number[] = []
  const style = { isTerminal, hasColor: false, columns: 80 }
  return {
    cwd: '/',
    environment: {},
    processId: 1,
    nodeVersion: 'v20.0.0',
    written,
    exits,
    stdout: {
      write(text) {
        written.stdout += text
      },
    },
    stderr: {
      write(text) {
        written.stderr += text
      },
    },
    terminal: { isInteractive: isTerminal, stdout: style, stderr: style },
    now: () => 0,
    uuid: () => '00000000-0000-4000-8000-000000000000',
    random: () => 0,
    wait: async () => {},
    question: async () => undefined,
    onInterrupt(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    exit(code) {
      exits.push(code)
      throw new Error('exit')
    },
    interrupt() {
      for (const listener of listeners) listener()
    },
    ...more,
  }
}
