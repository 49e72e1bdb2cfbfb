// What the fault suites share: a copy of the built bundle, and processes of it that never outlive their suite.

import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { peerCalls } from '../helpers/callctl-workspace.js'

export interface Bench {
  /** The bundle's copy: a build in the meantime must not change what is under test. */
  readonly program: string
  readonly folder: string
  readonly children: Set<ChildProcess>
}

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

export interface ProgramRun {
  readonly cwd: string
  /** A command that runs the program, such as strace with its options. */
  readonly prefix?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Milliseconds; 30 s when absent. A run that takes longer is killed and counts as hung. */
  readonly timeout?: number
}

export interface Room {
  readonly folder: string
  readonly attempts: string
  readonly lockfile: string
  remove(): void
}

export async function withBench<Value>(
  work: (bench: Bench) => Promise<Value>,
  bundle = 'dist/callctl.cjs',
): Promise<Value> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-faults-')))
  const children = new Set<ChildProcess>()
  const clear = (): void => {
    for (const child of children) killGroup(child)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const leave = (): void => {
    clear()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)
  try {
    return await work({ program: copyProgram(resolve(bundle), folder), folder, children })
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave)
    clear()
  }
}

function copyProgram(bundle: string, folder: string): string {
  const program = join(folder, 'dist', 'callctl.cjs')
  cpSync(bundle, program)
  const chunks = join(dirname(bundle), 'chunks')
  if (existsSync(chunks)) cpSync(chunks, join(folder, 'dist', 'chunks'), { recursive: true })
  return program
}

/** Names of equal length, so that all requests are equally long. */
export const callNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `call-${String(index + 1).padStart(4, '0')}`)

/** A workspace with so many calls, with the simulator's record. */
export function makeRoom(bench: Bench, calls: number, parent = bench.folder): Room {
  const folder = mkdtempSync(join(parent, 'room-'))
  const limits = `limits: { concurrency: 1, people: ${calls + 1} }`
  for (const [path, text] of Object.entries(peerCalls(callNames(calls)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text.replace(/^limits: .*$/m, limits))
  }
  return {
    folder,
    attempts: join(folder, '.callctl', 'simulator'),
    lockfile: join(folder, '.callctl', 'simulator.lock.json'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Starts a process group of its own, so that a traced program ends with its tracer. */
export function start(bench: Bench, words: readonly string[], run: ProgramRun): ChildProcess {
  const [command = '', ...rest] = [...(run.prefix ?? []), process.execPath, bench.program, ...words]
  const child = spawn(command, rest, {
    cwd: run.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: bench.folder,
      TMPDIR: bench.folder,
      // The tracer sees system calls, not what io_uring does.
      UV_USE_IO_URING: '0',
      // It counts by thread, and with one thread for the disk the nth call is the same in every run.
      UV_THREADPOOL_SIZE: '1',
      ...run.environment,
    },
  })
  bench.children.add(child)
  child.once('close', () => bench.children.delete(child))
  return child
}

export function runProgram(bench: Bench, words: readonly string[], run: ProgramRun): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = start(bench, words, run)
    const output = { stdout: '', stderr: '' }
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      killGroup(child)
    }, run.timeout ?? 30_000)
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.once('error', fail)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      done({ code, signal, ...output, timedOut })
    })
  })
}

/** `paths` are definitions, or a saved plan. */
export const apply = (
  bench: Bench,
  url: string,
  run: ProgramRun,
  ...paths: readonly string[]
): Promise<Ended> => runProgram(bench, ['apply', ...paths, '--yes', '--simulator', url], run)

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
