import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { findRecordPlace } from '../../../src/record/folders/folders.js'
import { inFolder } from '../temporary-place.js'

const test = suite('record/folders')

const find = (root: string, environmentName?: string, simulator = false) =>
  findRecordPlace(root, {
    simulator,
    temporaryFolder: '/tmp',
    ...(environmentName === undefined ? {} : { environmentName }),
  })
const isRecordError = (cause: Error) => cause instanceof RecordError

/** A repository as git makes it, with a linked worktree; by hand, so that no test needs git. */
function makeRepository(folder: string): { readonly top: string; readonly worktree: string } {
  const [top, worktree] = [join(folder, 'repository'), join(folder, 'worktree')]
  mkdirSync(join(top, '.git/worktrees/one'), { recursive: true })
  writeFileSync(join(top, '.git/worktrees/one/commondir'), '../..\n')
  mkdirSync(join(top, 'teams/ops'), { recursive: true })
  mkdirSync(join(worktree, 'teams/ops'), { recursive: true })
  writeFileSync(join(worktree, '.git'), `gitdir: ${join(top, '.git/worktrees/one')}\n`)
  return { top, worktree }
}

test(
  'lies in the workspace outside git',
  inFolder((folder) => {
    const place = find(folder)
    assert.is(place.lockfile, join(folder, 'calls.lock.json'))
    assert.is(place.attempts, join(folder, '.callctl'))
    assert.is(place.rescue, join(folder, '.callctl/rescue'))
    assert.is(find(folder, 'staging').attempts, join(folder, '.callctl/environments/staging'))
  }),
)

test(
  'lies in git’s common folder, one place for each workspace and environment',
  inFolder((folder) => {
    const { top } = makeRepository(folder)
    const ops = join(top, 'teams/ops')
    assert.is(find(top).attempts, join(top, '.git/callctl'))
    assert.is(find(top, 'staging').attempts, join(top, '.git/callctl/environments/staging'))
    assert.is(find(ops).attempts, join(top, '.git/callctl/workspaces/teams%2Fops'))
    assert.is(
      find(ops, 'staging').attempts,
      join(top, '.git/callctl/workspaces/teams%2Fops/environments/staging'),
    )
    assert.is(find(ops, 'staging').lockfile, join(ops, 'calls.staging.lock.json'))
  }),
)

test(
  'is shared by all worktrees',
  inFolder((folder) => {
    const { top, worktree } = makeRepository(folder)
    assert.is(find(worktree).attempts, find(top).attempts)
    assert.is(find(join(worktree, 'teams/ops')).attempts, find(join(top, 'teams/ops')).attempts)
    assert.is(find(worktree).lockfile, join(worktree, 'calls.lock.json'))
  }),
)

test(
  'is a submodule’s own, and follows a relative gitdir',
  inFolder((folder) => {
    const sub = join(folder, 'repository/sub')
    mkdirSync(join(folder, 'repository/.git/modules/sub'), { recursive: true })
    mkdirSync(sub)
    writeFileSync(join(sub, '.git'), 'gitdir: ../.git/modules/sub\n')
    assert.is(find(sub).attempts, join(folder, 'repository/.git/modules/sub/callctl'))
  }),
)

test(
  'is the same through a symbolic link to the workspace',
  inFolder((folder) => {
    const { top } = makeRepository(folder)
    symlinkSync(join(top, 'teams/ops'), join(folder, 'link'))
    assert.equal(find(join(folder, 'link')), find(join(top, 'teams/ops')))
  }),
)

test(
  'keeps the simulator’s apart',
  inFolder((folder) => {
    const { top } = makeRepository(folder)
    const place = find(top, undefined, true)
    assert.is(place.lockfile, join(top, '.callctl/simulator.lock.json'))
    assert.is(place.attempts, join(top, '.callctl/simulator'))
    assert.is(find(top, 'staging', true).attempts, join(top, '.callctl/simulator/environments/staging'))
  }),
)

test(
  'lets no environment name lead elsewhere',
  inFolder((folder) => {
    assert.is(find(folder, '../../x').attempts, join(folder, '.callctl/environments/%2E.%2F..%2Fx'))
    assert.is(find(folder, '..').attempts, join(folder, '.callctl/environments/%2E.'))
  }),
)

for (const [what, target] of [
  ['the lockfile', 'calls.lock.json'],
  ['the attempts folder', '.callctl'],
] as const) {
  test(
    `refuses ${what} as a symbolic link`,
    inFolder((folder) => {
      symlinkSync('/nowhere', join(folder, target))
      assert.throws(() => find(folder), isRecordError)
    }),
  )
}

test(
  'refuses a linked folder inside git’s own',
  inFolder((folder) => {
    const { top } = makeRepository(folder)
    symlinkSync(folder, join(top, '.git/callctl'))
    assert.throws(() => find(join(top, 'teams/ops')), isRecordError)
  }),
)

for (const text of ['', 'gitdir: ', 'gitdir: /nowhere/at/all\n', 'gitdir: a\nb\n', 'nonsense\n']) {
  test(
    `refuses to guess behind a .git file of ${JSON.stringify(text)}`,
    inFolder((folder) => {
      writeFileSync(join(folder, '.git'), text)
      assert.throws(() => find(folder), isRecordError)
    }),
  )
}

test(
  'refuses a workspace that does not exist',
  inFolder((folder) => {
    assert.throws(() => find(join(folder, 'absent')), isRecordError)
  }),
)

test.run()
