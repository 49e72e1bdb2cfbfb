import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { bundle } from '../../helpers/callctl-process.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'
import { lockfileOf } from '../../record/lockfile-samples.js'
import { fakeHost } from '../fake-host.js'

// Two clones that diverge, merged by a real git with callctl as its merge driver.

const test = suite('merge')

interface Clone {
  readonly workspace: Workspace
  git(...words: readonly string[]): { readonly status: number | null; readonly output: string }
  apply(...names: readonly string[]): Promise<Finished>
  run(...words: readonly string[]): Promise<Finished>
}

const author = { NAME: 'kim', EMAIL: 'kim@contoso.com' }

function cloneIn(workspace: Workspace, url: string): Clone {
  const { folder: cwd } = workspace
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: author.NAME,
    GIT_AUTHOR_EMAIL: author.EMAIL,
    GIT_COMMITTER_NAME: author.NAME,
    GIT_COMMITTER_EMAIL: author.EMAIL,
  }
  const run = (...words: readonly string[]) =>
    callctl(words, { cwd, environment: { CALLCTL_GRAPH_ROOT: url } })
  return {
    workspace,
    run,
    git: (...words) => {
      const { status, stdout, stderr } = spawnSync('git', words, { cwd, env, encoding: 'utf8' })
      return { status, output: stdout + stderr }
    },
    apply: (...names) => run('apply', '--yes', ...names.flatMap((name) => ['--only', name])),
  }
}

function mustGit(clone: Clone, ...words: readonly string[]): string {
  const { status, output } = clone.git(...words)
  assert.is(status, 0, `git ${words.join(' ')}: ${output}`)
  return output.trim()
}

const configure = (clone: Clone): string =>
  mustGit(clone, 'config', 'merge.callctl.driver', `'${process.execPath}' '${bundle}' lock merge %O %A %B %P`)

/** Our clone with its calls, and a colleague's of the same commit; both have the merge driver. */
const withClones = (
  names: readonly string[],
  before: readonly string[],
  work: (ours: Clone, theirs: Clone) => Promise<void>,
): Promise<void> =>
  withWorkspace({ ...peerCalls(names), '.gitattributes': 'calls*.lock.json merge=callctl\n' }, (ourPlace) =>
    withWorkspace({}, (theirPlace) => {
      let count = 0
      return withGraphServer(
        () => created(`call-${++count}`),
        async ({ url }) => {
          const [ours, theirs] = [cloneIn(ourPlace, url), cloneIn(theirPlace, url)]
          mustGit(ours, 'init', '-q', '-b', 'main')
          if (before.length > 0) assert.is((await ours.apply(...before)).code, 0)
          commit(ours)
          mustGit(theirs, 'clone', '-q', ourPlace.folder, '.')
          configure(ours)
          configure(theirs)
          await work(ours, theirs)
        },
      )
    }),
  )

function commit(clone: Clone): void {
  mustGit(clone, 'add', '-A')
  mustGit(clone, 'commit', '-q', '-m', 'calls')
}

const idsIn = ({ read }: Workspace): readonly string[] =>
  [...new Set(read('calls.lock.json').match(/call-\d+/g))].sort()

test('calls of both clones come together, and no id is dropped', () =>
  withClones(['a', 'b', 'c'], ['a'], async (ours, theirs) => {
    assert.is((await ours.apply('b')).code, 0)
    commit(ours)
    assert.is((await theirs.apply('c')).code, 0)
    commit(theirs)
    mustGit(ours, 'pull', '-q', '--no-rebase', '--no-edit', theirs.workspace.folder, 'main')
    assert.equal(idsIn(ours.workspace), ['call-1', 'call-2', 'call-3'])
    assert.is((await ours.run('lock', 'verify')).code, 0)
    const again = await ours.apply('a', 'b', 'c')
    assert.match(again.stdout, 'Nothing to place')
  }))

