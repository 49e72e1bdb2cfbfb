import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestRepository, withRepository } from '../helpers/repository.js'
import { type FinishedStep, makePrograms, readWorkflow, runStep, stepsOf } from './workflows.js'

const test = suite('review workflow')

/** As actions/checkout leaves it: a merge of the pull request, whose first parent is the branch merged into. */
async function withPullRequest(
  change: (repository: TestRepository) => Promise<void> | void,
  work: (run: (name: string) => Promise<FinishedStep>, folder: string) => Promise<void>,
): Promise<void> {
  await withRepository({ 'README.md': 'calls\n' }, async (repository) => {
    const { folder, git, commit } = repository
    for (const name of ['callctl.yaml', 'templates', 'calls', 'compiled'])
      cpSync(join(process.cwd(), name), join(folder, name), { recursive: true })
    commit()
    git('switch', '-q', '-c', 'change')
    await change(repository)
    commit()
    git('switch', '-q', 'main')
    git('merge', '-q', '--no-ff', '-m', 'merge', 'change')
    const bin = makePrograms(join(folder, '..'))
    const steps = new Map(stepsOf(readWorkflow('review')).map((step) => [step.name, step]))
    await work((name) => runStep(steps.get(name)!, { cwd: folder, bin }), folder)
  })
}

const call = `calls:
  page-lynne:
    uses: p2p-voip
    with: { userId: 2c4f6d80-71b9-4e35-9a08-d6b3f15e7c29, userName: Lynne Robbins }
`

test('a good pull request passes every step, and the summary says who would be rung', () =>
  withPullRequest(
    async ({ write, folder }) => {
      write('calls/page.yaml', call)
      const compile = { name: 'compile', run: 'callctl compile --out compiled' }
      assert.is((await runStep(compile, { cwd: folder, bin: makePrograms(join(folder, '..')) })).status, 0)
    },
    async (run, folder) => {
      for (const name of ['Validate', 'Compiled payloads are committed', 'Test the definitions']) {
        const { status, stdout, stderr } = await run(name)
        assert.is(status, 0, `${name}: ${stdout}${stderr}`)
      }
      const { status, summary, stderr } = await run('Show who would be rung')
      assert.is(status, 0, stderr)
      assert.match(summary, /^<!-- callctl review -->\n\n\*\*1 call would newly ring 1 person\./)
      assert.match(summary, '- **new** `page-lynne` (peer-to-peer, `p2p-voip`): rings 1 person')
      assert.match(readFileSync(join(folder, 'review.html'), 'utf8'), 'page-lynne')
    },
  ))

test('compiled payloads that were not committed fail', () =>
  withPullRequest(
    ({ write }) => write('calls/page.yaml', call),
    async (run) => {
      const { status, stderr } = await run('Compiled payloads are committed')
      assert.is(status, 4)
      assert.match(stderr, 'missing: page-lynne.json')
    },
  ))

test('a pull request with errors fails, and still has its summary', () =>
  withPullRequest(
    ({ write }) => write('calls/page.yaml', call.replace('p2p-voip', 'p2p-vip')),
    async (run, folder) => {
      const validated = await run('Validate')
      assert.is(validated.status, 4)
      assert.match(validated.stdout, '::error file=calls/page.yaml,line=3,')
      const { status, summary } = await run('Show who would be rung')
      assert.is(status, 4)
      assert.match(summary, '**1 error in the definitions')
      assert.ok(existsSync(join(folder, 'review.html')))
    },
  ))

test.run()
