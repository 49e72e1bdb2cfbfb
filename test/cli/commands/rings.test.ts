import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { callctlProcess, startCallctl } from '../../helpers/callctl-process.js'
import { runSimulator, type SimulatorProcess } from '../../helpers/callctl-simulator.js'
import { peerCalls, userOf, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('rings')

const invitation = ['call', 'invite', 'ping', '--user', userOf('diego')]
const transfer = ['call', 'transfer', 'ping', '--user', userOf('diego')]

interface Placed {
  readonly simulator: SimulatorProcess
  readonly place: Workspace
  run(words: readonly string[]): Promise<Finished>
  /** Requests that asked to ring somebody, by the simulator's own log. */
  posts(): number
  /** Of these, the ones that rang. */
  rang(): number
}

/** One placed call; `faults` strike what comes after it. */
const withPlacedCall = (faults: string, work: (placed: Placed) => Promise<void>): Promise<void> =>
  withWorkspace(peerCalls(['ping']), (place) =>
    runSimulator(`none=1x,${faults}`, place, async (simulator) => {
      const run = (words: readonly string[]) =>
        callctl([...words, '--simulator', simulator.url], { cwd: place.folder })
      assert.is((await run(['apply', '--yes'])).code, 0)
      const asked = () =>
        simulator.log().filter(({ method, path }) => method === 'POST' && /\/(invite|transfer)$/.test(path))
      const rang = () => asked().filter((line) => line.rang !== undefined).length
      await work({ simulator, place, run, posts: () => asked().length, rang })
    }),
  )

for (const [name, words] of [
  ['invite', invitation],
  ['transfer', transfer],
] as const) {
  for (const fault of ['lost-answer', 'reset', 'server-error']) {
    test(`${name}: after ${fault} nothing is sent again until a person settles it`, () =>
      withPlacedCall(`${fault}=1x`, async ({ run, posts }) => {
        const first = await run([...words, '--yes'])
        assert.is(first.code, 10, first.stderr)
        assert.is((await run([...words, '--yes'])).code, 10)
        assert.is((await run([...words, '--once', 'again', '--yes'])).code, 10)
        assert.is(posts(), 1)
      }))
  }

  test(`${name}: killed between claim and answer, it is never sent again by itself`, () =>
    withPlacedCall('slow=1x,delay=20000', async ({ simulator, place, run, posts }) => {
      const running = startCallctl([...words, '--yes', '--simulator', simulator.url], { cwd: place.folder })
      while (posts() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      running.process.kill('SIGKILL')
      assert.is((await running.finished).signal, 'SIGKILL')
      assert.is((await run([...words, '--yes'])).code, 10)
      assert.is((await run(['call', 'rings'])).code, 10)
      assert.is(posts(), 1)
    }))

  test(`${name}: the same again finds it done, and sends nothing`, () =>
    withPlacedCall('none=9x', async ({ run, rang }) => {
      assert.is((await run([...words, '--yes'])).code, 0)
      const again = await run([...words, '--yes'])
      assert.is(again.code, 0)
      assert.match(again.stdout, 'nothing was sent')
      assert.is(rang(), 1)
    }))
}

test('a bug after somebody was rung does not end with the code that says nobody was', () =>
  withPlacedCall('none=9x', async ({ simulator, place, run, rang }) => {
    // Output that is not written at once goes through the stream.
    const spy = `const fs = require('node:fs')
const { writeSync } = fs
const fail = () => { throw Object.assign(new Error('made for this test'), { code: 'EAGAIN' }) }
fs.writeSync = (fd, ...rest) => (fd === 1 ? fail() : writeSync(fd, ...rest))
process.stdout.write = fail
`
    place.write('bug.cjs', spy)
    const { code, stderr } = await callctlProcess(
      [...invitation, '--yes', '--json', '--simulator', simulator.url],
      {
        cwd: place.folder,
        preload: join(place.folder, 'bug.cjs'),
      },
    )
    assert.is(code, 10, stderr)
    assert.match(stderr, 'made for this test')
    assert.is((await run([...invitation, '--yes'])).code, 0)
    assert.is(rang(), 1)
  }))

test('an unknown outcome is an error for doctor too, until it is settled', () =>
  withPlacedCall('lost-answer=1x', async ({ run }) => {
    assert.is((await run([...invitation, '--yes'])).code, 10)
    const { code, stdout } = await run(['doctor'])
    assert.is(code, 10)
    assert.match(stdout, 'call settle')
    assert.is((await run(['call', 'settle', 'ping', '--rang'])).code, 0)
    assert.is((await run(['doctor'])).code, 0)
  }))

test('a refusal is no ring, and may be tried again', () =>
  withPlacedCall('refuse=1x', async ({ run, posts, rang }) => {
    assert.is((await run([...invitation, '--yes'])).code, 9)
    assert.is((await run([...invitation, '--yes'])).code, 0)
    assert.equal([posts(), rang()], [2, 1])
  }))

test('a refused invitation is explained, with the ids for a support ticket', () =>
  withPlacedCall('refuse=2x', async ({ run }) => {
    const { stdout } = await run([...invitation, '--yes'])
    assert.match(stdout, /For a support ticket \(ping\):/)
    for (const name of ['time (UTC)', 'request ', 'answer', 'request-id', 'client-request-id'])
      assert.ok(stdout.includes(`\n    ${name}`), name)
    const told = JSON.parse((await run([...invitation, '--yes', '--json'])).stdout) as {
      ticket: { status: number; code: string; requestId: string; clientRequestId: string }
      outcome: { status: number }
      operationId: string
    }
    assert.is(told.ticket.status, told.outcome.status)
    assert.is(told.ticket.clientRequestId, told.operationId)
    assert.type(told.ticket.requestId, 'string')
  }))

test('what Graph refuses to a quiet operation comes with a ticket, too', () =>
  withPlacedCall('none=9x', async ({ run }) => {
    const { stderr, code } = await run(['call', 'participant', 'ping', 'nobody-there'])
    assert.is(code, 9)
    assert.match(stderr, /Graph refused: 404/)
    assert.match(stderr, /For a support ticket \(ping\):\n {4}time \(UTC\)/)
    assert.match(stderr, /request {12}GET \/v1\.0\/communications\/calls\/[^ ]+\/participants\/nobody-there/)
  }))

test('a token that is refused is renewed once, under a claim of its own', () =>
  withPlacedCall('unauthorized=1x', async ({ run, posts, rang }) => {
    assert.is((await run([...invitation, '--yes'])).code, 0)
    assert.equal([posts(), rang()], [2, 1])
    const { stdout } = await run(['call', 'rings', '--json'])
    assert.equal(
      (JSON.parse(stdout) as { rings: { state: string }[] }).rings.map(({ state }) => state),
      ['refused', 'accepted'],
    )
  }))

test('once for a word: another word rings again, the same one does not', () =>
  withPlacedCall('none=9x', async ({ run, rang }) => {
    for (const word of ['first', 'first', 'second']) {
      assert.is((await run([...invitation, '--once', word, '--yes'])).code, 0)
    }
    assert.is(rang(), 2)
    const other = ['call', 'invite', 'ping', '--user', userOf('bob'), '--once', 'first', '--yes']
    assert.is((await run(other)).code, 3)
    assert.is(rang(), 2)
  }))

test('without a terminal and without --yes nobody is rung', () =>
  withPlacedCall('none=9x', async ({ run, posts }) => {
    assert.is((await run(invitation)).code, 5)
    assert.is((await run(transfer)).code, 5)
    assert.is(posts(), 0)
  }))

test('limits.people holds for what an operation rings', () =>
  withPlacedCall('none=9x', async ({ run, place, posts }) => {
    place.write(
      'callctl.yaml',
      `${place.read('callctl.yaml').replace('{ concurrency', '{ people: 1, concurrency')}`,
    )
    const two = ['call', 'invite', 'ping', '--user', userOf('a'), '--user', userOf('b'), '--yes']
    assert.is((await run(two)).code, 5)
    assert.is(posts(), 0)
  }))

test('after a person said that nobody was rung, it is sent; after the other word, it is done', () =>
  withPlacedCall('reset=1x,lost-answer=1x', async ({ run, posts }) => {
    assert.is((await run([...invitation, '--yes'])).code, 10)
    assert.is((await run(['call', 'settle', 'ping', '--not-rang'])).code, 5)
    assert.is((await run(['call', 'settle', 'ping', '--not-rang', '--yes'])).code, 0)
    assert.is((await run([...invitation, '--yes'])).code, 10)
    assert.is((await run(['call', 'settle', 'ping', '--rang', '--reason', 'Diego says so'])).code, 0)
    assert.is((await run([...invitation, '--yes'])).code, 0)
    assert.is(posts(), 2)
    assert.is((await run(['call', 'settle', 'ping', '--rang'])).code, 3)
  }))

test('a record that cannot be written sends nothing', () =>
  withPlacedCall('none=9x', async ({ run, place, posts }) => {
    writeFileSync(join(place.folder, '.callctl', 'simulator', 'rings'), '')
    assert.is((await run([...invitation, '--yes'])).code, 7)
    assert.is(posts(), 0)
  }))

test('a damaged record blocks further rings of its call', () =>
  withPlacedCall('none=9x', async ({ run, place, posts }) => {
    assert.is((await run([...invitation, '--yes'])).code, 0)
    place.write('.callctl/simulator/rings/ping@1', 'half a line')
    assert.is((await run([...invitation, '--once', 'again', '--yes'])).code, 10)
    assert.is(posts(), 1)
  }))

test('a call that has ended rings nobody', () =>
  withPlacedCall('none=9x', async ({ run, simulator, posts }) => {
    const [call] = simulator.created()
    const url = `${simulator.url}/v1.0/communications/calls/${call?.callId}`
    await fetch(url, { method: 'DELETE', headers: { authorization: 'Bearer worthless' } })
    assert.is((await run([...invitation, '--yes'])).code, 9)
    assert.is(posts(), 0)
  }))

test('what nobody placed, or has ended, has nothing to do it on', () =>
  withPlacedCall('none=9x', async ({ run }) => {
    assert.is((await run(['call', 'get', 'pong'])).code, 3)
    assert.is((await run(['hangup', 'ping'])).code, 0)
    assert.is((await run(['call', 'get', 'ping'])).code, 3)
  }))

test('no record of a ring holds whom it rang', () =>
  withPlacedCall('none=9x', async ({ run, place }) => {
    assert.is((await run(['call', 'invite', 'ping', '--number', '+14255550100=Bob', '--yes'])).code, 0)
    const text = place.read('.callctl/simulator/rings/ping@1')
    assert.not.match(text, /4255550100|Bob/)
  }))

test.run()