test('a call that both dialed stops the merge, is named, and keeps both ids', () =>
  withClones(['a', 'b'], ['a'], async (ours, theirs) => {
    for (const clone of [ours, theirs]) {
      assert.is((await clone.apply('b')).code, 0)
      commit(clone)
    }
    const { status, output } = ours.git('pull', '-q', '--no-rebase', theirs.workspace.folder, 'main')
    assert.is.not(status, 0)
    assert.match(output, 'rang twice: b')
    assert.match(output, 'call-2')
    assert.match(output, 'call-3')
    assert.equal(idsIn(ours.workspace), ['call-1', 'call-2', 'call-3'])
    assert.match(mustGit(ours, 'status', '--short'), 'UU calls.lock.json')
    const audit = await ours.run('audit')
    assert.is(audit.code, 7)
    assert.match(audit.stdout, 'Rung twice without leave: b.')
    assert.match((await ours.apply('a', 'b')).stdout, 'Nothing to place')
  }))

test('a call that both dialed, each in a spelling of its own, stops the merge, and no spelling rings again', () =>
  withClones(['a', 'notify-adele'], ['a'], async (ours, theirs) => {
    const { workspace } = theirs
    workspace.write(
      'calls/calls.yaml',
      workspace.read('calls/calls.yaml').replace('notify-adele', 'notify-ADELE'),
    )
    for (const [clone, name] of [
      [ours, 'notify-adele'],
      [theirs, 'notify-ADELE'],
    ] as const) {
      assert.is((await clone.apply(name)).code, 0)
      commit(clone)
    }
    const { status, output } = ours.git('pull', '-q', '--no-rebase', theirs.workspace.folder, 'main')
    assert.is.not(status, 0)
    assert.match(output, 'rang twice: notify-ADELE and notify-adele')
    assert.equal(idsIn(ours.workspace), ['call-1', 'call-2', 'call-3'])
    assert.equal(Object.keys(readEntries(ours.workspace)), ['a', 'notify-ADELE', 'notify-adele'])
    commit(ours)
    mustGit(theirs, 'pull', '-q', '--no-rebase', '--no-edit', ours.workspace.folder, 'main')
    for (const clone of [ours, theirs]) {
      const again = await clone.apply('notify-*')
      assert.is(again.code, 0)
      assert.match(again.stdout, 'Nothing to place')
      const redialed = await clone.run('apply', '--yes', '--redial', 'notify-ADELE')
      assert.is(redialed.code, 5)
      assert.equal(idsIn(clone.workspace), ['call-1', 'call-2', 'call-3'])
    }
  }))

test('two beginnings apart are not merged, and what is left is refused', () =>
  withClones(['a', 'b'], [], async (ours, theirs) => {
    for (const [clone, name] of [
      [ours, 'a'],
      [theirs, 'b'],
    ] as const) {
      assert.is((await clone.apply(name)).code, 0)
      commit(clone)
    }
    const { status, output } = ours.git('pull', '-q', '--no-rebase', theirs.workspace.folder, 'main')
    assert.is.not(status, 0)
    assert.match(output, 'different lineages')
    assert.equal(idsIn(ours.workspace), ['call-1', 'call-2'])
    const refused = await ours.apply('a', 'b')
    assert.is(refused.code, 7)
    assert.match(refused.stderr, 'git conflict markers')
  }))

test('a base that is empty or unreadable does not matter', () =>
  withClones(['a', 'b'], ['a'], async (ours, theirs) => {
    assert.is((await theirs.apply('b')).code, 0)
    const theirFile = `${theirs.workspace.folder}/calls.lock.json`
    ours.workspace.write('base', '')
    const merged = await ours.run('lock', 'merge', 'base', 'calls.lock.json', theirFile, 'calls.lock.json')
    assert.is(merged.code, 0, merged.stderr)
    assert.equal(Object.keys(readEntries(ours.workspace)), ['a', 'b'])
    const again = await ours.run('lock', 'merge', 'nowhere', 'calls.lock.json', theirFile)
    assert.is(again.code, 0, again.stderr)
  }))

