import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { bundle, callctlProcess, startCallctl } from '../../helpers/callctl-process.js'
import {
  peerCalls,
  readEntries,
  userOf,
  type Workspace,
  withWorkspace,
} from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../../helpers/graph-server.js'

const test = suite('lock')

const settingsFor = ({ folder }: Workspace, { url }: GraphServer) => ({
  cwd: folder,
  environment: { CALLCTL_GRAPH_ROOT: url },
})
const ownerPath = ({ folder }: Workspace): string => join(folder, '.callctl', 'run.lock')

/** The answer is waited for until the test gives it, however long the commands before that take. */
const patience = `
const { setTimeout: set } = globalThis
globalThis.setTimeout = (work, delay, ...rest) => set(work, delay === 1000 ? 2 ** 31 - 1 : delay, ...rest)
`

test('a second run fails at once and names the first; reading goes on', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const settings = settingsFor(workspace, server)
      workspace.write('tools/patient.cjs', patience)
      const preload = join(workspace.folder, 'tools', 'patient.cjs')
      const first = startCallctl(['apply', '--yes'], { ...settings, preload })
      const held = await server.next()
      const second = await callctl(['apply', '--yes'], settings)
      assert.is(second.code, 7)
      assert.match(second.stderr, `process ${first.process.pid} on `)
      assert.match(second.stderr, '`callctl apply`')
      for (const words of [
        ['hangup', '--all'],
        ['status', '--refresh'],
        ['lock', 'rebuild'],
        ['lock', 'release'],
      ]) {
        assert.is((await callctl(words, settings)).code, 7, words.join(' '))
      }
      assert.is((await callctl(['plan'], settings)).code, 10, 'the call in flight is uncertain to others')
      assert.is((await callctl(['lock', 'show'], settings)).code, 0)
      assert.match((await callctl(['lock', 'verify'], settings)).stdout, 'a run is at work')
      held.answer(created('call-1'))
      assert.is((await first.finished).code, 0)
      assert.not(existsSync(ownerPath(workspace)))
      assert.is((await callctl(['apply', '--yes'], settings)).code, 0)
      assert.is(server.requests.length, 1)
    }),
  ))

/** Another release of Node, which `.ci/run` installs. */
const otherNode = process.env['OTHER_NODE']

if (otherNode === undefined) {
  console.log('SKIPPED: the run lock between two releases of Node needs OTHER_NODE, the path of another one')
} else {
  const nodes = { this: process.execPath, other: otherNode }
  for (const [first, second] of [
    ['this', 'other'],
    ['other', 'this'],
  ] as const) {
    test(`${second} Node is kept out by a run of ${first} one`, () =>
      withWorkspace(peerCalls(['one']), (workspace) =>
        withGraphServer(undefined, async (server) => {
          const settings = settingsFor(workspace, server)
          const running = startCallctl(['apply', '--yes'], { ...settings, node: nodes[first] })
          const held = await server.next()
          const { code, stderr } = await callctlProcess(['apply', '--yes'], {
            ...settings,
            node: nodes[second],
          })
          assert.is(code, 7)
          assert.match(stderr, `process ${running.process.pid} on `)
          held.answer(created('call-1'))
          const { code: firstCode, stderr: firstStderr } = await running.finished
          assert.is(firstCode, 0, firstStderr)
          assert.not.match(firstStderr, 'Warning')
          assert.is(server.requests.length, 1)
        }),
      ))
  }
}

test('a killed holder’s lock is free at once', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const settings = settingsFor(workspace, server)
      const first = startCallctl(['apply', '--yes'], settings)
      await server.next()
      first.process.kill('SIGKILL')
      await first.finished
      assert.ok(existsSync(ownerPath(workspace)))
      assert.match((await callctl(['lock', 'verify'], settings)).stdout, 'a run ended abruptly')
      const again = await callctl(['apply', '--yes'], settings)
      assert.is(again.code, 10)
      assert.match(again.stdout, 'Outcome unknown')
      assert.not(existsSync(ownerPath(workspace)))
    }),
  ))

test('a holder on another host is released by hand, after it was shown', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withGraphServer(
      () => created('call-1'),
      async (server) => {
        const settings = settingsFor(workspace, server)
        const owner = {
          host: 'far-away',
          pid: 7,
          lock: 'x',
          command: 'apply',
          startedAt: 'then',
          bootId: 'y',
        }
        workspace.write('.callctl/run.lock', JSON.stringify(owner))
        const refused = await callctl(['apply', '--yes'], settings)
        assert.is(refused.code, 7)
        assert.match(refused.stderr, 'callctl lock release')
        assert.is((await callctl(['lock', 'verify'], settings)).code, 7)
        const released = await callctl(['lock', 'release'], settings)
        assert.is(released.code, 0)
        assert.match(released.stdout, 'process 7 on far-away')
        assert.is((await callctl(['apply', '--yes'], settings)).code, 0)
      },
    ),
  ))

