// Runs the tests of files, spread over this machine's processors: `node test/run.mjs [PATTERN ...]`, a PATTERN being
// a regular expression for paths such as `cli/` or `model/address`. Files of one process share modules, as in users'
// programs; each file's output is printed whole when it ends, with what it took of a processor, and what failed once more
// at the end.

import { fork } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const outdir = '.test-build'
const worker = fileURLToPath(new URL('test-worker.mjs', import.meta.url))

/** Megabytes of a process after which another goes on. */
const largest = 300

/** Milliseconds of a file after which it hangs, whatever the machine has to do beside it. */
const longest = 20 * 60_000

/** Folders whose files take longest: begun first, so that no processor waits for one at the end. */
const slowFirst = ['faults', 'scenarios', 'docs', 'cli', 'launch', 'report']

const patterns = process.argv.slice(2).map((word) => new RegExp(word))

const rank = (file) => {
  const at = slowFirst.indexOf(file.split('/')[0])
  return at === -1 ? slowFirst.length : at
}

const files = readdirSync('test', { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => patterns.length === 0 || patterns.some((pattern) => pattern.test(name)))
  .sort((a, b) => rank(a) - rank(b) || size(b) - size(a) || (a < b ? -1 : 1))

function size(name) {
  return statSync(join('test', name)).size
}

async function bundle() {
  rmSync(outdir, { recursive: true, force: true })
  await build({
    entryPoints: files.map((name) => join('test', name)),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    outbase: 'test',
    outdir,
    logLevel: 'warning',
  })
}

/** Runs files until none is left; a worker that dies takes the file in hand with it, and another goes on. */
function work(queue, report) {
  return new Promise((resolve) => {
    const name = queue.shift()
    if (name === undefined) return resolve()
    const child = fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    let inHand
    let timer
    const next = (file) => {
      inHand = file
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), longest)
      if (file === undefined) child.disconnect()
      else child.send(join(process.cwd(), outdir, file.replace(/\.ts$/, '.js')))
    }
    child.on('message', (result) => {
      report(inHand, result)
      // Git starts many times more slowly from a large process.
      next(result.megabytes < largest ? queue.shift() : undefined)
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (inHand === undefined) return resolve(work(queue, report))
      report(inHand, { output: '', errors: `  its process ended: ${signal ?? code}\n`, passed: 0, total: 1 })
      resolve(work(queue, report))
    })
    next(name)
  })
}

const started = process.hrtime.bigint()
await bundle()
const totals = { passed: 0, skipped: 0, total: 0, processor: 0 }
const failures = []
const report = (file, { output, errors, passed, skipped = 0, total, processor = 0 }) => {
  process.stdout.write(`${file} (${processor.toFixed(1)} s)\n${output}${errors}\n`)
  if (errors !== '') failures.push(`${file}\n${errors}`)
  totals.passed += passed
  totals.skipped += skipped
  totals.total += total
  totals.processor += processor
}
const queue = [...files]
await Promise.all(Array.from({ length: availableParallelism() }, () => work(queue, report)))

if (failures.length > 0) process.stdout.write(`What failed:\n\n${failures.join('\n')}\n`)
const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n)
process.stdout.write(
  `${files.length} files, ${totals.total} tests: ${totals.passed} passed, ${totals.skipped} skipped, in ${seconds} s, ${Math.round(totals.processor)} s of processor\n`,
)
if (failures.length > 0 || totals.total === 0) process.exitCode = 1