test('a side that cannot be read leaves both between conflict markers', () =>
  withClones(['a'], ['a'], async (ours) => {
    ours.workspace.write('theirs', '{ "lockfileVersion": 1,')
    const { code } = await ours.run('lock', 'merge', 'base', 'calls.lock.json', 'theirs', 'calls.lock.json')
    assert.is(code, 7)
    const text = ours.workspace.read('calls.lock.json')
    assert.match(text, '<<<<<<< ours')
    assert.match(text, 'call-1')
    assert.match(text, '=======\n{ "lockfileVersion": 1,\n>>>>>>> theirs')
  }))

const noLockfiles: readonly (readonly [string, string])[] = [
  ['a definition', 'calls: {}\n'],
  ['another tool’s lockfile', '{ "name": "x", "version": "1.0.0" }\n'],
  ['a list', '[]\n'],
  ['bytes', '\u0000\ufffd\n'],
]
for (const [what, text] of noLockfiles) {
  test(`${what} on either side is no lockfile: nothing is written`, () =>
    withWorkspace({ other: text, 'calls.lock.json': formatLockfile(lockfileOf({})) }, async (workspace) => {
      const before = workspace.read('calls.lock.json')
      for (const [ours, theirs] of [
        ['other', 'calls.lock.json'],
        ['calls.lock.json', 'other'],
      ] as const) {
        const host = fakeHost({ cwd: workspace.folder })
        assert.is(await run(['lock', 'merge', 'base', ours, theirs], host), 7)
        assert.match(host.written.stderr, /other/)
        assert.is(workspace.read('other'), text)
        assert.is(workspace.read('calls.lock.json'), before)
      }
    }))
}

test('where git merges a side that is no lockfile, ours stays, in conflict, and what theirs placed is not rung', () =>
  withClones(['a', 'b', 'c'], ['a'], async (ours, theirs) => {
    assert.is((await ours.apply('c')).code, 0)
    commit(ours)
    assert.is((await theirs.apply('b')).code, 0)
    commit(theirs)
    theirs.workspace.write('calls.lock.json', 'gone\n')
    commit(theirs)
    const before = ours.workspace.read('calls.lock.json')
    const { status, output } = ours.git('pull', '-q', '--no-rebase', theirs.workspace.folder, 'main')
    assert.is.not(status, 0)
    assert.match(output, 'is no lockfile')
    assert.match(mustGit(ours, 'status', '--short'), 'UU calls.lock.json')
    assert.is(ours.workspace.read('calls.lock.json'), before)
    const { code, stderr } = await ours.apply('b')
    assert.is(code, 7)
    assert.match(stderr, 'b was placed before: commit ')
  }))

test('a fresh clone at an old commit does not dial what a later one records', () =>
  withClones(['a', 'b'], ['a'], async (ours, theirs) => {
    assert.is((await ours.apply('b')).code, 0)
    commit(ours)
    mustGit(theirs, 'fetch', '-q', 'origin')
    const { code, stderr } = await theirs.apply('b')
    assert.is(code, 7)
    assert.match(stderr, 'b was placed before: commit ')
    mustGit(theirs, 'merge', '-q', 'origin/main')
    assert.match((await theirs.apply('b')).stdout, 'Nothing to place')
  }))

test('last week’s commit with its lockfile rings nobody again', () =>
  withClones(['a', 'b'], ['a'], async (ours) => {
    assert.is((await ours.apply('b')).code, 0)
    commit(ours)
    mustGit(ours, 'checkout', '-q', 'HEAD~1')
    assert.not('b' in readEntries(ours.workspace))
    const { code, stdout } = await ours.apply('a', 'b')
    assert.is(code, 0)
    assert.match(stdout, 'Nothing to place')
  }))

test.run()
