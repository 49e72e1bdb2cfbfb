import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { peerCalls } from '../helpers/callctl-workspace.js'
import { type TestRepository, withRepository } from '../helpers/repository.js'
import { findStep, makePrograms, readWorkflow, runStep } from './workflows.js'

const test = suite('apply workflow')
const workflow = readWorkflow('apply')

interface Place {
  /** What the workflow pushes to. */
  readonly origin: TestRepository
  readonly clone: string
  run(name: string, environment?: Readonly<Record<string, string>>): ReturnType<typeof runStep>
}

const gh = '#!/bin/sh\nexit 0\n'

async function withClone(work: (place: Place) => void): Promise<void> {
  await withRepository({ ...peerCalls(['a', 'b']), '.gitignore': '.callctl/\n' }, (origin) => {
    // A branch that is checked out cannot be pushed to.
    origin.git('switch', '-q', '-c', 'elsewhere')
    const home = join(origin.folder, '..')
    const clone = join(home, 'clone')
    origin.git('clone', '-q', '--branch', 'main', `file://${origin.folder}`, clone)
    const bin = makePrograms(home, { gh })
    const run: Place['run'] = (name, environment = {}) =>
      runStep(findStep(workflow, name), { cwd: clone, bin, environment })
    work({ origin, clone, run })
  })
}

/** As `callctl apply` leaves it; the attempts of a real run would be in git's folder. */
const lockfile = (readCall: string): string =>
  `${JSON.stringify(
    {
      lockfileVersion: 1,
      lineage: 'c0a7ad47-4b1a-4c1c-9a47-94c3a2a77c11',
      calls: {
        [readCall]: {
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

const branchesOf = ({ git }: TestRepository): readonly string[] =>
  git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')

test('a plan that rings is saved and shown; one that does not goes no further', () =>
  withClone(({ clone, run }) => {
    const { status, outputs, summary, stderr } = run('Plan')
    assert.is(status, 0, stderr)
    assert.equal(outputs, { rings: 'true' })
    assert.match(summary, /^ {4}2 calls would ring 2 people/)
    assert.match(readFileSync(join(clone, 'plan.json'), 'utf8'), '"place"')
    writeFileSync(join(clone, 'calls', 'calls.yaml'), 'calls: { a: { uses: nothing } }\n')
    assert.is(run('Plan').status, 4)
  }))

test('one run at a time holds the claim, though both stand at the same commit', () =>
  withClone(({ origin, run }) => {
    assert.is(run('Claim').status, 0)
    assert.ok(branchesOf(origin).includes('callctl-applying'))
    for (const GITHUB_RUN_ID of ['4711', '4712']) {
      const second = run('Claim', { GITHUB_RUN_ID, GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z' })
      assert.is(second.status, 10)
      assert.match(second.stdout, '::error title=A person must look::')
    }
  }))

test('the lockfile is committed to main, and the claim is given back', () =>
  withClone(({ origin, clone, run }) => {
    assert.is(run('Claim').status, 0)
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    const { status, stderr } = run('Commit the lockfile')
    assert.is(status, 0, stderr)
    assert.match(origin.git('show', 'main:calls.lock.json'), '091af392')
    assert.not.ok(branchesOf(origin).includes('callctl-applying'))
  }))

test('what was merged meanwhile stays', () =>
  withClone(({ origin, clone, run }) => {
    assert.is(run('Claim').status, 0)
    origin.git('switch', '-q', 'main')
    origin.commit({ 'README.md': 'merged meanwhile\n' })
    origin.git('switch', '-q', 'elsewhere')
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    const { status, stderr } = run('Commit the lockfile')
    assert.is(status, 0, stderr)
    assert.match(origin.git('show', 'main:calls.lock.json'), '091af392')
    assert.is(origin.git('show', 'main:README.md'), 'merged meanwhile')
  }))

test('where main is protected, the ids go to a branch, and until it is merged nothing is planned', () =>
  withClone(({ origin, clone, run }) => {
    assert.is(run('Claim').status, 0)
    origin.git('config', 'receive.denyCurrentBranch', 'refuse')
    origin.git('switch', '-q', 'main')
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    const { status, stdout, stderr } = run('Commit the lockfile')
    assert.is(status, 0, stderr)
    assert.match(stdout, '::error title=Merge the lockfile::')
    assert.match(origin.git('show', 'callctl-lockfile-4711:calls.lock.json'), '091af392')
    assert.not.ok(branchesOf(origin).includes('callctl-applying'))
    origin.git('switch', '-q', 'elsewhere')
    const again = join(clone, '..', 'again')
    origin.git('clone', '-q', '--branch', 'main', `file://${origin.folder}`, again)
    const next = runStep({ run: 'callctl apply calls/ --yes' }, { cwd: again, bin: join(clone, '..', 'bin') })
    assert.is(next.status, 7, next.stdout + next.stderr)
  }))

test('where no lockfile can be saved at all, the claim stays', () =>
  withClone(({ origin, clone, run }) => {
    assert.is(run('Claim').status, 0)
    writeFileSync(join(clone, 'calls.lock.json'), lockfile('a'))
    origin.write('.git/hooks/pre-receive', '#!/bin/sh\nexit 1\n')
    runStep({ run: 'chmod +x .git/hooks/pre-receive' }, { cwd: origin.folder, bin: join(clone, '..', 'bin') })
    assert.is.not(run('Commit the lockfile').status, 0)
    assert.ok(branchesOf(origin).includes('callctl-applying'))
  }))

test('an unknown outcome fails with the word that a person must look', () =>
  withClone(({ run }) => {
    for (const STATUS of ['10', '']) {
      const { status, stdout } = run('Tell how it ended', { STATUS })
      assert.is(status, 10)
      assert.match(stdout, /^::error title=A person must look::[^\n]*\n$/)
    }
    assert.is(run('Tell how it ended', { STATUS: '0' }).status, 0)
    assert.is(run('Tell how it ended', { STATUS: '9' }).status, 9)
  }))

test.run()
