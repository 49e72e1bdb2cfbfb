import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeWorkspace } from './workspace.mjs'

const counts = [1000, 10_000]

/** Two revisions compared, against compiling one: twice that is compiling both, four times that the most it may be. */
export const diff = {
  name: 'diff',
  words: 'comparing two revisions',
  prepare: (setting) => ({ groups: counts.map((count) => diffGroup(count, setting)) }),
}

function diffGroup(count, { folder, bundles }) {
  const cwd = makeWorkspace(join(folder, `diff-${count}`), count)
  const [template, call] = ['templates/bridge.yaml', 'calls/service-00000.yaml'].map((path) =>
    join(cwd, path),
  )
  const commits = ['nothing', 'one call', 'all calls'].map((what) => {
    if (what === 'one call') replaceIn(call, 'shift 0"', 'shift zero"')
    if (what === 'all calls') replaceIn(template, 'welcome.wav', 'hello.wav')
    return { what, commit: commitAll(cwd) }
  })
  const [{ path }] = bundles
  const compile = { name: 'callctl compile', command: { words: [path, 'compile'], cwd } }
  const contenders = bundles.flatMap((bundle) =>
    commits.map(({ what, commit }) => ({
      name: `${bundle.label} diff, ${what} changed`,
      command: { words: [bundle.path, 'diff', commits[0].commit, commit], cwd },
    })),
  )
  return { title: `diff ${count}`, contenders: [compile, ...contenders] }
}

/** What a review of every call takes, which is as large as all of them are, twice. */
export const diffMemory = {
  name: 'P10',
  words: 'memory of `diff --json` of 10,000 calls that all changed',
  prepare({ folder, bundles }) {
    const cwd = makeWorkspace(join(folder, 'diff-memory'), 10_000)
    const before = commitAll(cwd)
    replaceIn(join(cwd, 'templates', 'bridge.yaml'), 'welcome.wav', 'hello.wav')
    const after = commitAll(cwd)
    const contenders = bundles.map(({ label, path }) => ({
      name: `${label} diff --json`,
      command: { words: [path, 'diff', before, after, '--json'], cwd },
    }))
    return { groups: [{ title: 'diff of 10000 changed calls, as JSON', contenders }] }
  },
}

function replaceIn(path, from, to) {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

function commitAll(cwd) {
  const user = ['-c', 'user.name=kim', '-c', 'user.email=kim@contoso.com']
  git(cwd, 'init', '-q', '-b', 'main')
  git(cwd, 'add', '-A')
  git(cwd, ...user, 'commit', '-q', '--allow-empty', '-m', 'bench')
  return git(cwd, 'rev-parse', 'HEAD').trim()
}

function git(cwd, ...words) {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`)
  return stdout
}
