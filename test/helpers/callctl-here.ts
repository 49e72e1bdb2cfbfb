// Runs a command in this very process. What it prints, its exit code and its files are those of the built program.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeHost } from '../../src/cli/frame/node-host.js'
import { run } from '../../src/cli/run.js'
import type { Host, TextStream } from '../../src/model/host.js'
import type { Finished, RunSettings } from './callctl.js'
import { guarded } from './connections-here.js'

export interface RunningHere {
  /** Resolves once stdout or stderr holds this text. */
  seen(text: string): Promise<void>
  /** All that stdout has said so far. */
  stdout(): string
  /** What Ctrl-C does. */
  interrupt(): void
  readonly finished: Promise<Finished>
}

export const runHere = (words: readonly string[], settings: RunSettings): Promise<Finished> =>
  inTime(startHere(words, settings).finished, words)

export function startHere(words: readonly string[], settings: RunSettings): RunningHere {
  const watchers = new Set<() => void>()
  const tell = (): void => {
    for (const watch of watchers) watch()
  }
  const [stdout, stderr] = [new Written(tell), new Written(tell)]
  const interrupts = new Set<() => void>()
  const seen = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const watch = (): void => {
        if (!stdout.read().includes(text) && !stderr.read().includes(text)) return
        watchers.delete(watch)
        resolve()
      }
      watchers.add(watch)
      watch()
    })
  return {
    seen,
    stdout: () => stdout.read(),
    interrupt() {
      for (const interrupt of interrupts) interrupt()
    },
    finished: finish(words, settings, { stdout, stderr, interrupts }),
  }
}

interface Edge {
  readonly stdout: Written
  readonly stderr: Written
  readonly interrupts: Set<() => void>
}

async function finish(words: readonly string[], settings: RunSettings, edge: Edge): Promise<Finished> {
  const cache = mkdtempSync(join(tmpdir(), 'callctl-cache-'))
  const connections: string[] = []
  try {
    const host = hostOf(settings, cache, edge)
    const extra = host.environment['NODE_EXTRA_CA_CERTS']
    const trusted = extra === undefined ? undefined : readFileSync(extra, 'utf8')
    const code = await guarded({ connections, trusted }, () => run(words, host))
    return { code, signal: null, stdout: edge.stdout.read(), stderr: edge.stderr.read(), connections }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

/** Text that comes as text or as UTF-8, of which a character may come in parts. */
class Written implements TextStream {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #tell: () => void
  #text = ''

  constructor(tell: () => void) {
    this.#tell = tell
  }

  write(text: string | Uint8Array): void {
    // A lone surrogate is what UTF-8 makes of it.
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    this.#text += this.#decoder.decode(bytes, { stream: true })
    this.#tell()
  }

  read(): string {
    return this.#text
  }
}

/** The real edge, but for what is the tester's own: folder, environment, terminal and signals. */
function hostOf({ cwd, environment }: RunSettings, cache: string, edge: Edge): Host {
  const { stdout, stderr, interrupts } = edge
  const style = { isTerminal: false, hasColor: false, columns: 80 }
  return {
    ...nodeHost(),
    stdout,
    stderr,
    cwd,
    environment: {
      PATH: process.env['PATH'],
      HOME: cwd,
      XDG_CACHE_HOME: cache,
      TMPDIR: process.env['TMPDIR'],
      ...environment,
    },
    terminal: { isInteractive: false, stdout: style, stderr: style },
    drained: async () => {},
    question: async () => undefined,
    onInterrupt(listener) {
      interrupts.add(listener)
      return () => interrupts.delete(listener)
    },
    exit(code) {
      throw new Error(`left at once with ${code}`)
    },
  }
}

/** A test that waits in vain must end; one that is slow on a busy machine must not. */
async function inTime<Value>(work: Promise<Value>, words: readonly string[]): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`callctl ${words.join(' ')} takes over 120 s`)), 120_000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
