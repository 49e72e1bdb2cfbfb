import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Location, Review } from '../../../src/model/review.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../../helpers/repository.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { group, groupCall, settings } from '../../review/review-files.js'
import { fakeHost } from '../fake-host.js'

const test = suite('cli/diff environments')

const callctl = (environments: string): string => `${settings}environments:\n${environments}`
const base = {
  'callctl.yaml': callctl('  staging: { variables: { more: [] }, limits: { people: 9 } }\n'),
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele']),
}

async function diff({ folder }: TestRepository, ...words: readonly string[]) {
  const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
  const code = await run(['diff', 'HEAD~1', 'HEAD', ...words], host)
  return { code, ...host.written }
}

async function review(repository: TestRepository, ...words: readonly string[]) {
  const { code, stdout } = await diff(repository, ...words, '--json')
  return { code, ...(JSON.parse(stdout) as Review) }
}

const withChange =
  (change: RepositoryFiles, work: (repository: TestRepository) => Promise<void>, before = {}) =>
  () =>
    withRepository({ ...base, ...before }, async (repository) => {
      repository.commit(change)
      await work(repository)
    })

const only = ({ environments = [] }: Review) => {
  assert.equal(
    environments.map(({ name }) => name),
    ['staging'],
  )
  return environments[0]!.review
}

/** The variable `more` rings people in an environment alone. */
const people = { 'calls/a.yaml': 'variables: { more: [] }\ncalls: {}\n' }
const ringsMore = {
  ...people,
  'calls/a.yaml': 'calls:\n  bridge: { uses: group, with: { people: "{{more}}" } }\n',
}
const quiet = `${settings}variables: { more: [{ id: adele-id, name: Adele }] }\n`
const silent = `${quiet}environments:\n  staging: { variables: { more: [{ id: adele-id, name: Adele }] } }\n`
const loud = `${quiet}environments:\n  staging: { variables: { more: [{ id: adele-id, name: Adele }, { id: megan-id, name: Megan }] } }\n`

test(
  'whom an environment alone rings is named in all formats that tell of rings, and counts for the exit code',
  withChange(
    { 'callctl.yaml': loud },
    async (repository) => {
      const found = await review(repository, '--detailed-exitcode')
      assert.is(found.code, 2)
      assert.is(found.totals.newPeople, 0)
      const more = only(found)
      assert.equal(
        more.rings?.flatMap((ring) => ring.people.filter(({ isNew }) => isNew).map(({ id }) => id)),
        ['megan-id'],
      )
      assert.is(more.totals.newPeople, 1)
      for (const format of ['text', 'markdown', 'html']) {
        const { stdout } = await diff(repository, '--format', format)
        assert.match(stdout, 'staging', format)
        assert.match(stdout, 'megan-id', format)
      }
      const { stdout } = await diff(repository, '--format', 'github')
      assert.match(stdout, 'In the environment staging: 1 person would newly be rung.')
    },
    { ...ringsMore, 'callctl.yaml': silent },
  ),
)

test(
  'with --env, that environment alone is reviewed',
  withChange(
    { 'callctl.yaml': loud },
    async (repository) => {
      const found = await review(repository, '--env', 'staging')
      assert.is(found.environments, undefined)
      assert.is(found.totals.newPeople, 1)
    },
    { ...ringsMore, 'callctl.yaml': silent },
  ),
)

test(
  'what an environment says as the usual review does is not said again',
  withChange({ 'calls/a.yaml': groupCall(['Adele', 'Megan']) }, async (repository) => {
    const found = await review(repository)
    assert.is(found.totals.newPeople, 1)
    assert.is(found.environments, undefined)
  }),
)

test(
  'limits and lints of an environment are guards',
  withChange(
    {
      'callctl.yaml': callctl(
        '  staging: { variables: { more: [] }, limits: { people: 900 }, lints: { lint/no-media: off } }\n',
      ),
    },
    async (repository) => {
      const found = await review(repository)
      assert.equal(found.guards, [])
      assert.equal(
        only(found).guards.map(({ name, isLooser }) => [name, isLooser]),
        [
          ['limits.people', true],
          ['lints.lint/no-media', true],
        ],
      )
    },
  ),
)

test(
  'a name that an environment alone may newly read is a guard',
  withChange(
    { 'callctl.yaml': callctl('  staging: { limits: { people: 9 }, env: [REGION] }\n') },
    async (repository) => {
      assert.equal(
        only(await review(repository)).guards.map(({ name, isLooser }) => [name, isLooser]),
        [['env.REGION', true]],
      )
    },
    { 'callctl.yaml': callctl('  staging: { limits: { people: 9 } }\n') },
  ),
)

test(
  'the lockfile of an environment is looked at',
  withChange(
    { 'calls.staging.lock.json': formatLockfile(lockfileOf({})) },
    async (repository) => {
      const more = only(await review(repository))
      assert.ok(more.record.some(({ address, effect }) => address === 'bridge' && effect === 'rings'))
      assert.equal(
        more.rings?.map(({ address, isNew }) => [address, isNew]),
        [['bridge', true]],
      )
    },
    {
      'calls.lock.json': formatLockfile(lockfileOf({ bridge: entryOf(1) })),
      'calls.staging.lock.json': formatLockfile(lockfileOf({ bridge: entryOf(1) })),
    },
  ),
)

test(
  'an environment that is new is compared with nothing, one that is gone rings nobody any more',
  withChange({ 'callctl.yaml': callctl('  live: { limits: { people: 9 } }\n') }, async (repository) => {
    const { environments = [], code } = await review(repository)
    assert.is(code, 0)
    assert.equal(
      environments.map(({ name, review: more }) => [name, more.calls.map(({ kind }) => kind)]),
      [
        ['live', ['added']],
        ['staging', ['removed']],
      ],
    )
  }),
)

test(
  'a lockfile of an environment that cannot be relied on is told, by the exit code too',
  withChange({ 'calls.staging.lock.json': '{' }, async (repository) => {
    const found = await review(repository)
    assert.is(found.code, 7)
    assert.ok(only(found).planProblem !== undefined)
  }),
)

test(
  'errors that an environment alone has are told, in SARIF too',
  withChange(
    { 'callctl.yaml': callctl('  staging: { defaults: { requestedModalities: 5 } }\n') },
    async (repository) => {
      const found = await review(repository)
      assert.is(found.code, 4)
      assert.equal(
        (only(found).diagnostics as unknown as { code: string; place: Location }[]).map(({ code, place }) => [
          code,
          place.file,
        ]),
        [['schema/type', 'callctl.yaml']],
      )
      const sarif = JSON.parse((await diff(repository, '--format', 'sarif')).stdout)
      assert.equal(
        sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId),
        ['schema/type'],
      )
    },
  ),
)

test(
  'names of people whom an environment alone rings are masked',
  withChange(
    { 'callctl.yaml': loud },
    async (repository) => {
      assert.not.match((await diff(repository)).stdout, 'Megan')
      assert.match((await diff(repository, '--show-people')).stdout, 'Megan')
    },
    { ...ringsMore, 'callctl.yaml': silent },
  ),
)

test.run()
