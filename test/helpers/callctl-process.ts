// Runs the built bundle as a process of its own: for tests that are about the process, or about what was built.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Finished, RunSettings } from './callctl.js'
import { guardPath } from './callctl-guard.js'

export const bundle = join(process.cwd(), 'dist', 'callctl.cjs')

export interface ProcessSettings extends RunSettings {
  /** A CommonJS module that is loaded before the program. */
  readonly preload?: string
  /** The Node that runs it; the tester's own when absent. */
  readonly node?: string
}

export interface Running {
  readonly process: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves once stdout or stderr holds this text; rejects when the process ends first. */
  seen(text: string): Promise<void>
  /** All that stdout has said so far. */
  stdout(): string
  readonly finished: Promise<Finished>
}

export const callctlProcess = (words: readonly string[], settings: ProcessSettings): Promise<Finished> =>
  startCallctl(words, settings).finished

export function startCallctl(words: readonly string[], settings: ProcessSettings): Running {
  const notes = mkdtempSync(join(tmpdir(), 'callctl-notes-'))
  const connections = join(notes, 'connections')
  const child = spawn(settings.node ?? process.execPath, [bundle, ...words], {
    cwd: settings.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A test that waits in vain must end; one that is slow on a busy machine must not.
    timeout: 120_000,
    killSignal: 'SIGKILL',
    env: environmentOf(settings, connections),
  })
  const output = { stdout: '', stderr: '' }
  const watchers = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
      for (const watch of watchers) watch()
    })
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({ code, signal, ...output, connections: readConnections(connections) })
      rmSync(notes, { recursive: true, force: true })
    })
  })
  const seen = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        if (!output.stdout.includes(text) && !output.stderr.includes(text)) return
        watchers.delete(watch)
        resolve()
      }
      watchers.add(watch)
      watch()
      child.once('close', () =>
        reject(new Error(`ended without "${text}": ${output.stdout}${output.stderr}`)),
      )
    })
  return { process: child, seen, stdout: () => output.stdout, finished }
}

/** Nothing of the tester's own environment, where credentials may lie. */
const environmentOf = (
  { cwd, environment, preload }: ProcessSettings,
  connections: string,
): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: cwd,
  XDG_CACHE_HOME: dirname(connections),
  TMPDIR: process.env['TMPDIR'],
  ...environment,
  NODE_OPTIONS: [guardPath(), ...(preload === undefined ? [] : [preload])]
    .map((path) => `--require ${path}`)
    .join(' '),
  CALLCTL_TEST_CONNECTIONS: connections,
})

function readConnections(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n')
  } catch {
    return []
  }
}
