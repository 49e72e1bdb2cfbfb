import { platform } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openAttempts } from '../../../src/record/attempts/attempts.js'
import { callctl } from '../../helpers/callctl.js'
import { callctlProcess } from '../../helpers/callctl-process.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import {
  type Answering,
  idOf,
  type RawAnswers,
  startRawAnswers,
  withBody,
} from '../../helpers/raw-answers.js'
import { type Moment, moments, startUntil } from '../../helpers/standstill.js'

// A process that is stopped and goes on later, as in a paused container or a machine that sleeps. Whatever passed
// meanwhile, a call is rung at most once, and its id is kept.

const suited = suite('standstill')
const isLinux = platform() === 'linux'
if (!isLinux) console.log('skipped: whether a process stands still is read from /proc')
const test = isLinux ? suited : suited.skip

const instant = 0
const aWhile = 33_000
const hours = 7_200_000
const recorded = '.callctl/simulator.lock.json'

interface Run {
  readonly workspace: Workspace
  readonly server: RawAnswers
  readonly words: readonly string[]
}

async function withCall(work: (run: Run) => Promise<void>, answer?: Answering): Promise<void> {
  const server = await startRawAnswers(new Map(answer === undefined ? [] : [['a', answer]]))
  try {
    const words = ['apply', '--yes', '--simulator', server.url]
    await withWorkspace(peerCalls(['a']), (workspace) => work({ workspace, server, words }))
  } finally {
    await server.close()
  }
}

const entryOf = (workspace: Workspace) => readEntries(workspace, recorded)['a']

const attemptsOf = ({ folder }: Workspace): readonly (string | undefined)[] => {
  const attempts = join(folder, '.callctl', 'simulator')
  const place = {
    lockfile: join(folder, recorded),
    attempts,
    rescue: join(attempts, 'rescue'),
    temporary: folder,
  }
  return openAttempts(place)
    .list()
    .map(({ outcome }) => outcome?.kind)
}

/** Who stood still between claim and first byte does not send under that claim: another one is made. */
const attemptsAfter = (moment: Moment): readonly string[] =>
  moment === 'claim' || moment === 'claimed' ? ['not-sent', 'placed'] : ['placed']

/** Breaks the connections of who stands still; its kernel has it at once. */
const hangUp = ({ sockets }: RawAnswers): Promise<unknown> =>
  Promise.all(
    Array.from(sockets, (socket) => {
      const closed = new Promise((done) => socket.once('close', done))
      socket.resetAndDestroy()
      return closed
    }),
  )

function promise(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {}
  return { promise: new Promise<void>((done) => (resolve = done)), resolve: () => resolve() }
}

for (const moment of moments) {
  for (const [length, slept] of Object.entries({ 'for 33 s': aWhile, 'for hours': hours })) {
    test(`stopped at ${moment} ${length}: rings once, and says so`, () =>
      withCall(async ({ workspace, server, words }) => {
        const running = await startUntil(moment, slept, words, workspace)
        running.wake()
        const ended = await running.finished
        assert.is(ended.code, 0, `${ended.stdout}${ended.stderr}`)
        assert.is(server.posts.get('a'), 1)
        assert.is(entryOf(workspace)?.callId, idOf('a'))
        assert.equal(attemptsOf(workspace), attemptsAfter(moment))
      }))
  }
}

test('stopped between claim and request for an instant: goes on under its claim', () =>
  withCall(async ({ workspace, server, words }) => {
    const running = await startUntil('claimed', instant, words, workspace)
    running.wake()
    assert.is((await running.finished).code, 0)
    assert.is(server.posts.get('a'), 1)
    assert.equal(attemptsOf(workspace), ['placed'])
  }))

for (const [length, slept] of Object.entries({ '33 s': aWhile, hours })) {
  test(`an answer that lay in the socket for ${length} is read, though every timer is due`, async () => {
    const answered = promise()
    const answer: Answering = (socket, id) =>
      void socket.end(withBody('201 Created', `{"id":"${id}"}`), answered.resolve)
    await withCall(async ({ workspace, server, words }) => {
      const running = await startUntil('sent', slept, words, workspace)
      await answered.promise
      running.wake()
      assert.is((await running.finished).code, 0)
      assert.is(server.posts.get('a'), 1)
      assert.is(entryOf(workspace)?.callId, idOf('a'))
    }, answer)
  })
}

