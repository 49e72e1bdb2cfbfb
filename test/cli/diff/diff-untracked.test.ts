import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Review } from '../../../src/model/review.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type RepositoryFiles, withRepository } from '../../helpers/repository.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { fakeHost } from '../fake-host.js'

// A list that git ignores lies in no commit: a review says that it does not see it, and sees the rest.

const test = suite('cli/diff untracked')

const targets = '[{ identity: { user: { id: 00000000-0000-4000-8000-000000000001 } } }]'
const call = `{ callbackUri: "https://bot.contoso.com/callback", subject: "{{p.id}}", targets: ${targets} }`
const listed = (
  more = ', untracked: true',
  file = 'people.csv',
) => `data: { people: { file: ../data/${file}${more} } }
calls:
  "ring-{{p.id}}":
    forEach: "{{people}}"
    as: p
    call: ${call}
`
const other = (subject: string) => `calls:\n  other: { call: ${call.replace('{{p.id}}', subject)} }\n`
const base = {
  'callctl.yaml': 'version: 1\n',
  '.gitignore': 'data/\n',
  'calls/list.yaml': listed(),
  'calls/other.yaml': other('x'),
}

async function review<Result>(
  change: RepositoryFiles,
  take: (finished: { code: number; stdout: string; stderr: string }) => Result,
  { before = {}, words = ['--json'] }: { before?: RepositoryFiles; words?: readonly string[] } = {},
): Promise<Result> {
  let result: Result | undefined
  await withRepository({ ...base, ...before }, async ({ folder, commit }) => {
    commit(change)
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
    const code = await run(['diff', 'HEAD~1', 'HEAD', ...words], host)
    result = take({ code, ...host.written })
  })
  return result!
}
const read = ({ code, stdout }: { code: number; stdout: string }) => ({
  code,
  ...(JSON.parse(stdout) as Review),
})

test('a change of something else is reviewed, and the list is named as not seen', async () => {
  const found = await review({ 'calls/other.yaml': other('y') }, read)
  assert.is(found.code, 0)
  assert.is(found.planProblem, undefined)
  assert.equal(found.head.unseen, ['data/people.csv'])
  assert.is(found.head.errors, 0)
  assert.equal(
    found.calls.map(({ address }) => address),
    ['other'],
  )
  assert.equal(found.diagnostics, [])
})

test('a list that becomes untracked is a guard, and its calls are not said to be removed', async () => {
  const before = {
    'calls/list.yaml': listed('', 'staff.csv'),
    '.gitignore': '',
    'data/staff.csv': 'id\nada\n',
  }
  const lockfile = formatLockfile(lockfileOf({ 'ring-ada': entryOf(1) }))
  const found = await review({ 'calls/list.yaml': listed() }, read, {
    before: { ...before, 'calls.lock.json': lockfile },
  })
  assert.is(found.code, 0)
  assert.equal(found.calls, [])
  assert.ok(found.guards.some(({ name }) => name === 'data.people.untracked'))
  assert.equal(found.head.unseen, ['data/people.csv'])
})

for (const [format, text] of [
  ['text', /data\/people\.csv/],
  ['markdown', /1 untracked list in no commit/],
  ['html', /1 untracked list/],
  ['github', /1 untracked list in no commit/],
] as const) {
  test(`as ${format} it is said, even where nothing else changes`, () =>
    review(
      { 'README.md': 'x\n' },
      ({ code, stdout }) => {
        assert.is(code, 0)
        assert.match(stdout, text)
      },
      { words: ['--format', format] },
    ))
}

test('whoever asks by the exit code is told that somebody may be rung', () =>
  review({ 'README.md': 'x\n' }, ({ code }) => assert.is(code, 2), { words: ['--detailed-exitcode'] }))

test('a list that is read as a whole, and one in YAML, are not seen either', async () => {
  const whole =
    'data: { staff: { file: ../data/staff.yaml, untracked: true } }\ncalls:\n  all: { call: { callbackUri: "https://bot.contoso.com/callback", subject: "{{join staff \' \'}}" } }\n'
  const found = await review({ 'calls/whole.yaml': whole }, read)
  assert.is(found.code, 0, JSON.stringify(found.diagnostics))
  assert.equal(found.head.unseen, ['data/people.csv', 'data/staff.yaml'])
})

test('without leave a list that is not there is an error, as in every other command', async () => {
  const found = await review({ 'calls/list.yaml': listed('') }, read)
  assert.is(found.code, 4)
  assert.is(found.head.unseen, undefined)
})

test('where the definitions are compiled to be sent, a missing list is an error, with leave too', () =>
  withRepository(base, async ({ folder }) => {
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
    assert.is(await run(['validate'], host), 4)
  }))

test('a list that was committed all the same is reviewed', async () => {
  await withRepository(base, async ({ folder, git, write, commit }) => {
    write('data/people.csv', 'id\nada\n')
    git('add', '-f', 'data/people.csv')
    commit({ 'README.md': 'x\n' })
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
    assert.is(await run(['diff', 'HEAD~1', 'HEAD', '--json'], host), 0)
    const found = JSON.parse(host.written.stdout) as Review
    assert.is(found.head.unseen, undefined)
    assert.equal(found.base.unseen, ['data/people.csv'])
    assert.equal(
      found.calls.map(({ address, kind }) => [address, kind]),
      [['ring-ada', 'added']],
    )
  })
})

test.run()
