import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Review } from '../../../src/model/review.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type RepositoryFiles, withRepository } from '../../helpers/repository.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { group, groupCall } from '../../review/review-files.js'
import { fakeHost } from '../fake-host.js'

// A reviewer has none of the variables that whoever applies has: the review is whole all the same, and tells nothing
// of what it cannot know.

const test = suite('cli/diff unset')

const settings = `version: 1
env: [AZURE_TENANT_ID, CALLBACK_URI, TOPIC]
tenantId: "{{env.AZURE_TENANT_ID}}"
defaults: { callbackUri: "{{env.CALLBACK_URI}}" }
`
const base = { 'callctl.yaml': settings, 'templates/group.yaml': group, 'calls/a.yaml': groupCall(['Adele']) }
const set = {
  AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  CALLBACK_URI: 'https://bot.contoso.com/callback',
  TOPIC: 'x',
}

const review = (
  change: RepositoryFiles,
  environment: Readonly<Record<string, string>> = {},
  before: RepositoryFiles = {},
) =>
  withReview(change, before, environment, ['--json'], ({ code, stdout, stderr }) => {
    assert.is(stderr, '')
    return { code, ...(JSON.parse(stdout) as Review) }
  })

async function withReview<Result>(
  change: RepositoryFiles,
  before: RepositoryFiles,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  take: (finished: { code: number; stdout: string; stderr: string }) => Result,
): Promise<Result> {
  let result: Result | undefined
  await withRepository({ ...base, ...before }, async ({ folder, commit }) => {
    commit(change)
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'], ...environment } })
    const code = await run(['diff', 'HEAD~1', 'HEAD', ...words], host)
    result = take({ code, ...host.written })
  })
  return result!
}

const codesOf = ({ diagnostics }: Review): readonly string[] =>
  diagnostics.map(({ diagnostic, ...rest }) => diagnostic?.code ?? (rest as unknown as { code: string }).code)
const more = { 'calls/a.yaml': groupCall(['Adele', 'Megan']) }

test('whom a change rings is told without the variables as with them', async () => {
  const [without, with_] = [await review(more), await review(more, set)]
  assert.is(without.code, 0)
  assert.is(without.planProblem, undefined)
  assert.equal(without.totals, with_.totals)
  assert.equal(
    without.rings?.map(({ people }) => people.length),
    [2],
  )
})

test('placeholders and marks stand where the values would', async () => {
  const { calls } = await review(more)
  const after = calls[0]!.after!
  assert.is(after.call['callbackUri'], '(env CALLBACK_URI)')
  assert.is(after.call['tenantId'], '(env AZURE_TENANT_ID)')
  assert.equal(after.environment, [
    { pointer: '/callbackUri', name: 'CALLBACK_URI' },
    { pointer: '/tenantId', name: 'AZURE_TENANT_ID' },
  ])
})

test('a value that another variable gives is a change', async () => {
  const { calls } = await review({
    'callctl.yaml': settings.replace('{{env.CALLBACK', '{{env.TOPIC}}{{env.CALLBACK'),
  })
  assert.equal(
    calls[0]?.changes.map(({ pointer, before, after }) => [pointer, before, after]),
    [['/callbackUri', '(env CALLBACK_URI)', '(env TOPIC)(env CALLBACK_URI)']],
  )
})

const looks: Readonly<Record<string, string>> = {
  'a helper': '"{{upper env.TOPIC}}"',
  'a helper, through a variable': '"{{upper topic}}"',
  'a condition, through a variable': '"{{#if topic}}1{{else}}2{{/if}}"',
  'a directive, through a variable': '{ $if: "{{topic}}", $then: a, $else: b }',
}
for (const [name, subject] of Object.entries(looks)) {
  test(`${name} needs the value`, async () => {
    const calls = `variables: { topic: "t {{env.TOPIC}}" }\n${groupCall(['Adele'])}    call: { subject: ${subject} }\n`
    const { code, ...found } = await review({ 'calls/a.yaml': calls })
    assert.is(code, 4)
    assert.ok(codesOf(found).includes('env/unset'), codesOf(found).join())
  })
}

test('an address needs the value', async () => {
  for (const line of ['oncePer: "{{env.TOPIC}}"', 'oncePer: "{{topic}}"', 'movedFrom: "a-{{env.TOPIC}}"']) {
    const calls = `variables: { topic: "{{env.TOPIC}}" }\n${groupCall(['Adele'])}    ${line}\n`
    const { code, ...found } = await review({ 'calls/a.yaml': calls })
    assert.is(code, 4, line)
    assert.ok(codesOf(found).includes('env/unset'), line)
  }
})

test('text that looks like a placeholder is forged', async () => {
  const forged = [
    'subject: "(env TOPIC)"',
    "subject: \"{{concat '(env ' 'TOPIC)'}}\"",
    'subject: "(env {{part}}"',
  ]
  for (const line of forged) {
    const calls = `variables: { part: "TOPIC)" }\n${groupCall(['Adele'])}    call: { ${line} }\n`
    for (const environment of [{}, set]) {
      const { code, ...found } = await review({ 'calls/a.yaml': calls }, environment)
      if (line.includes('{{') && !('TOPIC' in environment)) continue
      assert.is(code, 4, line)
      assert.ok(codesOf(found).includes('secret/place'), line)
    }
  }
})

