import { cpSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SavedPlan } from '../../../src/model/plan.js'
import { created, type GraphServer, withGraphServer } from '../../helpers/graph-server.js'
import { type TestRepository, withRepository } from '../../helpers/repository.js'
import { filesOf, groupCall, type Scene, sceneIn, withScene } from './plan-world.js'

// A saved plan belongs to one environment of one workspace, and is used once, wherever that shows.

const test = suite('plan-belongs')

const files = filesOf({ a: groupCall(1) }, 'environments: { staging: {}, prod: {} }\n')

test('a first plan is for its environment alone', () =>
  withScene(files, async ({ save, run, server }) => {
    await save('--env', 'staging')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 6)
    assert.is((await run('apply', 'plan.json', '--yes', '--env', 'prod')).code, 6)
    assert.is((await run('apply', 'plan.json', '--yes', '--simulator')).code, 6)
    assert.is((await run('apply', 'plan.json', '--yes', '--simulator', '--env', 'staging')).code, 6)
    assert.is(server.requests.length, 0)
    assert.is((await run('apply', 'plan.json', '--yes', '--env', 'staging')).code, 0)
    assert.is((await run('apply', 'plan.json', '--yes', '--env', 'staging')).code, 6)
    assert.is(server.requests.length, 1)
  }))

test('a plan without an environment fits none', () =>
  withScene(files, async ({ save, run, server }) => {
    await save()
    assert.is((await run('apply', 'plan.json', '--yes', '--env', 'prod')).code, 6)
    assert.is(server.requests.length, 0)
  }))

test('a later plan is for its environment alone, even where the lockfile was copied', () =>
  withScene(files, async ({ folder, save, run, server }) => {
    await run('apply', '--yes', '--env', 'staging')
    await save('--env', 'staging', '--redial', 'a')
    cpSync(join(folder, 'calls.staging.lock.json'), join(folder, 'calls.prod.lock.json'))
    cpSync(join(folder, 'calls.staging.lock.json'), join(folder, 'calls.lock.json'))
    assert.is((await run('apply', 'plan.json', '--yes')).code, 6)
    assert.is((await run('apply', 'plan.json', '--yes', '--env', 'prod')).code, 6)
    assert.is(server.requests.length, 1)
  }))

test('outside git, a first plan is for its folder alone', () =>
  withScene(files, async ({ folder, save, run, runIn, server }) => {
    await save()
    const other = join(folder, 'other')
    for (const name of ['callctl.yaml', 'calls', 'plan.json'])
      cpSync(join(folder, name), join(other, name), { recursive: true })
    assert.is((await runIn(other, 'apply', 'plan.json', '--yes')).code, 6)
    assert.is(server.requests.length, 0)
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
  }))

interface Clones extends Scene {
  readonly repository: TestRepository
  /** A new clone, with the plan in it. */
  clone(name: string): string
}

const withClones = (path: string, work: (clones: Clones) => Promise<void>) => () => {
  const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [join(path, name), text]))
  return withRepository(placed, (repository) => {
    let calls = 0
    return withGraphServer(
      () => created(`call-${++calls}`),
      (server) => work(clonesOf(repository, path, server)),
    )
  })
}

function clonesOf(repository: TestRepository, path: string, server: GraphServer): Clones {
  const scene = sceneIn(join(repository.folder, path), server)
  return {
    ...scene,
    repository,
    clone(name) {
      const folder = join(dirname(repository.folder), name)
      repository.git('clone', '-q', repository.folder, folder)
      cpSync(join(scene.folder, 'plan.json'), join(folder, path, 'plan.json'))
      return join(folder, path)
    },
  }
}

const firstPlan = (plan: SavedPlan): unknown => plan.workspace

test(
  'a first plan fits another clone of its repository',
  withClones('', async ({ save, runIn, clone, server }) => {
    assert.ok(firstPlan(await save()))
    const { code, stderr } = await runIn(clone('second'), 'apply', 'plan.json', '--yes')
    assert.is(code, 0, stderr)
    assert.is(server.requests.length, 1)
  }),
)

test(
  'a first plan fits a clone that is some commits on',
  withClones('team', async ({ save, runIn, clone, repository, server }) => {
    await save()
    repository.commit({ 'README.md': 'more' })
    assert.is((await runIn(clone('second'), 'apply', 'plan.json', '--yes')).code, 0)
    assert.is(server.requests.length, 1)
  }),
)

test(
  'a first plan fits no other repository, whatever that holds',
  withClones('', async ({ save, runIn, folder, server }) => {
    await save()
    await withRepository({ ...files, 'README.md': 'other' }, async (other) => {
      cpSync(join(folder, 'plan.json'), join(other.folder, 'plan.json'))
      assert.is((await runIn(other.folder, 'apply', 'plan.json', '--yes')).code, 6)
    })
    assert.is(server.requests.length, 0)
  }),
)

test(
  'a first plan fits no other folder of its repository',
  withClones('team', async ({ save, runIn, folder, repository, server }) => {
    await save()
    const other = join(repository.folder, 'other')
    cpSync(folder, other, { recursive: true })
    assert.is((await runIn(other, 'apply', 'plan.json', '--yes')).code, 6)
    const moved = join(repository.folder, 'deeper', 'team')
    mkdirSync(dirname(moved))
    renameSync(folder, moved)
    assert.is((await runIn(moved, 'apply', 'plan.json', '--yes')).code, 6)
    assert.is(server.requests.length, 0)
  }),
)

test(
  'a plan that was used and whose call was forgotten is used in every clone',
  withClones('', async ({ save, run, runIn, clone, repository, server }) => {
    await save()
    const early = clone('early')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
    repository.commit({}, 'placed')
    assert.is((await run('hangup', 'a')).code, 0)
    assert.is((await run('forget', 'a', '--yes')).code, 0)
    const sent = server.requests.length
    repository.commit({}, 'forgotten')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 6)
    assert.is((await runIn(clone('late'), 'apply', 'plan.json', '--yes')).code, 6)
    // It knows no more than the objects that it was sent.
    repository.git('-C', early, 'fetch', '-q', 'origin')
    assert.not.equal((await runIn(early, 'apply', 'plan.json', '--yes')).code, 0)
    assert.is(server.requests.length, sent)
  }),
)

test(
  'an attempt that a commit alone remembers is used',
  withClones('', async ({ save, run, runIn, clone, repository, folder, server }) => {
    await run('apply', '--yes')
    await run('hangup', 'a')
    repository.commit({}, 'ended')
    const before = repository.git('show', 'HEAD:calls.lock.json')
    await save('--redial', 'a')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
    const sent = server.requests.length
    repository.commit({}, 'placed again')
    const other = clone('other')
    // Its checkout is as it was when the plan was made.
    repository.git('-C', other, 'checkout', '-q', 'HEAD~1')
    cpSync(join(folder, 'plan.json'), join(other, 'plan.json'))
    assert.is(repository.git('-C', other, 'show', 'HEAD:calls.lock.json'), before)
    assert.is((await runIn(other, 'apply', 'plan.json', '--yes')).code, 6)
    assert.is(server.requests.length, sent)
  }),
)

test.run()
