import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../src/model/errors.js'
import { findWorkspaceRoot, readWorkspace } from '../../src/read/read-workspace.js'
import { inFolder } from './folder.js'

const isUsage = (error: Error): boolean => error instanceof UsageError
const calls = 'calls: {}\n'

const root = suite('a lockfile without settings')

for (const name of ['calls.lock.json', 'calls.staging.lock.json']) {
  root(`${name} above the current folder is no other workspace’s`, () =>
    inFolder({ [name]: '', 'calls/deep/a.yaml': calls }, (folder) => {
      assert.is(findWorkspaceRoot(folder), folder)
      assert.throws(() => findWorkspaceRoot(join(folder, 'calls/deep')), isUsage)
    }),
  )

  root(`${name} below the settings is not theirs`, () =>
    inFolder({ 'callctl.yaml': '', [`team/${name}`]: '', 'team/calls/a.yaml': calls }, (folder) => {
      assert.throws(() => findWorkspaceRoot(join(folder, 'team')), isUsage)
      assert.throws(() => findWorkspaceRoot(join(folder, 'team/calls')), isUsage)
      assert.is(findWorkspaceRoot(folder), folder)
    }),
  )
}

root('beyond the repository is nobody’s business', () =>
  inFolder({ 'calls.lock.json': '', 'work/calls/a.yaml': calls }, (folder) => {
    mkdirSync(join(folder, 'work/.git'))
    assert.is(findWorkspaceRoot(join(folder, 'work')), join(folder, 'work'))
  }),
)

root('beside the settings is their own', () =>
  inFolder({ 'callctl.yaml': '', 'calls.lock.json': '', 'calls/a.yaml': calls }, (folder) =>
    assert.is(findWorkspaceRoot(join(folder, 'calls')), folder),
  ),
)

const nested = suite('another workspace among the definitions')

for (const [what, found] of [
  ['settings', 'team/callctl.yaml'],
  ['settings deeper down', 'team/calls/callctl.yaml'],
  ['a lockfile whose settings are gone', 'team/calls.lock.json'],
  ['a lockfile of an environment', 'team/calls.prod.lock.json'],
] as const) {
  nested(`is refused for ${what}, with and without settings here`, () =>
    inFolder({ [found]: '', 'team/calls/a.yaml': calls }, (folder) => {
      for (const path of ['team/calls', 'team/calls/a.yaml', '.'])
        assert.throws(() => readWorkspace(folder, [path]), isUsage, path)
    }),
  )
}

nested('is refused below calls/ too', () =>
  inFolder(
    { 'callctl.yaml': '', 'calls/a.yaml': calls, 'calls/x/callctl.yaml': '', 'calls/x/b.yaml': calls },
    (folder) => {
      assert.throws(() => readWorkspace(folder, []), isUsage)
      assert.throws(() => readWorkspace(folder, ['calls/a.yaml']), isUsage)
    },
  ),
)

nested('does not matter where no definition of this one lies', () =>
  inFolder(
    { 'callctl.yaml': '', 'calls/a.yaml': calls, 'team/callctl.yaml': '', 'team/calls/a.yaml': calls },
    (folder) => {
      assert.is(readWorkspace(folder, []).calls.length, 1)
      assert.is(readWorkspace(join(folder, 'team'), ['calls']).root, join(folder, 'team'))
    },
  ),
)

root.run()
nested.run()
