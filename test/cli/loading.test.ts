import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'

// Microsoft's library for signing in is as large as the rest of callctl together: who does not sign in does not pay.

const test = suite('loading')
const folder = mkdtempSync(join(tmpdir(), 'callctl-loading-'))
const program = join(folder, 'callctl.cjs')
const watcher = join(folder, 'watcher.cjs')
const notes = join(folder, 'loaded')

/** The program as it is built, but for packages that it shall ask Node for, so that the asking can be seen. */
test.before(async () => {
  const external = ['@azure/msal-node', 'proxy-from-env']
  await build({
    entryPoints: ['src/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    external,
    // Asked for with `require`, where the watcher stands.
    supported: { 'dynamic-import': false },
  })
  const note = `require('node:fs').appendFileSync(${JSON.stringify(notes)}, name + '\\n')`
  writeFileSync(
    watcher,
    `const { Module } = require('node:module')
const load = Module._load
Module._load = function (name, ...rest) {
  if (${JSON.stringify(external)}.includes(name)) ${note}
  return load.call(this, name, ...rest)
}
`,
  )
})
test.after(() => rmSync(folder, { recursive: true }))

interface Finished {
  readonly code: number | null
  readonly loaded: readonly string[]
}

function run(cwd: string, words: readonly string[], environment: Record<string, string> = {}): Finished {
  writeFileSync(notes, '')
  const { status } = spawnSync(process.execPath, ['--require', watcher, program, ...words], {
    cwd,
    timeout: 120_000,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      NODE_PATH: join(process.cwd(), 'node_modules'),
      ...environment,
    },
  })
  const loaded = readFileSync(notes, 'utf8').split('\n').filter(Boolean)
  return { code: status, loaded }
}

const credentials = {
  AZURE_TENANT_ID: 'contoso.example',
  AZURE_CLIENT_ID: 'app',
  AZURE_CLIENT_SECRET: 'secret',
}

const commands: readonly string[] = [
  '--version',
  'help',
  'validate',
  'compile',
  'plan',
  'plan --simulator',
  'apply --yes --simulator',
  'status --simulator',
  'hangup --all --simulator',
  'status',
  'apply',
  'explain one',
  'fmt --check',
  'schema calls',
  'completion bash',
  'lock verify',
  'audit',
]

test('a command that needs no sign-in does not load what signs in, even with credentials set', () =>
  withWorkspace(peerCalls(['one']), async (workspace) => {
    for (const words of commands) {
      const { code, loaded } = run(workspace.folder, words.split(' '), credentials)
      assert.equal(loaded, [], words)
      assert.ok(code !== null && [0, 4, 5].includes(code), `${words}: ${code}`)
    }
  }))

test('one that signs in does', () =>
  withWorkspace(peerCalls(['one']), async (workspace) => {
    const authority = {
      AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1',
      CALLCTL_GRAPH_ROOT: 'https://127.0.0.1:1',
    }
    const { code, loaded } = run(workspace.folder, ['apply', '--yes'], { ...credentials, ...authority })
    assert.equal([code, [...new Set(loaded)]], [8, ['@azure/msal-node']])
  }))

test.run()
