// Whole processes, run and measured from outside.

import { spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const preload = pathOf('peak-memory.cjs')
const sampler = pathOf('sample-memory.mjs')

/** @typedef {{ words: readonly string[], program?: string, cwd?: string, output?: string, cache?: string,
 * env?: object }} Command `program` is Node when absent, `output` a file for stdout, `cache` the folder for what a run keeps for the next one:
 * none when absent. */

/** Milliseconds from start to end of the process. Nothing is preloaded: that takes time too. */
export function timeOf(command) {
  const start = process.hrtime.bigint()
  runProgram(command.program ?? process.execPath, command.words, command)
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** The most memory that the process ever held, in MiB; of a program that is not ours, the largest of its processes. */
export function peakMemoryOf(command) {
  const { program, words } = command
  const watched = program === undefined ? ['--require', preload, ...words] : [sampler, program, ...words]
  const { output } = runProgram(process.execPath, watched, command)
  return Number(output[3]) / 1024
}

function runProgram(program, words, { cwd, output, cache, env }) {
  const stdout = output === undefined ? 'ignore' : openSync(output, 'w')
  try {
    const done = spawnSync(program, words, {
      cwd,
      env: { ...environment(), XDG_CACHE_HOME: cache ?? '/dev/null', ...env },
      stdio: ['ignore', stdout, 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    })
    if (done.status === 0) return done
    throw new Error(
      `${program} ${words.join(' ')} ended with ${done.status ?? done.signal ?? done.error}:\n${done.stderr}`,
    )
  } finally {
    if (output !== undefined) closeSync(stdout)
  }
}

// What people set for their own Node, such as a compile cache, would change what is measured.
function environment() {
  const { NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, ...rest } = process.env
  return { ...rest, STEPCI_DISABLE_ANALYTICS: '1' }
}

/** A process that says where it listens on its first line, and runs until it is ended. */
export function startServer(words) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'], env: environment() })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const close = () => {
    child.kill('SIGTERM')
    return ended
  }
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve({ url: String(data).trim(), close }))
    ended.then((code) => reject(new Error(`${words.join(' ')} ended with ${code}`)))
  })
}
