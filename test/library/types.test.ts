import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

// The built package, as a TypeScript program would use it.

const test = suite('library')

const program = `import { compile, hasErrors, readWorkspace } from 'callctl'
const { payloads, diagnostics } = compile(readWorkspace(${JSON.stringify(process.cwd())}, []), { environment: {}, assignments: [] })
const addresses: readonly string[] = payloads.map((payload) => payload.address)
console.log(JSON.stringify({ hasErrors: hasErrors(diagnostics), addresses }))
`

const settings = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    outDir: 'out',
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
  },
  files: ['program.mts'],
}

test('the package compiles and runs in a strict TypeScript program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-library-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(process.cwd(), join(folder, 'node_modules', 'callctl'))
    writeFileSync(join(folder, 'program.mts'), program)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    execFileSync(resolve('node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder, stdio: 'pipe' })
    const printed = execFileSync(process.execPath, ['out/program.mjs'], { cwd: folder, encoding: 'utf8' })
    const { hasErrors, addresses } = JSON.parse(printed) as { hasErrors: boolean; addresses: string[] }
    assert.is(hasErrors, false)
    assert.ok(addresses.includes('incident-bridge'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
