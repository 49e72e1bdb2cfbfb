import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'
import { withRepository } from '../../helpers/repository.js'
import { fakeHost } from '../fake-host.js'
import { callsIn } from '../moved/moved-world.js'
import { filesOf, groupCall, type Scene, sceneIn } from './plan-world.js'

// A person may take hours to answer, and git does not ask for the run lock.

const test = suite('changed-meanwhile')

interface Meanwhile {
  readonly folder: string
  git(...words: readonly string[]): void
  write(path: string, text: string): void
}

/** Somebody has placed all in another clone and committed the lockfile there, as `colleague/main`. */
const placedElsewhere =
  (
    meanwhile: (world: Meanwhile) => void,
    { isFirst, code, posts }: { isFirst: boolean; code: number; posts: number },
  ) =>
  () =>
    withGraphServer(
      ({ method }) => (method === 'POST' ? created(randomUUID()) : { status: 204 }),
      (server) =>
        withRepository(filesOf({ a: groupCall(1), b: groupCall(1, { subject: 'b' }) }), async (world) => {
          if (!isFirst) await sceneIn(world.folder, server).run('apply', '--yes', '--only', 'a')
          if (!isFirst) world.commit()
          world.git('clone', '-q', '.', '../other')
          await sceneIn(join(world.folder, '../other'), server).run('apply', '--yes', '--only', 'b')
          for (const words of [
            ['add', '-A'],
            ['commit', '-q', '-m', 'placed'],
          ])
            world.git('-C', '../other', ...words)
          const host = fakeHost(
            {
              cwd: world.folder,
              environment: { CALLCTL_GRAPH_ROOT: server.url, PATH: process.env['PATH'] },
              uuid: randomUUID,
              now: Date.now,
              question: async () => {
                meanwhile({ ...world, folder: world.folder })
                return '1'
              },
            },
            true,
          )
          const before = server.requests.length
          assert.is(await run(['apply', '--only', 'b'], host), code, host.written.stderr)
          assert.is(server.requests.length - before, posts)
        }),
    )

const pull = ({ git }: Meanwhile): void => git('pull', '-q', '--ff-only', '../other', 'HEAD')

test(
  'a lockfile that is pulled while a person is asked counts',
  placedElsewhere(pull, { isFirst: false, code: 7, posts: 0 }),
)

test(
  'a first lockfile that is pulled while a person is asked counts',
  placedElsewhere(pull, { isFirst: true, code: 7, posts: 0 }),
)

test(
  'a lockfile that vanishes while a person is asked is missed',
  placedElsewhere(({ folder }) => rmSync(join(folder, 'calls.lock.json')), {
    isFirst: false,
    code: 7,
    posts: 0,
  }),
)

test(
  'what is fetched while a person is asked counts, merged or not',
  placedElsewhere(({ git }) => git('fetch', '-q', '../other', 'HEAD:refs/remotes/origin/main'), {
    isFirst: false,
    code: 7,
    posts: 0,
  }),
)

test(
  'a lockfile that is written again with the same bytes is the same',
  placedElsewhere(
    ({ folder, write }) => write('calls.lock.json', readFileSync(join(folder, 'calls.lock.json'), 'utf8')),
    { isFirst: false, code: 0, posts: 1 },
  ),
)

test(
  'other files may change while a person is asked',
  placedElsewhere(({ write }) => write('calls/more.yaml', callsIn('', 'c')['calls/calls.yaml']!), {
    isFirst: false,
    code: 0,
    posts: 1,
  }),
)

/** One call is recorded; the lockfile gets another entry while Graph, or a person, is asked. */
const withPulled = (
  work: (scene: Scene, pulled: () => void, asked: (then: () => void) => void) => Promise<void>,
) => {
  let asked = (): void => {}
  return withGraphServer(
    ({ method }) => {
      if (method === 'POST') return created(randomUUID())
      asked()
      return { status: 404 }
    },
    (server) =>
      withRepository(filesOf({ a: groupCall(1) }), async ({ folder }) => {
        const scene = sceneIn(folder, server)
        assert.is((await scene.run('apply', '--yes')).code, 0)
        const path = join(folder, 'calls.lock.json')
        const pulled = (): void => {
          const { calls, ...rest } = JSON.parse(readFileSync(path, 'utf8'))
          const more = { ...calls.a, attempt: randomUUID(), callId: randomUUID() }
          writeFileSync(path, JSON.stringify({ ...rest, calls: { ...calls, pulled: more } }))
        }
        await work(scene, pulled, (then) => {
          asked = then
        })
      }),
  )
}

const callsOf = ({ folder }: Scene) => JSON.parse(readFileSync(join(folder, 'calls.lock.json'), 'utf8')).calls

test('what is pulled while Graph is asked for the state of calls stays', () =>
  withPulled(async (scene, pulled, asked) => {
    let isPulled = false
    asked(() => {
      if (!isPulled) pulled()
      isPulled = true
    })
    assert.is((await scene.run('status', '--refresh')).code, 0)
    assert.equal([callsOf(scene).a.state, callsOf(scene).pulled.state], ['ended', 'placed'])
  }))

test('what is pulled while a person is asked to forget a call is not replaced', () =>
  withPulled(async (scene, pulled) => {
    assert.is((await scene.run('status', '--refresh')).code, 0)
    const settings = {
      cwd: scene.folder,
      environment: { CALLCTL_GRAPH_ROOT: scene.server.url, PATH: process.env['PATH'] },
      uuid: randomUUID,
      now: Date.now,
      question: async () => {
        pulled()
        return 'a'
      },
    }
    assert.is(await run(['forget', 'a'], fakeHost(settings, true)), 7)
    assert.equal(Object.keys(callsOf(scene)), ['a', 'pulled'])
    assert.is(await run(['forget', 'a', '--yes'], fakeHost(settings, true)), 0)
    assert.equal(Object.keys(callsOf(scene)), ['pulled'])
  }))

test.run()
