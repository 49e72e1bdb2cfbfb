import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commands } from '../../src/cli/table/commands.js'
import { exitCodes } from '../../src/model/exit-code.js'
import type { Finished } from '../helpers/callctl.js'
import { callctlProcess, startCallctl } from '../helpers/callctl-process.js'
import { formatToken, granted } from '../helpers/entra.js'
import { created, type Recorded, type Reply } from '../helpers/graph-server.js'
import { type SecureWorld, secret, withSecureWorld } from '../helpers/secure-world.js'

// A client secret and a token with words that are looked for in everything that callctl says and writes.

const test = suite('canary')

const token = `${formatToken('canary')}canary-of-the-token`
const canaries = [secret, token, 'canary', Buffer.from('canary').toString('base64').slice(0, 7)]

/** What each command is run with, in this order: a command that is not here has not been looked at. */
const runs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [['new']],
  schema: [['calls'], ['--write']],
  fmt: [['--check'], []],
  validate: [[], ['--json'], ['nowhere']],
  compile: [[], ['--out', 'compiled'], ['--format', 'ndjson']],
  plan: [[], ['--out', 'plan.json'], ['--json'], ['--simulator']],
  apply: [['plan.json', '--yes'], ['--yes', '--json'], ['--yes'], ['--yes', '--simulator'], ['none.json']],
  status: [[], ['--refresh', '--json'], ['nobody'], ['--simulator']],
  explain: [['one'], ['lint/read-only'], ['nothing']],
  test: [[]],
  diff: [[], ['--json']],
  doctor: [[], ['--json']],
  call: [['get', 'one'], ['mute', 'one'], []],
  hangup: [['one'], ['--all', '--json']],
  resolve: [
    ['two', '--placed', 'call-9'],
    ['two', '--not-placed', '--yes'],
    ['nobody', '--not-placed'],
  ],
  forget: [['one', '--yes'], ['nobody']],
  import: [['call-77', '--as', 'three']],
  lock: [['show'], ['verify', '--json'], ['rebuild'], ['release']],
  record: [['check'], ['init'], ['export', '--json']],
  audit: [[], ['--json']],
  completion: [['bash'], ['--for', 'callctl hangup ']],
  simulator: [['--port', 'none']],
  template: [['list'], ['add', 'p2p-voip']],
}

test('every command is in the table', () => {
  assert.equal(
    Object.keys(commands).filter((name) => runs[name] === undefined),
    [],
  )
})

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())

/** `where` says what was looked at, without repeating it. */
function holdsNone(where: string, text: string): void {
  for (const canary of canaries)
    assert.is(text.includes(canary), false, `${where} holds ${canary.slice(0, 12)}…`)
}

function isKept(where: string, { stdout, stderr }: Finished): void {
  holdsNone(`${where}: stdout`, stdout)
  holdsNone(`${where}: stderr`, stderr)
}

function areFilesKept({ folder }: SecureWorld): void {
  const files = listFiles(folder)
  assert.ok(files.length > 0)
  for (const path of files) holdsNone(path.slice(folder.length), readFileSync(path, 'latin1'))
}

/** Says back all that it was told, as gateways do that are out of order. */
function echo(status: number, request: Recorded): Reply {
  const message = `${request.headers.authorization} ${token} ${request.body}`
  return { status, body: JSON.stringify({ error: { code: '7503', message }, token }) }
}

const statuses = [403, 500, 400, 401] as const

const worlds: Readonly<Record<string, Parameters<typeof withSecureWorld>[0]>> = {
  'where all goes well': { onSignIn: () => granted(token), onGraph: (_, count) => created(`call-${count}`) },
  'where Graph says back what it was sent': {
    onSignIn: () => granted(token),
    // Anything that passes is asked for again, which takes time.
    onGraph: (request, count) => echo(request.method === 'POST' ? statuses[count % 4]! : 403, request),
  },
  'where Graph answers with nothing but what it was sent': {
    onSignIn: () => granted(token),
    onGraph: ({ headers }) => ({ status: 201, body: `${headers.authorization} ${token}` }),
  },
  'where signing in says back what it was sent': {
    onSignIn: ({ body }) => ({
      status: 400,
      body: JSON.stringify({
        error: `x ${body}`,
        error_description: `AADSTS700213: ${decodeURIComponent(body)} ${body}`,
      }),
    }),
  },
}

/** What the other worlds are for; the first one sees every command. */
const usesGraph = new Set(['apply', 'status', 'doctor', 'call', 'hangup', 'audit'])
const [firstWorld] = Object.keys(worlds)

for (const [name, settings] of Object.entries(worlds)) {
  test(`no command shows or writes them ${name}`, () =>
    withSecureWorld({ names: ['one', 'two', 'three'], ...settings }, async (world) => {
      for (const [command, lists] of Object.entries(runs)) {
        if (commands[command] === undefined || (name !== firstWorld && !usesGraph.has(command))) continue
        for (const words of lists) {
          const finished = await world.run([command, ...words])
          isKept(`${command} ${words.join(' ')}`, finished)
          assert.is.not(finished.code, exitCodes.internal, finished.stderr)
        }
      }
      assert.ok(world.entra.requests.length > 0)
      areFilesKept(world)
    }))
}

test('a simulator learns neither, so that its log and store hold neither', () =>
  withSecureWorld({ onSignIn: () => granted(token) }, async (world) => {
    const { folder: cwd, environment } = world
    const words = ['simulator', '--store', 'store.ndjson', '--log', 'log.ndjson']
    const simulator = startCallctl(words, { cwd, environment })
    await simulator.seen('Ctrl-C')
    isKept('apply', await world.run(['apply', '--yes', '--simulator', simulator.stdout().trim()]))
    simulator.process.kill('SIGINT')
    isKept('simulator', await simulator.finished)
    assert.ok(world.read('log.ndjson').length > 0)
    assert.is(world.entra.requests.length, 0)
    areFilesKept(world)
  }))

/** From its nth reading on, the clock throws what it can find: no bug could be worse placed. */
const crashAt = (reading: number): string => `
const now = Date.now
let count = 0
Date.now = () => {
  count += 1
  if (count >= ${reading}) throw new Error('the clock stopped')
  return now()
}
`

for (const reading of [2, 4, 6, 8]) {
  test(`a crash at reading ${reading} of the clock shows neither`, () =>
    withSecureWorld({ onSignIn: () => granted(token) }, async ({ folder, environment }) => {
      const preload = join(folder, 'crash.cjs')
      writeFileSync(preload, crashAt(reading))
      const finished = await callctlProcess(['apply', '--yes'], { cwd: folder, environment, preload })
      isKept('apply', finished)
      assert.is.not(finished.code, 0)
    }))
}

test.run()
