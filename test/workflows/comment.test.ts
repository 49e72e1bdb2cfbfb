import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stockTemplate } from '../helpers/callctl-workspace.js'
import { withRepository } from '../helpers/repository.js'
import { type FinishedStep, findStep, makePrograms, readWorkflow, runStep } from './workflows.js'

const test = suite('comment workflow')
const workflow = readWorkflow('comment')

/** Answers what ANSWER says, and keeps what it was told. Git asks it for credentials, and gets none. */
const gh = `#!/bin/sh
[ "$1" = api ] || exit 0
printf '%s\\n' "$@" >> "$HOME/asked"
printf '%s' "$ANSWER"
`

const settings = 'version: 1\ndefaults: { callbackUri: "https://bot.contoso.com/callback" }'

const callsOf = (id: string): string => `calls:
  page:
    uses: p2p-voip
    with: { userId: ${id} }
    call: { subject: "{{env.GH_TOKEN}}" }
`

/** `origin` has a branch `main`, a pull request from it, and the merge of both; the clone has what `main` has. */
async function withClone(
  work: (place: {
    clone: string
    home: string
    shas: { base: string; head: string; merge: string }
    run(name: string, environment?: Readonly<Record<string, string>>): Promise<FinishedStep>
  }) => Promise<void>,
): Promise<void> {
  const files = {
    'callctl.yaml': `${settings}\n`,
    'templates/p2p-voip.yaml': stockTemplate('p2p-voip'),
    'calls/old.yaml': callsOf('0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501')
      .replace('page', 'old')
      .replace(/ {4}call.*\n/, ''),
  }
  await withRepository(files, async ({ folder, git, commit }) => {
    git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    git('switch', '-q', '-c', 'change')
    const head = commit({
      'callctl.yaml': `${settings}\nenv: [GH_TOKEN]\n`,
      'calls/page.yaml': callsOf('4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02'),
    })
    git('switch', '-q', 'main')
    const base = commit({ 'README.md': 'newer\n' })
    git('switch', '-q', '-c', 'merged')
    git('merge', '-q', '--no-ff', '-m', 'merge', 'change')
    const merge = git('rev-parse', 'HEAD')
    git('switch', '-q', 'main')
    const home = join(folder, '..')
    const clone = join(home, 'clone')
    git('clone', '-q', '--single-branch', '--branch', 'main', `file://${folder}`, clone)
    const bin = makePrograms(home, { gh })
    const run = (name: string, environment: Readonly<Record<string, string>> = {}) =>
      runStep(findStep(workflow, name), {
        cwd: clone,
        bin,
        environment: { GH_TOKEN: 'geheim', ...environment },
      })
    await work({ clone, home, shas: { base, head, merge }, run })
  })
}

const sha = 'a'.repeat(40)

test('the pull request is found by its branch, whatever that is called', () =>
  withClone(async ({ home, run }) => {
    const HEAD_BRANCH = '$(touch out);`touch out`"\'; touch out #'
    const ANSWER = `number=7\nbase=${sha}\nhead=${sha}\nmerge=\n`
    const { status, outputs, stderr } = await run('Find the pull request', {
      HEAD_BRANCH,
      HEAD_OWNER: 'kim',
      HEAD_SHA: sha,
      ANSWER,
    })
    assert.is(status, 0, stderr)
    assert.equal(outputs, { number: '7', base: sha, head: sha, merge: '' })
    assert.ok(readFileSync(join(home, 'asked'), 'utf8').includes(`head=kim:${HEAD_BRANCH}\n`))
    assert.is(existsSync(join(home, 'clone', 'out')), false)
  }))

test('without an open pull request nothing more is done', () =>
  withClone(async ({ run }) => {
    const { status, outputs } = await run('Find the pull request', {
      HEAD_BRANCH: 'x',
      HEAD_OWNER: 'kim',
      HEAD_SHA: sha,
      ANSWER: '',
    })
    assert.is(status, 0)
    assert.equal(outputs, {})
  }))

test('the merge is compared, by objects alone', () =>
  withClone(async ({ clone, shas, run }) => {
    const { status, outputs, stderr } = await run('Fetch its objects', {
      BASE_SHA: shas.base,
      HEAD_SHA: shas.head,
      MERGE_SHA: shas.merge,
    })
    assert.is(status, 0, stderr)
    assert.equal(outputs, { base: shas.base, head: shas.merge })
    assert.is(existsSync(join(clone, 'calls', 'page.yaml')), false)
  }))

test('a merge of something else is not taken for this one', () =>
  withClone(async ({ shas, run }) => {
    for (const MERGE_SHA of ['', shas.base]) {
      const { status, outputs, stderr } = await run('Fetch its objects', {
        BASE_SHA: shas.base,
        HEAD_SHA: shas.head,
        MERGE_SHA,
      })
      assert.is(status, 0, stderr)
      assert.is(outputs['head'], shas.head)
    }
  }))

test('a definition cannot read the token that the job has', () =>
  withClone(async ({ clone, shas, run }) => {
    assert.is(
      (await run('Fetch its objects', { BASE_SHA: shas.base, HEAD_SHA: shas.head, MERGE_SHA: shas.merge }))
        .status,
      0,
    )
    const { status, stderr } = await run('Compare', { BASE: shas.base, HEAD: shas.merge })
    assert.is(status, 0, stderr)
    const text = readFileSync(join(clone, 'review.md'), 'utf8')
    assert.match(text, '<!-- callctl review -->\n\n**1 error in the definitions')
    assert.match(text, 'env/name')
    assert.not.match(text, 'geheim')
  }))

test('the comment that is there is updated, else one is made', () =>
  withClone(async ({ clone, home, run }) => {
    writeFileSync(join(clone, 'review.md'), 'x')
    const asked = (): readonly string[] => readFileSync(join(home, 'asked'), 'utf8').split('\n')
    assert.is((await run('Post', { NUMBER: '7', ANSWER: '' })).status, 0)
    assert.ok(asked().includes('POST'))
    assert.not.ok(asked().includes('PATCH'))
    assert.is((await run('Post', { NUMBER: '7', ANSWER: '31\n32\n' })).status, 0)
    assert.ok(asked().includes('repos/contoso/calls/issues/comments/31'))
    assert.ok(asked().includes('body=@review.md'))
  }))

test.run()
