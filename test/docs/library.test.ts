import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { blocksOf, readPage } from './pages.js'

// The examples of docs/library.md, compiled and run as programs of somebody who has the package installed.

const test = suite('docs/library')
const page = readPage('docs/library.md')

/** What each example prints, in a copy of this repository’s workspace. */
const printed: Readonly<Record<string, RegExp>> = {
  'preview.mts': /^7 people, 2 numbers\n[\s\S]*^incident-bridge: group, Calls\.InitiateGroupCall\.All$/m,
  'simulate.mts': /^201 establishing$/m,
  'bridge.mts': /^code 0; \d people\nincident-bridge: placed$/m,
  'preview-service.mts': /^200 \S.*$/m,
}

const settings = {
  compilerOptions: {
    ...{ module: 'nodenext', target: 'es2022', strict: true, outDir: 'out' },
    ...{ types: ['node'], typeRoots: [resolve('node_modules/@types')] },
  },
  files: Object.keys(printed),
}

test('its examples compile strictly, and do what they say', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-library-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(process.cwd(), join(folder, 'node_modules', 'callctl'))
    const examples = blocksOf(page).flatMap(({ path, text }) => (path === undefined ? [] : [{ path, text }]))
    assert.equal(examples.map(({ path }) => path).sort(), Object.keys(printed).sort())
    for (const { path, text } of examples) writeFileSync(join(folder, path), text)
    // A copy: one of them places calls.
    for (const name of ['callctl.yaml', 'calls', 'templates'])
      cpSync(name, join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    const checked = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.is(checked.stdout, '')
    for (const [path, wanted] of Object.entries(printed)) {
      const program = join(folder, 'out', path.replace('.mts', '.mjs'))
      const { stdout } = spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8', env: {} })
      assert.match(stdout, wanted)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('it names everything that the package exports, and nothing else', () => {
  const exported = [...readFileSync('src/index.ts', 'utf8').matchAll(/^export (?:type )?\{([^}]*)\}/gm)]
    .flatMap(([, names]) => names!.split(','))
    .map((name) => name.trim().replace(/^type /, ''))
    .filter(Boolean)
  const named = [...page.slice(page.indexOf('\n## What there is')).matchAll(/`(\w+)(?:\([^)]*\))?`/g)].map(
    ([, name]) => name!,
  )
  const words = ['message', 'hint']
  assert.equal(
    [...new Set(named)].filter((name) => !words.includes(name)).sort(),
    [...new Set(exported)].sort(),
  )
})

test.run()