/** Loaded into callctl: the kernel’s lock gets another name in each process, and the owner record vanishes. */
const thief = `
const net = require('node:net')
const fs = require('node:fs')
const listen = net.Server.prototype.listen
let taken = 0
net.Server.prototype.listen = function (to, ...rest) {
  if (to && typeof to.path === 'string') {
    fs.rmSync(process.env.RUN_LOCK, { force: true })
    return listen.call(this, { path: '\\0stolen-by-' + process.pid + '-' + ++taken }, ...rest)
  }
  return listen.call(this, to, ...rest)
}
`

/** An apply that steals the run lock from whoever has it. */
function steal(workspace: Workspace, server: GraphServer): Promise<{ code: number | null; output: string }> {
  const path = join(workspace.folder, 'thief.cjs')
  writeFileSync(path, thief)
  const child = spawn(process.execPath, ['--require', path, bundle, 'apply', '--yes'], {
    cwd: workspace.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: workspace.folder,
      CALLCTL_GRAPH_ROOT: server.url,
      RUN_LOCK: ownerPath(workspace),
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

test('with the lock stolen, the claims alone keep every call from being placed twice', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `call-${index}`)
  const inFlight = 4
  await withWorkspace(peerCalls(names, inFlight), (workspace) =>
    withGraphServer(undefined, async (server) => {
      let count = 0
      const answerNext = async (): Promise<void> => (await server.next()).answer(created(`id-${++count}`))
      const first = steal(workspace, server)
      const held = [await server.next()]
      const others = Array.from({ length: 4 }, () => steal(workspace, server))
      // One run has four in flight at most, so the fifth is another’s: two are at work side by side.
      while (held.length <= inFlight) held.push(await server.next())
      for (const each of held) each.answer(created(`id-${++count}`))
      const answering = Promise.all(names.slice(held.length).map(answerNext))
      await Promise.all([first, ...others])
      // A machine that is too busy to connect in time leaves a call unsent, for the next run.
      const settings = settingsFor(workspace, server)
      assert.is((await callctl(['apply', '--yes'], settings)).code, 0)
      await answering
      for (const name of names) {
        const posts = server.requests.filter(({ body }) => body.includes(userOf(name)))
        assert.is(posts.length, 1, name)
      }
      assert.is(server.requests.length, names.length)
      const ids = Object.values(readEntries(workspace)).map(({ callId }) => callId)
      assert.is(new Set(ids).size, names.length)
    }),
  )
})

test('started together, one run places all', async () => {
  const names = ['a', 'b', 'c']
  let count = 0
  await withWorkspace(peerCalls(names), (workspace) =>
    withGraphServer(
      () => created(`call-${++count}`),
      async (server) => {
        const settings = settingsFor(workspace, server)
        const runs = await Promise.all(
          Array.from({ length: 4 }, () => callctlProcess(['apply', '--yes'], settings)),
        )
        for (const { code, stderr } of runs) assert.ok(code === 0 || code === 7, stderr)
        assert.is(server.requests.length, names.length)
      },
    ),
  )
})

test('verify finds damage, a lockfile that is behind, and says when all is well', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withGraphServer(
      () => created('call-1'),
      async (server) => {
        const settings = settingsFor(workspace, server)
        const verify = () => callctl(['lock', 'verify'], settings)
        assert.match((await verify()).stdout, 'Nothing is recorded yet')
        assert.is((await callctl(['apply', '--yes'], settings)).code, 0)
        const whole = await verify()
        assert.is(whole.code, 0)
        assert.is(whole.stdout, 'The record is whole.\n')
        const lockfile = workspace.read('calls.lock.json')
        workspace.write('calls.lock.json', lockfile.replace(/"calls": \{[\s\S]*$/, '"calls": {}\n}\n'))
        const behind = await verify()
        assert.is(behind.code, 7)
        assert.match(behind.stdout.replace(/\s+/g, ' '), 'does not have all that the attempts know')
        assert.is((await callctl(['lock', 'rebuild'], settings)).code, 0)
        assert.is(workspace.read('calls.lock.json'), lockfile)
        const attempt = join(workspace.folder, '.callctl', 'one@1')
        writeFileSync(attempt, readFileSync(attempt).subarray(0, 5000))
        const damaged = await verify()
        assert.is(damaged.code, 7)
        assert.match(damaged.stdout, 'attempt one@1: the file has 5000 bytes')
        workspace.write('calls.lock.json', '{')
        const both = await callctl(['lock', 'verify', '--json'], settings)
        assert.is(both.code, 7)
        assert.is(
          JSON.parse(both.stdout).findings.filter((each: { isFault: boolean }) => each.isFault).length,
          2,
        )
      },
    ),
  ))

test('mistakes are usage errors', () =>
  withWorkspace(peerCalls(['one']), async ({ folder: cwd }) => {
    for (const words of [
      ['lock'],
      ['lock', 'toString'],
      ['lock', 'show', 'one'],
      ['lock', 'merge', 'a', 'b'],
    ]) {
      const { code, stderr } = await callctl(words, { cwd })
      assert.is(code, 3, words.join(' '))
      assert.not.match(stderr, 'bug')
    }
  }))

test.run()
