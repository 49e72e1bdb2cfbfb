import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completionScripts, shells } from '../../../src/cli/completion/completion-scripts.js'
import { callctl } from '../../helpers/callctl.js'
import { bundle } from '../../helpers/callctl-process.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('completion')
const files = { ...peerCalls(['adele', 'diego']), 'calls.lock.json': '{"calls":{"bridge@INC-1":{}}}' }

const hasShell = (name: string): boolean => spawnSync(name, ['-c', 'exit 0']).status === 0

/** Runs a shell that finds `callctl` on its path. */
function runShell(shell: string, folder: string, script: string): string {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  symlinkSync(bundle, join(folder, 'bin', 'callctl'))
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, HOME: folder }
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { cwd: folder, encoding: 'utf8', env })
  assert.is(stderr, '')
  return stdout
}

/** What bash would offer for a line, with the words split as readline splits them. */
const inBash = (line: string): string => `eval "$(callctl completion bash)"
COMP_LINE='${line}' COMP_POINT=${line.length}
COMP_WORDS=(${(line.match(/[=:@]|[^\s=:@]+/g) ?? []).map((word) => `'${word}'`).join(' ')}${line.endsWith(' ') ? " ''" : ''})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
compopt() { :; }
_callctl
printf '%s\\n' "\${COMPREPLY[@]}"
`

const offered: readonly (readonly [string, string])[] = [
  ['callctl val', 'validate\n'],
  ['callctl plan --only ', 'adele\nbridge@INC-1\ndiego\n'],
  ['callctl plan --only=a', 'adele\n'],
  ['callctl status bridge@', 'INC-1\n'],
  ['callctl status bridge@IN', 'INC-1\n'],
  ['callctl validate --format sa', 'sarif\n'],
]

for (const [line, words] of offered) {
  test(`bash offers the rest of: ${line}`, () =>
    withWorkspace(files, async ({ folder }) => {
      assert.is(runShell('bash', folder, inBash(line)), words)
    }))
}

for (const shell of ['zsh', 'fish'] as const) {
  const isHere = hasShell(shell)
  test(`the script of ${shell} ${isHere ? 'is well formed' : 'is not tried: no such shell here'}`, () => {
    if (!isHere) return
    const folder = mkdtempSync(join(tmpdir(), 'callctl-shell-'))
    try {
      writeFileSync(join(folder, 'script'), completionScripts[shell])
      const { status, stderr } = spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' })
      assert.is(status, 0, stderr)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test('fish offers templates and addresses', async () => {
  if (!hasShell('fish')) return
  await withWorkspace({ ...files, 'templates/join.yaml': 'call: {}\n' }, async ({ folder }) => {
    const script =
      'callctl completion fish | source; complete -C "callctl explain j"; complete -C "callctl hangup ad"'
    assert.equal(runShell('fish', folder, script).trim().split('\n'), ['join', 'adele'])
  })
})

test('each shell has a script, and others have a hint', async () => {
  for (const shell of shells) {
    const { stdout } = await callctl(['completion', shell], { cwd: process.cwd() })
    assert.is(stdout, completionScripts[shell])
  }
  const { code, stderr } = await callctl(['completion', 'tcsh'], { cwd: process.cwd() })
  assert.is(code, 3)
  assert.match(stderr, /bash.*zsh.*fish.*powershell/s)
})

test('a broken workspace, or none, is no error', () =>
  withWorkspace({ 'calls/a.yaml': 'calls: [' }, async ({ folder }) => {
    for (const cwd of [folder, '/']) {
      const { code, stderr } = await callctl(['completion', '--for=callctl hangup '], { cwd })
      assert.is(code, 0)
      assert.is(stderr, '')
    }
  }))

test('a line with --help in it is completed, not explained', async () => {
  const { stdout } = await callctl(['completion', '--for=callctl plan --help --on'], { cwd: process.cwd() })
  assert.match(stdout, /^--only\t/)
})

test.run()
