// The edge: the only place that knows process, clock and randomness.

import { userInfo } from 'node:os'
import type { Host, TerminalStyle } from '../model/host.js'

/** Getters, because each stream takes milliseconds to make, and many commands need only one. */
export function nodeHost(): Host {
  return {
    cwd: process.cwd(),
    environment: process.env,
    get stdout() {
      return outlasting(process.stdout)
    },
    get stderr() {
      return outlasting(process.stderr)
    },
    terminal: {
      get isInteractive() {
        return process.stdin.isTTY === true && process.stderr.isTTY === true
      },
      get stdout() {
        return styleOf(process.stdout)
      },
      get stderr() {
        return styleOf(process.stderr)
      },
    },
    now: Date.now,
    // The global one: `node:crypto` would be loaded here for every command.
    uuid: () => crypto.randomUUID(),
    random: Math.random,
    wait,
    question,
    onInterrupt,
    drained,
    exit: (code) => process.exit(code),
    processId: process.pid,
    nodeVersion: process.version,
    ...operator(),
  }
}

/** A reader that has gone, such as `head`, must not stop a run that is placing calls. */
function outlasting(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.listeners('error').includes(ignore) ? stream : stream.on('error', ignore)
}

function ignore(): void {}

function styleOf(stream: NodeJS.WriteStream): TerminalStyle {
  const isTerminal = stream.isTTY === true
  const refusesColor = Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb'
  return {
    isTerminal,
    hasColor: isTerminal && !refusesColor,
    columns: isTerminal ? Math.max(stream.columns || 80, 40) : 80,
  }
}

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

function drained(): Promise<void> {
  const stream = outlasting(process.stdout)
  if (!stream.writableNeedDrain) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('error', done)
      resolve()
    }
    stream.once('drain', done).once('error', done)
  })
}

const interruptSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function onInterrupt(listener: () => void): () => void {
  for (const signal of interruptSignals) process.on(signal, listener)
  return () => {
    for (const signal of interruptSignals) process.off(signal, listener)
  }
}

/** Some containers have no name for their user. */
function operator(): { operator?: string } {
  try {
    return { operator: userInfo().username }
  } catch {
    return {}
  }
}
