// Negative controls: a test that cannot fail proves nothing. Each mistake is made in a copy of the sources, by exact
// replacement, and must be caught by the suite that is there for it. `npm run faults:mutants -- M1 M5` runs some.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutants } from './mutant-list.mjs'

function makeCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-mutants-'))
  for (const name of ['src', 'test', 'schema', 'templates', 'package.json', 'tsconfig.json']) {
    cpSync(name, join(folder, name), { recursive: true })
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function build(folder) {
  const words =
    '--bundle --platform=node --target=node20 --format=cjs --outfile=dist/callctl.cjs --alias:jsonc-parser=jsonc-parser/lib/esm/main.js'
  const esbuild = join('node_modules', '.bin', 'esbuild')
  execFileSync(esbuild, ['src/main.ts', ...words.split(' '), '--log-level=error'], { cwd: folder })
}

function runSuite(folder, suite) {
  const words = ['test/faults/run.mjs', ...suite.split(' ')]
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })
  return { status, stdout }
}

/** What a suite said first against a mutant; undefined when nothing. */
const firstViolation = (text) => /^ {2}violation: ([^\n]*)/m.exec(text)?.[1]?.slice(0, 120)

/** Tests in the folder's own sources; which of them failed first, undefined when none did. */
function runTests(folder, tests) {
  const words = '--bundle --platform=node --target=node20 --format=esm --packages=external --outbase=test'
  const esbuild = join('node_modules', '.bin', 'esbuild')
  const outdir = join('.test-build', 'mutants')
  rmSync(join(folder, outdir), { recursive: true, force: true })
  execFileSync(esbuild, [...tests, ...words.split(' '), `--outdir=${outdir}`, '--log-level=error'], {
    cwd: folder,
  })
  const uvu = join('node_modules', 'uvu', 'bin.js')
  const { FORCE_COLOR: _colored, ...env } = { ...process.env, NO_COLOR: '1' }
  const { status, stdout } = spawnSync(process.execPath, [uvu, outdir], {
    cwd: folder,
    encoding: 'utf8',
    env,
  })
  return status === 0 ? undefined : (/FAIL +([^\n]*)/.exec(stdout)?.[1] ?? stdout.trim())
}

function tryByTests(folder, { name, tests, changes }) {
  const originals = changes.map((change) => makeMistake(folder, name, change))
  try {
    const failure = runTests(folder, tests)
    console.log(`${failure === undefined ? 'SURVIVED' : 'caught'}  ${name}, by ${tests.join(' ')}`)
    console.log(`          ${failure ?? 'all passed'}`)
    return failure === undefined ? 'survived' : 'caught'
  } finally {
    for (const { path, text } of originals.reverse()) writeFileSync(path, text)
  }
}

function tryMutant(folder, mutant) {
  const { name, suite, tests, changes = [mutant] } = mutant
  if (tests !== undefined) return tryByTests(folder, { name, tests, changes })
  const originals = changes.map((change) => makeMistake(folder, name, change))
  try {
    build(folder)
    const { status, stdout } = runSuite(folder, suite)
    if (stdout.includes('SKIPPED')) return 'skipped'
    const violation = firstViolation(stdout)
    const isCaught = status === 1 && violation !== undefined
    console.log(`${isCaught ? 'caught' : 'SURVIVED'}  ${name}, by ${suite}`)
    console.log(`          ${violation ?? stdout.trim()}`)
    return isCaught ? 'caught' : 'survived'
  } finally {
    for (const { path, text } of originals.reverse()) writeFileSync(path, text)
  }
}

/** Returns the file as it was before. */
function makeMistake(folder, name, { file, from, to }) {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${file}`)
  writeFileSync(path, parts.join(to))
  return { path, text }
}

const wanted = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.includes(name.split(' ')[0]))
const folder = makeCopy()
try {
  const fates = chosen.map((mutant) => tryMutant(folder, mutant))
  // The suites must not cry wolf: without a mutant each of them passes.
  build(folder)
  const failure = runTests(folder, [...new Set(chosen.flatMap(({ tests = [] }) => tests))])
  if (failure !== undefined) throw new Error(`fails without a mutant: ${failure}`)
  for (const suite of new Set(chosen.flatMap((mutant) => mutant.suite ?? []))) {
    const { status, stdout } = runSuite(folder, suite)
    if (status !== 0) throw new Error(`${suite} fails without a mutant: ${stdout}`)
  }
  const count = (fate) => fates.filter((each) => each === fate).length
  console.log(`${count('caught')} of ${fates.length} mutants caught, ${count('skipped')} skipped`)
  if (count('survived') > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
