import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { peerCalls } from '../helpers/callctl-workspace.js'
import { serverFor } from '../helpers/postgres.js'
import { type TestRepository, withRepository } from '../helpers/repository.js'
import { type SecureWorld, withSecureWorld } from '../helpers/secure-world.js'
import { type FinishedStep, findStep, makePrograms, readWorkflow, runStep } from './workflows.js'

const test = suite('apply workflow')
const workflow = readWorkflow('apply')
const { onServer, cluster } = serverFor(test)

interface Place {
  readonly world: SecureWorld
  /** What the workflow pushes to. */
  readonly origin: TestRepository
  readonly clone: string
  /** Runs a step, in this clone or another. */
  run(name: string, environment?: Readonly<Record<string, string>>, cwd?: string): Promise<FinishedStep>
  /** As actions/checkout leaves the branch for another run. */
  cloneAgain(name: string): string
}

const gh = '#!/bin/sh\nexit 0\n'

const withClone = (
  work: (place: Place) => Promise<void>,
  files: Readonly<Record<string, string>> = peerCalls(['a', 'b']),
): Promise<void> =>
  withSecureWorld({}, (world) =>
    withRepository({ ...files, '.gitignore': '.callctl/\nplan.*\n' }, async (origin) => {
      // A branch that is checked out cannot be pushed to.
      origin.git('switch', '-q', '-c', 'elsewhere')
      const home = join(origin.folder, '..')
      const bin = makePrograms(home, { gh })
      const cloneAgain = (name: string): string => {
        origin.git('clone', '-q', '--branch', 'main', `file://${origin.folder}`, join(home, name))
        return join(home, name)
      }
      const clone = cloneAgain('clone')
      const run: Place['run'] = (name, environment = {}, cwd = clone) =>
        runStep(findStep(workflow, name), { cwd, bin, environment: { ...world.environment, ...environment } })
      await work({ world, origin, clone, run, cloneAgain })
    }),
  )

/** As `callctl apply` leaves it; the attempts of a real run would be in git's folder. */
const lockfile = (address: string): string =>
  `${JSON.stringify(
    {
      lockfileVersion: 1,
      lineage: 'c0a7ad47-4b1a-4c1c-9a47-94c3a2a77c11',
      calls: {
        [address]: {
          state: 'placed',
          callId: '091af392-f993-4c57-a027-569bba43b6ed',
          digest: 'a'.repeat(64),
          attempt: '3d56e343-3479-4887-9b82-0029fd5bf6ab',
          endpoint: '/v1.0/communications/calls',
          placedAt: '2026-11-23T17:48:41.855Z',
          evidence: 'http-201',
        },
      },
    },
    null,
    2,
  )}\n`

/** As the runner says it of the step before. */
const claimed = { CLAIMED: 'success' }

const branchesOf = ({ git }: TestRepository): readonly string[] =>
  git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')

test('a plan that rings is saved and shown; one that does not goes no further', () =>
  withClone(async ({ clone, run }) => {
    const { status, outputs, summary, stderr } = await run('Plan')
    assert.is(status, 0, stderr)
    assert.equal(outputs, { rings: 'true' })
    assert.match(summary, /^ {4}2 calls would ring 2 people/)
    assert.match(readFileSync(join(clone, 'plan.json'), 'utf8'), '"place"')
    writeFileSync(join(clone, 'calls', 'calls.yaml'), 'calls: { a: { uses: nothing } }\n')
    assert.is((await run('Plan')).status, 4)
  }))

