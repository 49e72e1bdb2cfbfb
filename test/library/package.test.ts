// The package as users get it: packed, and installed without a network.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('package')

const npm = (cwd: string, home: string, ...words: readonly string[]): string =>
  execFileSync('npm', words, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const program = `import { openWorkspace } from 'callctl'
const workspace = openWorkspace({ folder: '.', environment: {} })
const { code } = await workspace.apply({ simulator: 'in-process', confirm: () => true })
console.log((await workspace.validate()).count, code)
`

/** Places in a file are found by a part that is loaded only then. */
const damaged = `import { openWorkspace } from 'callctl'
const workspace = openWorkspace({ folder: '.', environment: {} })
await workspace.status({ simulator: 'in-process' }).catch(({ name, message }) => console.log(name, message))
`

test('it installs as one package that runs no script, and its command and library place calls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-package-'))
  try {
    const packed = npm(
      process.cwd(),
      folder,
      ...['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
    )
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    npm(folder, folder, 'install', '--offline', '--no-audit', '--no-fund', `./${packed.trim()}`)
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
    assert.equal(installed, ['callctl'])
    const manifest = JSON.parse(
      readFileSync(join(folder, 'node_modules', 'callctl', 'package.json'), 'utf8'),
    ) as { scripts: Record<string, string> }
    const run = ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in manifest.scripts)
    assert.equal(run, [])
    for (const name of ['callctl.yaml', 'calls', 'templates'])
      cpSync(name, join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'program.mjs'), program)
    const printed = execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
    assert.match(printed, /^\d+ 0\n$/)
    const command = execFileSync(join(folder, 'node_modules', '.bin', 'callctl'), ['status', '--simulator'], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.match(command, 'incident-bridge')
    const lockfile = join(folder, '.callctl', 'simulator.lock.json')
    writeFileSync(lockfile, readFileSync(lockfile, 'utf8').slice(0, -4))
    writeFileSync(join(folder, 'damaged.mjs'), damaged)
    const said = execFileSync(process.execPath, ['damaged.mjs'], { cwd: folder, encoding: 'utf8' })
    assert.match(said, /^RecordError .*the file ends where/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
