import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stockTemplate } from '../helpers/callctl-workspace.js'
import { withRepository } from '../helpers/repository.js'
import { type FinishedStep, findStep, makePrograms, readWorkflow, runStep } from './workflows.js'

// The job that comments has no variable of the workspace, and must neither need one nor repeat one: a workspace that
// reads several, in several environments, is reviewed by their names.

const test = suite('comment workflow, environments')
const step = findStep(readWorkflow('comment'), 'Compare')

const environments = (production: string): string => `environments:
  staging:
    limits: { people: 5 }
    variables: { subject: "Staging {{env.TEAM}}" }
  production:
    limits: { people: ${production} }
    variables: { subject: "{{env.TEAM}}" }
`
const settings = (production: string, more = ''): string => `version: 1
env: [CALLBACK_URI, TEAM, ON_CALL${more}]
defaults: { callbackUri: "{{env.CALLBACK_URI}}" }
variables: { subject: none }
${environments(production)}`

const calls = (more = ''): string => `calls:
  old:
    uses: p2p-voip
    with: { userId: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501 }
${more}`
const page = (subject: string): string => `  page:
    uses: p2p-voip
    with: { userId: 4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02 }
    call: { subject: "${subject}" }
`

interface Reviewed extends FinishedStep {
  /** Undefined where there is none to post. */
  readonly text: string | undefined
}

/** What the job compares and would post of a change; its own environment has every variable. */
async function review(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<Reviewed> {
  let reviewed: Reviewed | undefined
  const files = { 'templates/p2p-voip.yaml': stockTemplate('p2p-voip'), ...before }
  await withRepository(files, async ({ folder, git, commit }) => {
    const base = git('rev-parse', 'HEAD')
    const head = commit(after)
    git('checkout', '-q', base.trim())
    const environment = {
      BASE: base.trim(),
      HEAD: head.trim(),
      CALLBACK_URI: 'https://geheim.contoso.com',
      TEAM: 'geheim',
      ON_CALL: 'geheim',
      GH_TOKEN: 'geheim',
    }
    const finished = await runStep(step, { cwd: folder, bin: makePrograms(join(folder, '..')), environment })
    const path = join(folder, 'review.md')
    reviewed = { ...finished, text: existsSync(path) ? readFileSync(path, 'utf8') : undefined }
  })
  assert.not.match(JSON.stringify(reviewed), 'geheim')
  return reviewed!
}

test('several variables in one call, none of which is set, are shown by their names', async () => {
  const {
    status,
    text = '',
    stderr,
  } = await review(
    { 'callctl.yaml': settings('50'), 'calls/a.yaml': calls() },
    { 'calls/a.yaml': calls(page('{{subject}}, {{env.TEAM}}: ask {{env.ON_CALL}}')) },
  )
  assert.is(status, 0, stderr)
  for (const name of ['CALLBACK_URI', 'TEAM', 'ON_CALL']) assert.match(text, `env ${name}`)
  assert.match(text, '4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02')
})

test('what depends on one that is not set is said, with its name, and there is a comment all the same', async () => {
  const {
    status,
    text = '',
    stderr,
  } = await review(
    { 'callctl.yaml': settings('50'), 'calls/a.yaml': calls() },
    { 'calls/a.yaml': calls(page('x').replace(' }', ', userName: "{{env.ON_CALL}}" }')) },
  )
  assert.is(status, 0, stderr)
  assert.match(text, 'env/unset')
  assert.match(text, 'ON_CALL')
})

test('each environment is reviewed, and what changes in one is said of that one', async () => {
  const {
    status,
    text = '',
    stderr,
  } = await review(
    { 'callctl.yaml': settings('50'), 'calls/a.yaml': calls(page('{{subject}}')) },
    { 'callctl.yaml': settings('5000') },
  )
  assert.is(status, 0, stderr)
  assert.match(text, 'production')
  assert.match(text, '5000')
})

test('a variable that is added is named, in every environment that there is', async () => {
  const {
    status,
    text = '',
    stderr,
  } = await review(
    { 'callctl.yaml': settings('50'), 'calls/a.yaml': calls() },
    { 'callctl.yaml': settings('50', ', REGION'), 'calls/a.yaml': calls(page('{{env.REGION}}')) },
  )
  assert.is(status, 0, stderr)
  assert.match(text, 'REGION')
})

test('one that proves who somebody is is refused, and the rest is reviewed', async () => {
  const {
    status,
    text = '',
    stderr,
  } = await review(
    { 'callctl.yaml': settings('50'), 'calls/a.yaml': calls() },
    { 'callctl.yaml': settings('50', ', AZURE_CLIENT_SECRET, GH_TOKEN'), 'calls/a.yaml': calls(page('x')) },
  )
  assert.is(status, 0, stderr)
  assert.match(text, 'env/name')
  assert.match(text, 'AZURE_CLIENT_SECRET')
})

test.run()
