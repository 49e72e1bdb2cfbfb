// Reading a stranger's workspace must be safe: no process is started, no connection opened, no code of it is run.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withWorkspace } from '../helpers/callctl-workspace.js'

const test = suite('nothing of a workspace is run')
const bundle = resolve('dist/callctl.cjs')

/** Loaded before callctl; a use of the network, of another process or of a shell ends the run. */
const denial = `
const deny = (name) => function () {
  process.stderr.write('DENIED ' + name + '\\n')
  process.exit(99)
}
const forbid = (module, names) => {
  const loaded = require('node:' + module)
  for (const name of names) if (typeof loaded[name] === 'function') loaded[name] = deny(module + '.' + name)
}
forbid('child_process', ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
forbid('http', ['request', 'get', 'createServer'])
forbid('https', ['request', 'get', 'createServer'])
forbid('http2', ['connect', 'createServer'])
forbid('tls', ['connect', 'createServer'])
forbid('dgram', ['createSocket'])
forbid('dns', ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveSrv', 'resolveTxt'])
forbid('vm', ['runInContext', 'runInNewContext', 'runInThisContext', 'compileFunction'])
forbid('worker_threads', ['Worker'])
const net = require('node:net')
net.Socket.prototype.connect = deny('net.connect')
net.Server.prototype.listen = deny('net.listen')
globalThis.fetch = deny('fetch')
globalThis.eval = deny('eval')
`

const workspace = {
  'denial.cjs': denial,
  'callctl.yaml':
    'version: 1\nenv: [CALLBACK]\ndefaults: { callbackUri: "https://bot.example/cb" }\nlints: { lint/no-media: off }\n',
  'templates/t.yaml':
    'variables: { who: { type: string } }\ncall: { subject: "{{who}}", targets: [{ identity: { user: { id: adele } } }] }\n',
  'data/people.csv': 'id,who\n1,"=cmd|\'/C calc\'!A0"\n2,$(touch owned)\n3,`touch owned`\n',
  'data/list.js': "require('node:fs').writeFileSync('owned', '')\n",
  'calls/a.yaml': `data: { people: { file: ../data/people.csv } }
calls:
  "n-{{p.id}}": { forEach: "{{people}}", as: p, uses: t, with: { who: "{{p.who}}" } }
`,
  'calls/a.js': "require('node:fs').writeFileSync('owned', '')\n",
  '.callctlrc.js': "require('node:fs').writeFileSync('owned', '')\n",
  'package.json': '{ "type": "commonjs", "callctl": "./calls/a.js" }\n',
}

const run = (folder: string, command: string) =>
  spawnSync(process.execPath, ['--require', resolve(folder, 'denial.cjs'), bundle, ...command.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
  })

const commands = ['validate', 'validate --format json', 'compile', 'explain n-1', 'plan', 'plan --json']

for (const command of commands) {
  test(`${command} touches no network and starts no process`, () =>
    withWorkspace(workspace, async ({ folder }) => {
      const { status, stdout, stderr } = run(folder, command)
      assert.is(stderr.includes('DENIED'), false, stderr)
      assert.is(status, 0, stdout + stderr)
    }))
}

test('no file of the workspace is run', () =>
  withWorkspace(workspace, async ({ folder, read }) => {
    for (const command of commands) run(folder, command)
    assert.throws(() => read('owned'))
  }))

test('the denial itself works', () =>
  withWorkspace(workspace, async ({ folder }) => {
    const { stderr, status } = run(folder, 'apply --simulator http://127.0.0.1:9 --yes')
    assert.is(status, 99)
    assert.match(stderr, 'DENIED')
  }))

test.run()
