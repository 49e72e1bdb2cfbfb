import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { findStep, jobsOf, readWorkflow, stepsOf, workflowTexts } from './workflows.js'

const test = suite('workflows')
const names = ['apply', 'comment', 'review']
const workflows = names.map(readWorkflow)
const [apply, comment, review] = workflows as [
  ReturnType<typeof readWorkflow>,
  ReturnType<typeof readWorkflow>,
  ReturnType<typeof readWorkflow>,
]

test('these are all workflows', () => {
  assert.equal(
    [...workflowTexts().keys()].sort(),
    names.map((name) => `${name}.yml`),
  )
})

test('each begins when it should, and none on pull_request_target', () => {
  assert.equal(Object.keys(review.on), ['pull_request'])
  assert.equal(comment.on, { workflow_run: { workflows: ['review'], types: ['completed'] } })
  assert.equal(apply.on, {
    push: { branches: ['main'], paths: ['calls/**', 'templates/**', 'data/**', 'callctl.yaml'] },
  })
})

test('each job may do only what it is for', () => {
  assert.equal(
    workflows.map(({ permissions }) => permissions),
    [{}, {}, { contents: 'read' }],
  )
  const ofJobs = workflows.flatMap((workflow) =>
    jobsOf(workflow).map(([name, { permissions }]) => [name, permissions ?? workflow.permissions]),
  )
  assert.equal(Object.fromEntries(ofJobs), {
    plan: { contents: 'read' },
    apply: { contents: 'write', 'id-token': 'write' },
    forget: { actions: 'write' },
    comment: { contents: 'read', 'pull-requests': 'write' },
    review: { contents: 'read' },
  })
})

test('no workflow knows a secret but one password, and the job’s token goes to single steps by their environment', () => {
  for (const [name, text] of workflowTexts()) {
    const isApply = name === 'apply.yml'
    const password = '          PGPASSWORD: ${' + '{ secrets.CALLCTL_RECORD_PASSWORD }}'
    const lines = text.split('\n').filter((line) => /\bsecrets\b\s*[.[]/.test(line))
    assert.equal(lines, isApply ? [password, password, password] : [], name)
    const uses = text.match(/\$\{\{ github\.token \}\}/g)?.length ?? 0
    assert.is(text.match(/^ {10}GH_TOKEN: \$\{\{ github\.token \}\}$/gm)?.length ?? 0, uses, name)
  }
  assert.not.match(workflowTexts().get('review.yml')!, /GH_TOKEN/)
})

test('no script holds an expression: what others typed comes by the environment', () => {
  for (const workflow of workflows)
    for (const { run = '' } of stepsOf(workflow)) assert.not.match(run, '${' + '{')
})

test('actions are GitHub’s own, by major version', () => {
  const used = workflows.flatMap(stepsOf).flatMap(({ uses }) => uses ?? [])
  for (const name of used) assert.match(name, /^actions\/[a-z-]+@v\d+$/)
})

test('no checkout leaves a credential behind', () => {
  const checkouts = workflows.flatMap(stepsOf).filter(({ uses }) => uses?.startsWith('actions/checkout'))
  assert.is(checkouts.length, 4)
  for (const step of checkouts) assert.is(step.with?.['persist-credentials'], false)
  for (const step of checkouts) assert.is(step.with?.['fetch-depth'], 0)
})

test('every job ends in time, and its scripts stop at the first error', () => {
  for (const workflow of workflows) {
    assert.is(workflow.defaults.run.shell, 'bash')
    for (const [name, job] of jobsOf(workflow)) assert.type(job['timeout-minutes'], 'number', name)
  }
})

test('every script is bash', () => {
  for (const { run } of workflows.flatMap(stepsOf)) {
    if (run === undefined) continue
    const { status, stderr } = spawnSync('bash', ['-n', '-c', run], { encoding: 'utf8' })
    assert.is(status, 0, stderr)
  }
})

test('a review may be replaced by a newer one; an apply is never stopped', () => {
  assert.is(review.concurrency['cancel-in-progress'], true)
  assert.equal(apply.concurrency, { group: 'callctl-apply', 'cancel-in-progress': false })
})

test('without a tenant nothing is applied, and a second attempt applies nothing', () => {
  const { plan, apply: job, forget } = apply.jobs
  assert.is(plan!.if, "vars.AZURE_CLIENT_ID != '' && github.run_attempt == 1")
  assert.is(job!.if, "needs.plan.outputs.rings == 'true' && github.run_attempt == 1")
  assert.is(job!.environment, 'calls')
  assert.equal([job!.needs, forget!.needs], ['plan', ['plan', 'apply']])
})

test('applying reads the branch as it is now', () => {
  const checkouts = stepsOf(apply).filter(({ uses }) => uses?.startsWith('actions/checkout'))
  for (const step of checkouts) assert.is(step.with?.['ref'], 'main')
})

test('the saved plan alone is applied, and it is kept no longer than needed', () => {
  assert.match(findStep(apply, 'Apply').run!, 'callctl apply plan.json --yes')
  const upload = stepsOf(apply).find(({ uses }) => uses?.startsWith('actions/upload-artifact'))
  assert.equal(upload!.with, { name: 'plan', path: 'plan.json', 'retention-days': 1 })
})

test('whatever became of the calls, the lockfile is committed', () => {
  const whatever = "always() && (steps.claim.outcome == 'success' || vars.CALLCTL_RECORD != '')"
  for (const name of ['Commit the lockfile', 'Tell how it ended'])
    assert.is(findStep(apply, name).if, whatever)
})

test('the branch is the mark of a run where the record is not shared', () => {
  assert.is(findStep(apply, 'Claim').if, "vars.CALLCTL_RECORD == ''")
})

test('the workflow that may comment checks out its own branch, and runs nothing of the pull request', () => {
  const checkout = stepsOf(comment).find(({ uses }) => uses?.startsWith('actions/checkout'))
  assert.is(checkout!.with?.['ref'], undefined)
  assert.is(checkout!.with?.['repository'], undefined)
  for (const { name, run = '' } of stepsOf(comment)) {
    assert.not.match(run, /\bgit (?:checkout|switch|worktree|merge(?!-base)|reset|restore|submodule)\b/)
    if (name !== 'Install callctl') assert.not.match(run, /\b(?:npm|npx|node|sh|bash|eval|source)\b/)
  }
  assert.not.match(workflowTexts().get('comment.yml')!, /download-artifact/)
})

test('where definitions of a pull request are compiled beside a token, the environment is empty', () => {
  const { env, run } = findStep(comment, 'Compare')
  assert.equal(Object.keys(env!), ['BASE', 'HEAD'])
  assert.match(run!, /env -i PATH="\$PATH" HOME="\$HOME" \\\n {2}callctl diff "\$BASE" "\$HEAD"/)
})

/** Every script below a value of the pipeline, by the names that tasks have for it. */
function scriptsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    (name === 'bash' || name === 'inlineScript') && typeof each === 'string' ? [each] : scriptsIn(each),
  )
}

test('the pipeline for Azure DevOps is YAML, and its scripts stop at the first error', () => {
  const scripts = scriptsIn(parse(readFileSync('azure-pipelines.yml', 'utf8')))
  assert.is(scripts.length, 11)
  for (const script of scripts) {
    const { status, stderr } = spawnSync('bash', ['-n', '-c', script], { encoding: 'utf8' })
    assert.is(status, 0, stderr)
    assert.ok(script.trim().split('\n').length === 1 || /^set -e\n|status=\$\?/m.test(script), script)
  }
})

test.run()
