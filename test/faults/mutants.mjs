// Negative controls: a test that cannot fail proves nothing. Each mistake is made in a copy of the sources, by exact
// replacement, and must be caught by the suite that is there for it. `npm run faults:mutants -- M1 M5` runs some.

import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const mutants = [
  {
    name: 'M1 the request before the claim',
    file: 'src/apply/attempt-call.ts',
    from: `  const refusal = publish(run, claim)
  if (refusal !== undefined) return refusal
  const verdict = await send(run, claim, payload, connection)
`,
    to: `  const verdict = await send(run, claim, payload, connection)
  const refusal = publish(run, claim)
  if (refusal !== undefined) return refusal
`,
    suite: 'kill --calls 3 --sample 40',
  },
  {
    name: 'M2 a claim that replaces another one',
    file: 'src/record/publish-file.ts',
    from: 'files.linkSync(temporary, path)',
    to: 'files.renameSync(temporary, path)',
    suite: 'stolen-lock --rounds 3',
  },
  {
    name: 'M3 another attempt after a lost answer',
    file: 'src/apply/classify-answer.ts',
    from: "    return { outcome: { kind: 'uncertain', reason: error.message, at }, next: done }",
    to: "    return { outcome: { kind: 'not-sent', reason: error.message, at }, next: { kind: 'retry' } }",
    suite: 'cuts --step 200',
  },
  {
    name: 'M4 another attempt after 504',
    file: 'src/apply/classify-answer.ts',
    from: 'status === 429 && retryAfter !== undefined',
    to: '(status === 429 || status === 504) && retryAfter !== undefined',
    suite: 'statuses --step 49',
  },
  {
    name: 'M5 sent again under the same claim after 429',
    file: 'src/apply/attempt-call.ts',
    from: 'const answer = await connection.create({ attemptId: claim.attemptId, text: payload.text })',
    to: `let answer = await connection.create({ attemptId: claim.attemptId, text: payload.text })
    if (answer.status === 429) {
      const second = await run.ports.calls.connect(payload.target)
      answer = await second.create({ attemptId: claim.attemptId, text: payload.text })
    }`,
    suite: 'answers',
  },
  {
    name: 'M6 no fsync of the claim',
    file: 'src/record/write-new-file.ts',
    from: `    writeAll(files, file, bytes, 0)
    yield { file }
`,
    to: '    writeAll(files, file, bytes, 0)\n',
    suite: 'order --calls 3',
  },
  {
    name: 'M7 no fsync of the folder',
    file: 'src/record/publish-file.ts',
    from: '    yield { folder: dirname(path) }\n    return file',
    to: '    return file',
    suite: 'order --calls 3',
  },
  {
    name: 'M8 a short write taken for a whole one',
    file: 'src/record/file-system.ts',
    from: 'written += count',
    to: 'written += bytes.length',
    suite: 'full-disk --calls 12 --sample 40',
  },
  {
    name: 'M9 a key missing from the lockfile was never dialed',
    file: 'src/record/load-record.ts',
    from: 'return { lockfile: joinRecord(lockfile, attempts), attempts, exists: true }',
    to: 'return { lockfile, attempts, exists: true }',
    suite: 'model --runs 100',
  },
  {
    name: 'M10 a stale lock taken away, and no exclusive claim',
    changes: [
      {
        file: 'src/record/run-lock.ts',
        from: 'if (held === undefined) throw refusal(place, readOwner(place, files))',
        to: 'if (held === undefined) return { async release() {} }',
      },
      {
        file: 'src/record/publish-file.ts',
        from: 'files.linkSync(temporary, path)',
        to: 'files.renameSync(temporary, path)',
      },
    ],
    suite: 'races --rounds 3',
  },
  {
    name: 'M11 an unreadable claim taken for none',
    file: 'src/record/read-attempts.ts',
    from: 'return attempts.sort(byAddressAndNumber)',
    to: 'return attempts.filter(({ damage }) => damage === undefined).sort(byAddressAndNumber)',
    suite: 'fuzz --count 100 --step 50 --sample 1',
  },
  {
    name: 'M12 success without an id taken for a refusal',
    file: 'src/apply/classify-answer.ts',
    from: "uncertain(answer, 'without a call id', at)",
    to: 'refused(answer, at)',
    suite: 'statuses --step 49',
  },
  {
    name: 'M13 redirects followed',
    file: 'src/graph/exchange.ts',
    from: "redirect: 'manual' as const, compress: false, agent }",
    to: "redirect: 'follow' as const, compress: false, agent: undefined as never }",
    suite: 'statuses --step 49',
  },
  {
    name: 'M14 the end of the reader ends the run',
    file: 'src/cli/node-host.ts',
    from: 'function ignore(): void {}',
    to: 'function ignore(): void {\n  process.exit(0)\n}',
    suite: 'signals --rounds 5',
  },
  {
    name: 'M15 a lockfile in conflict taken for an empty one',
    file: 'src/record/parse-lockfile.ts',
    from: '  refuseConflict(text, path)\n',
    to: `  if (text.includes('<<<<<<<')) {
    const lineage = /"lineage": "([^"]*)"/.exec(text)?.[1] ?? ''
    return withoutPrototype({ lockfileVersion: 1, lineage, calls: {} })
  }
`,
    suite: 'fuzz --count 10 --step 50 --sample 1',
  },
]

function makeCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-mutants-'))
  for (const name of ['src', 'test', 'schema', 'templates', 'package.json', 'tsconfig.json']) {
    cpSync(name, join(folder, name), { recursive: true })
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function build(folder) {
  const words = '--bundle --platform=node --target=node20 --format=cjs --outfile=dist/callctl.cjs'
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

function tryMutant(folder, mutant) {
  const { name, suite, changes = [mutant] } = mutant
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
  for (const suite of new Set(chosen.map((mutant) => mutant.suite))) {
    const { status, stdout } = runSuite(folder, suite)
    if (status !== 0) throw new Error(`${suite} fails without a mutant: ${stdout}`)
  }
  const count = (fate) => fates.filter((each) => each === fate).length
  console.log(`${count('caught')} of ${fates.length} mutants caught, ${count('skipped')} skipped`)
  if (count('survived') > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