test('one run at a time holds the claim, though both stand at the same commit', () =>
  withClone(async ({ origin, run }) => {
    assert.is((await run('Claim')).status, 0)
    assert.ok(branchesOf(origin).includes('callctl-applying'))
    for (const GITHUB_RUN_ID of ['4711', '4712']) {
      const second = await run('Claim', { GITHUB_RUN_ID, GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z' })
      assert.is(second.status, 10)
      assert.match(second.stdout, '::error title=A person must look::')
    }
  }))

test('the lockfile is committed to main, and the claim is given back', () =>
  withClone(async ({ origin, clone, run }) => {
    assert.is((await run('Claim')).status, 0)
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    const { status, stderr } = await run('Commit the lockfile', claimed)
    assert.is(status, 0, stderr)
    assert.match(origin.git('show', 'main:calls.lock.json'), '091af392')
    assert.not.ok(branchesOf(origin).includes('callctl-applying'))
  }))

test('what was merged meanwhile stays', () =>
  withClone(async ({ origin, clone, run }) => {
    assert.is((await run('Claim')).status, 0)
    origin.git('switch', '-q', 'main')
    origin.commit({ 'README.md': 'merged meanwhile\n' })
    origin.git('switch', '-q', 'elsewhere')
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    const { status, stderr } = await run('Commit the lockfile', claimed)
    assert.is(status, 0, stderr)
    assert.match(origin.git('show', 'main:calls.lock.json'), '091af392')
    assert.is(origin.git('show', 'main:README.md'), 'merged meanwhile')
  }))

test('calls are planned, placed, recorded; a later run places nothing', () =>
  withClone(async ({ world, origin, run, cloneAgain }) => {
    for (const name of ['Plan', 'Claim', 'Apply', 'Commit the lockfile']) {
      const { status, stdout, stderr } = await run(name, claimed)
      assert.is(status, 0, `${name}: ${stdout}${stderr}`)
    }
    assert.is(world.graph.requests.length, 2)
    assert.match(origin.git('show', 'main:calls.lock.json'), '"call-2"')
    const { status, outputs } = await run('Plan', {}, cloneAgain('later'))
    assert.is(status, 0)
    assert.equal(outputs, {})
  }))

test('where main is protected, the ids go to a branch, and until it is merged nothing is placed', () =>
  withClone(async ({ world, origin, run, cloneAgain }) => {
    origin.git('switch', '-q', 'main')
    origin.git('config', 'receive.denyCurrentBranch', 'refuse')
    for (const name of ['Plan', 'Claim', 'Apply']) assert.is((await run(name)).status, 0)
    const { status, stdout, stderr } = await run('Commit the lockfile', claimed)
    assert.is(status, 0, stderr)
    assert.match(stdout, '::error title=Merge the lockfile::')
    assert.match(origin.git('show', 'callctl-lockfile-4711:calls.lock.json'), '"call-2"')
    assert.not.ok(branchesOf(origin).includes('callctl-applying'))
    const later = cloneAgain('later')
    assert.equal((await run('Plan', {}, later)).outputs, { rings: 'true' })
    assert.equal((await run('Apply', {}, later)).outputs, { status: '7' })
    assert.is(world.graph.requests.length, 2)
  }))

onServer('with a shared record there is no mark, and a lockfile that is behind stops nobody', () => {
  const files = peerCalls(['a', 'b'])
  const settings = `${files['callctl.yaml']}record: { kind: postgres }\n`
  return withClone(
    async ({ world, origin, clone, run, cloneAgain }) => {
      const database = `workflow_${process.hrtime.bigint()}`
      await cluster().sql(`create database ${database}`)
      const shared = { CALLCTL_RECORD: cluster().url(database), CLAIMED: 'skipped' }
      const init = {
        run: 'callctl record init && git add calls.lock.json && git commit -qm init && git push -q',
      }
      const bin = join(clone, '..', 'bin')
      const place = { cwd: clone, bin, environment: { ...world.environment, ...shared } }
      for (const words of ['user.name kim', 'user.email kim@contoso.com'])
        await runStep({ run: `git config ${words}` }, place)
      const made = await runStep(init, place)
      assert.is(made.status, 0, made.stderr)
      // Nobody can push to main from here on.
      origin.git('switch', '-q', 'main')
      origin.git('config', 'receive.denyCurrentBranch', 'refuse')
      for (const name of ['Plan', 'Apply', 'Commit the lockfile']) {
        const { status, stdout, stderr } = await run(name, shared)
        assert.is(status, 0, `${name}: ${stdout}${stderr}`)
      }
      assert.equal(
        branchesOf(origin).filter((name) => name.startsWith('callctl')),
        ['callctl-lockfile-4711'],
      )
      origin.commit(peerCalls(['a', 'b', 'c']))
      origin.commit({ 'callctl.yaml': settings })
      const later = cloneAgain('later')
      assert.equal((await run('Plan', shared, later)).outputs, { rings: 'true' })
      const applied = await run('Apply', shared, later)
      assert.equal(applied.outputs, { status: '0' }, applied.stderr)
      assert.is(world.graph.requests.length, 3)
      // A record that lacks what the lockfile knows was set back.
      await runStep({ run: 'callctl lock rebuild' }, { ...place, cwd: later })
      await cluster().sql('delete from callctl.outcome; delete from callctl.claim', database)
      const fresh = cloneAgain('fresh')
      cpSync(join(later, 'calls.lock.json'), join(fresh, 'calls.lock.json'))
      assert.is((await run('Plan', shared, fresh)).status, 7)
    },
    { ...files, 'callctl.yaml': settings },
  )
})

test('a plan that was used is refused, should the job be repeated all the same', () =>
  withClone(async ({ world, clone, run, cloneAgain }) => {
    for (const name of ['Plan', 'Claim', 'Apply', 'Commit the lockfile']) await run(name, claimed)
    const later = cloneAgain('later')
    cpSync(join(clone, 'plan.json'), join(later, 'plan.json'))
    assert.equal((await run('Apply', {}, later)).outputs, { status: '6' })
    assert.is(world.graph.requests.length, 2)
  }))

test('where no lockfile can be saved at all, the claim stays', () =>
  withClone(async ({ origin, clone, run }) => {
    assert.is((await run('Claim')).status, 0)
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    origin.write('.git/hooks/pre-receive', '#!/bin/sh\nexit 1\n')
    await runStep(
      { run: 'chmod +x .git/hooks/pre-receive' },
      { cwd: origin.folder, bin: join(clone, '..', 'bin') },
    )
    assert.is.not((await run('Commit the lockfile', claimed)).status, 0)
    assert.ok(branchesOf(origin).includes('callctl-applying'))
  }))

test('an unknown outcome fails with the word that a person must look', () =>
  withClone(async ({ run }) => {
    for (const STATUS of ['10', '']) {
      const { status, stdout } = await run('Tell how it ended', { STATUS })
      assert.is(status, 10)
      assert.match(stdout, /^::error title=A person must look::[^\n]*\n$/)
    }
    assert.is((await run('Tell how it ended', { STATUS: '0' })).status, 0)
    assert.is((await run('Tell how it ended', { STATUS: '9' })).status, 9)
  }))

test.run()