test('no answer, however long it slept: unknown, and not sent again by the next run', () =>
  withCall(
    async ({ workspace, server, words }) => {
      const running = await startUntil('sent', hours, words, workspace)
      running.wake()
      assert.is((await running.finished).code, 10)
      assert.is((await callctl(words, { cwd: workspace.folder })).code, 10)
      assert.is(server.posts.get('a'), 1)
      assert.is(entryOf(workspace)?.state, 'uncertain')
    },
    () => {},
  ))

for (const moment of ['connected', 'claim', 'claimed'] as const) {
  test(`the peer hangs up while it stands still at ${moment}: another connection, one ring`, () =>
    withCall(async ({ workspace, server, words }) => {
      const running = await startUntil(moment, instant, words, workspace)
      await hangUp(server)
      running.wake()
      const ended = await running.finished
      assert.is(ended.code, 0, `${ended.stdout}${ended.stderr}`)
      assert.is(server.posts.get('a'), 1)
      assert.is(attemptsOf(workspace).at(-1), 'placed')
    }))
}

test('the peer hangs up just before the first byte: unknown, and nothing is sent again', () =>
  withCall(async ({ workspace, server, words }) => {
    const running = await startUntil('send', instant, words, workspace)
    await hangUp(server)
    running.wake()
    assert.is((await running.finished).code, 10)
    assert.is((await callctl(words, { cwd: workspace.folder })).code, 10)
    assert.is(server.posts.get('a'), undefined)
  }))

for (const moment of ['connected', 'claim', 'claimed'] as const) {
  test(`ended by a person while it stands still at ${moment}: nobody is rung`, () =>
    withCall(async ({ workspace, server, words }) => {
      const running = await startUntil(moment, aWhile, words, workspace)
      running.process.kill('SIGTERM')
      running.wake()
      assert.is((await running.finished).code, 11)
      assert.is(server.posts.get('a'), undefined)
      assert.not(attemptsOf(workspace).includes('placed'))
    }))
}

test('others are refused while it stands still, and the call rings once', () =>
  withCall(async ({ workspace, server, words }) => {
    const settings = { cwd: workspace.folder }
    const running = await startUntil('claimed', hours, words, workspace)
    const resolve = ['resolve', 'a', '--not-placed', '--yes', '--simulator', server.url]
    for (const other of [words, resolve, ['lock', 'release', '--simulator', server.url]]) {
      assert.is((await callctl(other, settings)).code, 7, other.join(' '))
    }
    running.wake()
    assert.is((await running.finished).code, 0)
    assert.is(server.posts.get('a'), 1)
  }))

/** Loaded into callctl: whoever has the run lock, this one gets it. */
const thief = `
const net = require('node:net')
const { listen } = net.Server.prototype
net.Server.prototype.listen = function (to, ...rest) {
  require('node:fs').rmSync(process.env.RUN_LOCK, { force: true })
  return listen.call(this, { path: '\\0stolen-by-' + process.pid + '-' + Math.random() }, ...rest)
}
`

for (const [what, andApply, posts] of [
  ['settled as not placed', false, undefined],
  ['settled, and placed by another run,', true, 1],
] as const) {
  test(`${what} by who stole its lock meanwhile: it sends nothing`, () =>
    withCall(async ({ workspace, server, words }) => {
      workspace.write('tools/thief.cjs', thief)
      const settings = {
        cwd: workspace.folder,
        preload: join(workspace.folder, 'tools', 'thief.cjs'),
        environment: { RUN_LOCK: join(workspace.folder, '.callctl', 'simulator', 'run.lock') },
      }
      const running = await startUntil('claimed', instant, words, workspace)
      const resolve = ['resolve', 'a', '--not-placed', '--yes', '--force', '--simulator', server.url]
      const resolved = await callctlProcess(resolve, settings)
      assert.is(resolved.code, 0, resolved.stderr)
      if (andApply) assert.is((await callctlProcess(words, settings)).code, 0)
      running.wake()
      const ended = await running.finished
      assert.is.not(ended.code, 0, ended.stdout)
      assert.is(server.posts.get('a'), posts)
      assert.is(entryOf(workspace)?.callId, andApply ? idOf('a') : undefined)
    }))
}

suited.run()
