// The edge: the only place that knows process, clock and randomness.

import { uptime, userInfo } from 'node:os'
import type { Host } from '../../model/host.js'
import type { World } from '../../model/world.js'
import { createOutput } from './output.js'

export function nodeHost(): Host {
  const stdout = createOutput(1, () => process.stdout, process.env)
  const stderr = createOutput(2, () => process.stderr, process.env)
  return {
    ...nodeWorld(),
    stdout,
    stderr,
    terminal: {
      get isInteractive() {
        return stderr.isTerminal && process.stdin.isTTY === true
      },
      get stdout() {
        return stdout.style
      },
      get stderr() {
        return stderr.style
      },
    },
    question,
    onInterrupt,
    drained: stdout.drained,
    exit: (code) => process.exit(code),
    nodeVersion,
    // A getter is no longer one where it is spread.
    get operator() {
      return findOperator()
    },
  }
}

/** Such as `v20.20.2`. */
export const nodeVersion = process.version

/** The world as this process has it. */
export const nodeWorld = (): World => ({
  cwd: process.cwd(),
  environment: process.env,
  now: Date.now,
  elapsed: () => uptime() * 1000,
  // The global one: `node:crypto` would be loaded here for every command.
  uuid: () => crypto.randomUUID(),
  random: Math.random,
  wait,
  processId: process.pid,
})

/** The same, with who runs it. */
export const namedWorld = (): World => ({ ...nodeWorld(), operator: findOperator() })

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
}

async function question(prompt: string, signal?: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await Promise.race([
      reader.question(prompt),
      new Promise<undefined>((resolve) => {
        reader.once('close', () => resolve(undefined))
        signal?.addEventListener('abort', () => reader.close())
      }),
    ])
  } finally {
    reader.close()
  }
}

const interruptSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function onInterrupt(listener: () => void): () => void {
  for (const signal of interruptSignals) process.on(signal, listener)
  return () => {
    for (const signal of interruptSignals) process.off(signal, listener)
  }
}

/** Some containers have no name for their user. */
function findOperator(): string | undefined {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}
