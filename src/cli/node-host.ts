// The edge: the only place that knows process, clock and randomness.

import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Host, TerminalStyle } from '../model/host.js'

export function nodeHost(): Host {
  // A reader that has gone, such as `head`, must not stop a run that is placing calls.
  process.stdout.on('error', ignore)
  process.stderr.on('error', ignore)
  return {
    cwd: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    terminal: {
      isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
      stdout: styleOf(process.stdout),
      stderr: styleOf(process.stderr),
    },
    now: Date.now,
    uuid: randomUUID,
    random: Math.random,
    wait,
    question,
    onInterrupt,
    exit: (code) => process.exit(code),
    ...operator(),
  }
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

async function question(prompt: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await Promise.race([
      reader.question(prompt),
      new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined))),
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
function operator(): { operator?: string } {
  try {
    return { operator: userInfo().username }
  } catch {
    return {}
  }
}
