import { cpSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callsIn, exits, inWorld } from './moved-world.js'

// Workspaces that are renamed, moved, copied: at most one ring for each address, or a refusal.

const test = suite('moved')

const team = callsIn('team', 'a')

for (const [how, moves] of [
  ['git mv', true],
  ['mv', false],
] as const) {
  test(
    `after ${how} of its folder a workspace finds what a crash left out of the lockfile`,
    inWorld(team, async ({ repository, apply, rings, unproject }) => {
      exits(await apply('team'), 0)
      unproject('team/calls.lock.json')
      if (moves) repository.git('mv', 'team', 'ops')
      else renameSync(join(repository.folder, 'team'), join(repository.folder, 'ops'))
      exits(await apply('ops'), 0)
      assert.is(rings('a'), 1)
      assert.match(readFileSync(join(repository.folder, 'ops/calls.lock.json'), 'utf8'), 'call-')
    }),
  )
}

test(
  'a workspace that was moved to the top, and back, is the same',
  inWorld(team, async ({ repository, apply, rings, unproject }) => {
    exits(await apply('team'), 0)
    unproject('team/calls.lock.json')
    for (const name of ['callctl.yaml', 'templates', 'calls', 'calls.lock.json'])
      renameSync(join(repository.folder, 'team', name), join(repository.folder, name))
    exits(await apply(''), 0)
    unproject('calls.lock.json')
    for (const name of ['callctl.yaml', 'templates', 'calls', 'calls.lock.json'])
      renameSync(join(repository.folder, name), join(repository.folder, 'team', name))
    exits(await apply('team'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a lockfile that was left behind is named, whether or not git ever saw it',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    for (const name of ['callctl.yaml', 'templates', 'calls'])
      repository.git('mv', '-k', `team/${name}`, `ops-${name}`)
    repository.write('ops/x', '')
    for (const name of ['callctl.yaml', 'templates', 'calls'])
      renameSync(join(repository.folder, `ops-${name}`), join(repository.folder, 'ops', name))
    const refused = await apply('ops')
    exits(refused, 7)
    assert.match(refused.stderr, 'workspaces/team')
    renameSync(
      join(repository.folder, 'team/calls.lock.json'),
      join(repository.folder, 'ops/calls.lock.json'),
    )
    exits(await apply('ops'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a branch that renames the folder is refused in a full clone, and what it says to do is enough',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    const first = repository.commit()
    repository.git('checkout', '-q', '-b', 'renamed')
    repository.git('mv', 'team', 'ops')
    repository.git('rm', '-q', '-f', 'ops/calls.lock.json')
    repository.commit()
    repository.git('clone', '-q', '.', 'clone')
    const refused = await apply('clone/ops')
    exits(refused, 7)
    assert.match(refused.stderr, first.slice(0, 12))
    assert.match(refused.stderr, 'team/calls.lock.json')
    const text = repository.git('show', `${first}:team/calls.lock.json`)
    repository.write('clone/ops/calls.lock.json', `${text}\n`)
    exits(await apply('clone/ops'), 0)
    exits(await apply('ops'), 7)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a lockfile that was begun anew after the folder was renamed is refused too',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.commit()
    repository.git('mv', 'team', 'ops')
    repository.write(
      'ops/calls.lock.json',
      '{"lockfileVersion":1,"lineage":"aaaaaaaa-0000-4000-8000-000000000000","calls":{}}',
    )
    repository.commit()
    repository.git('clone', '-q', '.', 'clone')
    exits(await apply('clone/ops'), 7)
    exits(await apply('ops'), 7)
    assert.is(rings('a'), 1)
  }),
)

const environments = {
  ...callsIn('', 'a'),
  'callctl.yaml': `${callsIn('', 'a')['callctl.yaml']}environments: { staging: {}, other: {} }\n`,
}
const renamed = environments['callctl.yaml'].replace('staging', 'stage')

test(
  'an environment that was renamed is refused with a new lockfile, and known with its own',
  inWorld(environments, async ({ repository, apply, rings }) => {
    exits(await apply('', '--env', 'staging'), 0)
    repository.write('callctl.yaml', renamed)
    exits(await apply('', '--env', 'stage'), 7)
    repository.commit()
    repository.git('clone', '-q', '.', 'clone')
    exits(await apply('clone', '--env', 'stage'), 7)
    renameSync(
      join(repository.folder, 'calls.staging.lock.json'),
      join(repository.folder, 'calls.stage.lock.json'),
    )
    exits(await apply('', '--env', 'stage'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'outside git an environment is known by its lineage as well',
  inWorld(environments, async ({ repository, apply, rings }) => {
    rmSync(join(repository.folder, '.git'), { recursive: true })
    exits(await apply('', '--env', 'staging'), 0)
    repository.write('callctl.yaml', renamed)
    exits(await apply('', '--env', 'stage'), 7)
    renameSync(
      join(repository.folder, 'calls.staging.lock.json'),
      join(repository.folder, 'calls.stage.lock.json'),
    )
    exits(await apply('', '--env', 'stage'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'environments that are declared, and workspaces that are there, each ring their own',
  inWorld({ ...environments, ...callsIn('team', 'a'), ...callsIn('team/deep', 'a') }, async (world) => {
    const { repository, apply, rings } = world
    exits(await apply('', '--env', 'staging'), 0)
    exits(await apply('', '--env', 'other'), 0)
    exits(await apply(''), 0)
    exits(await apply('team'), 0)
    repository.commit()
    exits(await apply('team/deep'), 0)
    assert.is(rings('a'), 5)
  }),
)

test(
  'an address of a workspace that was given up takes leave for that address',
  inWorld({ ...team, ...callsIn('ops', 'a', 'b') }, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.commit()
    repository.remove('team')
    repository.commit()
    exits(await apply('ops', '--only', 'a'), 7)
    exits(await apply('ops', '--only', 'b'), 0)
    exits(await apply('ops', '--redial', 'a'), 0)
    assert.is(rings('a'), 2)
    assert.is(rings('b'), 1)
  }),
)

test(
  'a copy within the repository is the same workspace',
  inWorld(team, async ({ repository, apply, rings, unproject }) => {
    exits(await apply('team'), 0)
    unproject('team/calls.lock.json')
    cpSync(join(repository.folder, 'team'), join(repository.folder, 'copy'), { recursive: true })
    exits(await apply('copy'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a worktree whose branch renames the folder is refused, and finds the record with the lockfile',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.git('worktree', 'add', '-q', '-b', 'renamed', 'tree')
    repository.git('-C', 'tree', 'mv', 'team', 'ops')
    exits(await apply('tree/ops'), 7)
    cpSync(
      join(repository.folder, 'team/calls.lock.json'),
      join(repository.folder, 'tree/ops/calls.lock.json'),
    )
    exits(await apply('tree/ops'), 0)
    exits(await apply('team'), 0)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a lockfile that vanishes after a move is missed',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    repository.git('mv', 'team', 'ops')
    exits(await apply('ops'), 0)
    repository.remove('ops/calls.lock.json')
    exits(await apply('ops'), 7)
    assert.is(rings('a'), 1)
  }),
)

const hintOf = ({ stderr }: { readonly stderr: string }): string => stderr.replace(/\s+/g, ' ')

test(
  'a new workspace where another one was is told which, where that went, and how it begins its own record',
  inWorld(team, async ({ repository, apply, callctl, rings }) => {
    exits(await apply('team'), 0)
    const first = repository.commit()
    repository.git('mv', 'team', 'ops')
    exits(await apply('ops'), 0)
    repository.commit(callsIn('team', 'a', 'b'))
    const { lineage } = JSON.parse(readFileSync(join(repository.folder, 'ops/calls.lock.json'), 'utf8')) as {
      lineage: string
    }
    const withRecord = await apply('team', '--only', 'b')
    exits(withRecord, 7)
    for (const word of [
      'workspaces/team',
      lineage,
      'ops/calls.lock.json',
      `records/${lineage}`,
      'lock rebuild',
    ])
      assert.match(hintOf(withRecord), word)
    const base = join(repository.folder, '.git/callctl')
    mkdirSync(join(base, 'records'))
    renameSync(join(base, 'workspaces/team'), join(base, 'records', lineage))
    const withHistory = await apply('team', '--only', 'b')
    exits(withHistory, 7)
    for (const word of [first.slice(0, 12), lineage, 'ops/calls.lock.json', 'lock rebuild'])
      assert.match(hintOf(withHistory), word)
    exits(await callctl('team', 'lock', 'rebuild'), 0)
    exits(await apply('team', '--only', 'b'), 0)
    const known = await apply('team')
    exits(known, 7)
    for (const word of ['ops/calls.lock.json', '--redial a']) assert.match(hintOf(known), word)
    assert.is(rings('a'), 1)
    exits(await apply('team', '--redial', 'a'), 0)
    exits(await apply('ops'), 0)
    assert.is(rings('a'), 2)
    assert.is(rings('b'), 1)
  }),
)

test(
  'plan says before that history will refuse, in text and JSON',
  inWorld(callsIn('', 'a', 'b'), async ({ repository, apply, callctl, rings, unproject }) => {
    exits(await apply('', '--only', 'a'), 0)
    const placed = repository.commit()
    unproject('calls.lock.json')
    rmSync(join(repository.folder, '.git/callctl'), { recursive: true })
    const planned = await callctl('', 'plan')
    exits(planned, 0)
    assert.match(
      hintOf(planned),
      `warning: apply will refuse: a was placed before: commit ${placed.slice(0, 12)}`,
    )
    const { stdout } = await callctl('', 'plan', '--json')
    const { refusal } = JSON.parse(stdout) as { refusal: { message: string; hint: string } }
    assert.match(refusal.message, placed.slice(0, 12))
    assert.ok(refusal.hint)
    const other = await callctl('', 'plan', '--json', '--only', 'b')
    assert.not('refusal' in JSON.parse(other.stdout))
    exits(await apply(''), 7)
    assert.is(rings('a'), 1)
  }),
)

test(
  'definitions of a workspace are not another one’s, with its settings, without them, or with them renamed',
  inWorld(team, async ({ repository, apply, rings }) => {
    exits(await apply('team'), 0)
    for (const path of ['team/calls', 'team']) exits(await apply('', path), 3)
    repository.git('mv', 'team/callctl.yaml', 'team/settings.yaml')
    exits(await apply('', 'team/calls'), 3)
    exits(await apply('team/calls', '.'), 3)
    repository.write('callctl.yaml', 'version: 1\n')
    exits(await apply('team', 'calls'), 3)
    repository.remove('team/calls.lock.json')
    exits(await apply('', 'team/calls', '--only', 'a'), 4)
    repository.write(
      'callctl.yaml',
      'version: 1\ndefaults: { callbackUri: "https://bot.contoso.com/callback" }\n',
    )
    repository.git('mv', 'team/templates', 'templates')
    exits(await apply('', 'team/calls'), 7)
    assert.is(rings('a'), 1)
  }),
)

test(
  'a restored record is refused for what a branch knows',
  inWorld(callsIn('', 'a', 'b'), async ({ repository, apply, rings }) => {
    const { folder } = repository
    exits(await apply('', '--only', 'a'), 0)
    repository.commit()
    cpSync(join(folder, '.git/callctl'), join(folder, '../backup'), { recursive: true })
    exits(await apply('', '--only', 'b'), 0)
    repository.commit()
    repository.git('branch', 'later')
    repository.git('reset', '-q', '--hard', 'HEAD~1')
    rmSync(join(folder, '.git/callctl'), { recursive: true })
    cpSync(join(folder, '../backup'), join(folder, '.git/callctl'), { recursive: true })
    exits(await apply(''), 7)
    assert.is(rings('b'), 1)
  }),
)

test(
  'a copy of the repository is refused once it fetches what the other placed',
  inWorld(callsIn('', 'a', 'b'), async ({ repository, apply, rings }) => {
    const copy = join(repository.folder, '../copy')
    exits(await apply('', '--only', 'a'), 0)
    repository.commit()
    cpSync(repository.folder, copy, { recursive: true })
    exits(await apply('', '--only', 'b'), 0)
    repository.commit()
    repository.git('-C', copy, 'fetch', '-q', repository.folder, 'main:refs/remotes/origin/main')
    exits(await apply(copy), 7)
    assert.is(rings('b'), 1)
  }),
)

test(
  'a stranger’s attempts in the tree block nothing',
  inWorld({ ...team, 'team/.callctl/a@1': 'made up', 'team/.callctl/lineage': 'none' }, async (world) => {
    exits(await world.apply('team'), 0)
    exits(await world.callctl('team', 'status'), 0)
    assert.is(world.rings('a'), 1)
  }),
)

test(
  'what a stranger’s ref says is a warning',
  inWorld(callsIn('', 'a'), async ({ repository, apply, rings }) => {
    const entry = {
      state: 'placed',
      digest: '',
      endpoint: '',
      callId: 'x',
      attempt: 'bbbbbbbb-0000-4000-8000-000000000000',
    }
    const lockfile = {
      lockfileVersion: 1,
      lineage: 'aaaaaaaa-0000-4000-8000-000000000000',
      calls: { a: entry },
    }
    repository.git('checkout', '-q', '--detach')
    repository.git('config', 'core.logAllRefUpdates', 'false')
    rmSync(join(repository.folder, '.git/logs'), { recursive: true })
    const id = repository.commit({ 'calls.lock.json': JSON.stringify(lockfile) })
    repository.git('checkout', '-q', 'main')
    repository.git('update-ref', 'refs/pull/5/head', id)
    const ran = await apply('')
    exits(ran, 0)
    assert.match(ran.stderr, 'refs/pull/5/head')
    assert.is(rings('a'), 1)
  }),
)

test(
  'a submodule has a record of its own',
  inWorld(callsIn('', 'a'), async ({ repository, apply, rings }) => {
    repository.git('clone', '-q', '.', '../inner')
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', '../inner', 'inner')
    exits(await apply(''), 0)
    exits(await apply('inner'), 0)
    exits(await apply('inner'), 0)
    assert.is(rings('a'), 2)
  }),
)

test.run()
