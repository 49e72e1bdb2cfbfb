import { cpSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callsIn, exits, inWorld } from './moved-world.js'

// A repository inside another one: a folder that was made one later, a submodule, a clone.

const test = suite('outer')
const team = callsIn('team', 'a')

test(
  'a folder that is made a repository of its own finds what a crash left out of the lockfile',
  inWorld(team, async ({ repository, apply, rings, unproject }) => {
    exits(await apply('team'), 0)
    unproject('team/calls.lock.json')
    repository.git('-C', 'team', 'init', '-q')
    const refused = await apply('team')
    exits(refused, 7)
    assert.match(refused.stderr, 'workspaces/team')
    const [from, to] = ['.git/callctl/workspaces/team', 'team/.git/callctl']
    for (const name of readdirSync(join(repository.folder, from)))
      renameSync(join(repository.folder, from, name), join(repository.folder, to, name))
    exits(await apply('team'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'without its lockfile it is known by its folder, and leave can be given',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.remove('team/calls.lock.json')
    repository.git('-C', 'team', 'init', '-q')
    exits(await apply('team'), 7)
    assert.is(rings('a'), 1)
    exits(await apply('team', '--redial', 'a'), 0)
    assert.is(rings('a'), 2)
  }),
)

test(
  'what its lockfile has needs no record',
  inWorld(callsIn('team', 'a', 'b'), async ({ repository, apply, rings }) => {
    exits(await apply('team', '--only', 'a'), 0)
    repository.git('-C', 'team', 'init', '-q')
    exits(await apply('team'), 0)
    assert.is(rings('a'), 1)
    assert.is(rings('b'), 1)
  }),
)

test(
  'a clone within its own repository is refused for what was placed around it and not committed',
  inWorld(callsIn('', 'a', 'b'), async ({ repository, apply, rings }) => {
    exits(await apply('', '--only', 'a'), 0)
    repository.commit()
    repository.git('clone', '-q', '.', 'clone')
    exits(await apply('', '--only', 'b'), 0)
    exits(await apply('clone'), 7)
    cpSync(join(repository.folder, 'calls.lock.json'), join(repository.folder, 'clone/calls.lock.json'))
    exits(await apply('clone'), 0)
    assert.is(rings('b'), 1)
  }),
)

test(
  'another lineage’s record around it is none of its own',
  inWorld({ ...callsIn('', 'a'), ...team }, async ({ repository, apply, rings }) => {
    exits(await apply(''), 0)
    repository.git('-C', 'team', 'init', '-q')
    exits(await apply('team'), 0)
    assert.is(rings('a'), 2)
  }),
)

test.run()