const address = 'bridge'
const recorded = (digest: string) => ({
  'calls.lock.json': formatLockfile(lockfileOf({ [address]: entryOf(1, { digest }) })),
})
const placed = recorded('a'.repeat(64))
const lines = (text: string, people = ['Adele']) => ({
  'calls/a.yaml': `${groupCall(people)}${text}`,
})

test('a placed call that the change leaves alone neither changes nor rings', async () => {
  const found = await review({ 'README.md': 'x\n' }, {}, placed)
  assert.equal(found.calls, [])
  assert.equal(found.rings, [])
})

test('a placed call that is edited has changed', async () => {
  const found = await review(more, {}, placed)
  assert.equal(
    found.calls.map(({ action }) => action),
    ['changed'],
  )
  assert.equal(found.rings, [])
})

test('with leave to redial it may ring, whatever digest is recorded', async () => {
  const leave = '    onChange: redial\n'
  const seen = await review({ 'README.md': 'x\n' }, {}, { ...placed, ...lines(leave) })
  assert.equal(
    seen.rings?.map(({ action, isNew }) => [action, isNew]),
    [['redial', false]],
  )
  const edited = await review(lines(leave, ['Adele', 'Megan']), {}, { ...placed, ...lines(leave) })
  const { digest } = edited.calls[0]!.after!
  const forged = await review(
    { 'README.md': 'x\n' },
    {},
    { ...recorded(digest), ...lines(leave, ['Adele', 'Megan']) },
  )
  assert.equal(
    forged.rings?.map(({ action }) => action),
    ['redial'],
  )
})

test('a value that has another by default is not known either', async () => {
  const leave = '    onChange: redial\n    call: { subject: \'{{default env.TOPIC "none"}}\' }\n'
  const known = { AZURE_TENANT_ID: set.AZURE_TENANT_ID, CALLBACK_URI: set.CALLBACK_URI }
  const first = await review(lines(leave), known)
  const { digest } = first.calls[0]!.after!
  const found = await review({ 'README.md': 'x\n' }, known, { ...recorded(digest), ...lines(leave) })
  assert.equal(
    found.rings?.map(({ action }) => action),
    ['redial'],
  )
})

const renamed = (more = '') => ({
  'calls/a.yaml': `${groupCall(['Adele']).replace(address, 'war-room')}${more}`,
})
const likely = ({ rings = [], calls }: Review): readonly (string | undefined)[] =>
  [...rings, ...calls].filter(({ likelyFrom }) => likelyFrom !== undefined).map((each) => each.likelyFrom)

test('a placed call under another name is told as what it most likely is, and as one that may ring', async () => {
  const found = await review(renamed(), {}, placed)
  assert.is(found.code, 0)
  assert.equal(
    found.rings?.map(({ address, likelyFrom }) => [address, likelyFrom]),
    [['war-room', address]],
  )
  assert.match(found.rings?.[0]?.reason ?? '', `movedFrom: ${address}`)
  assert.equal(likely(found), [address, address])
})

for (const format of ['text', 'markdown', 'html']) {
  test(`whoever reads it as ${format} is told, too`, () =>
    withReview(renamed(), placed, {}, ['--format', format], ({ stdout }) => {
      assert.match(stdout, /war-room/)
      assert.match(stdout, /renamed/)
    }))
}

test('rows that have changed places are told', async () => {
  const two = (first: string, second: string) =>
    `${groupCall([first])}${groupCall([second]).replace(/^.*\n/, '').replace(address, 'second')}`
  const found = await review(
    {
      'calls/a.yaml': `${two('Megan', 'Adele')}${groupCall(['Diego']).replace(/^.*\n/, '').replace(address, 'third')}`,
    },
    {},
    {
      ...placed,
      'calls/a.yaml': two('Adele', 'Diego'),
      'calls.lock.json': formatLockfile(
        lockfileOf({
          [address]: entryOf(1, { digest: 'a'.repeat(64) }),
          second: entryOf(2, { digest: 'b'.repeat(64) }),
        }),
      ),
    },
  )
  assert.equal(
    found.rings?.map(({ address: name, likelyFrom }) => [name, likelyFrom]),
    [['third', 'second']],
  )
})

test('what is no rename is not told as one', async () => {
  const failed = {
    'calls.lock.json': formatLockfile(lockfileOf({ [address]: entryOf(1, { state: 'failed' }) })),
  }
  const both = `${groupCall(['Adele'])}${groupCall(['Adele']).replace(/^.*\n/, '').replace(address, 'war-room')}`
  for (const [change, before] of [
    [renamed(`    movedFrom: ${address}\n`), placed],
    [renamed(), {}],
    [renamed(), failed],
    [{ 'calls/a.yaml': both }, placed],
    [{ 'calls/a.yaml': groupCall(['Megan']).replace(address, 'war-room') }, placed],
  ] as const)
    assert.equal(likely(await review(change, {}, before)), [])
})

test.run()
