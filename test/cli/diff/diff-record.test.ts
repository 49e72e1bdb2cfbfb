import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import type { RecordChange, Review } from '../../../src/model/review.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type TestRepository, withRepository } from '../../helpers/repository.js'
import { reviewInFormats } from '../../helpers/review-in-formats.js'
import { entryOf, lockfileOf, sampleTimes } from '../../record/lockfile-samples.js'
import { uuid } from '../../record/temporary-place.js'
import { group, groupCall, settings } from '../../review/review-files.js'
import { fakeHost } from '../fake-host.js'

// Pull requests that change the lockfile alone, or with it what it is about: what `diff` says of them, in every format.

const test = suite('cli/diff of the lockfile')

const files = {
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'calls/a.yaml': `${groupCall(['Adele'])}  ping: { uses: group, with: { people: [{ id: diego-id, name: Diego }] } }\n`,
}
const stranger = {
  'calls/b.yaml': 'calls: { stranger: { uses: group, with: { people: [{ id: x-id, name: X }] } } }\n',
}

async function diff(folder: string, ...words: readonly string[]) {
  const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
  const code = await run(['diff', ...words], host)
  return { code, ...host.written }
}

interface Case {
  readonly name: string
  readonly base?: Lockfile
  readonly head: Lockfile
  readonly more?: Readonly<Record<string, string>>
  /** What is named first. */
  readonly first: Pick<RecordChange, 'kind' | 'isEdit'> & {
    readonly address?: string
    readonly effect?: string
  }
}

const placed = lockfileOf({ bridge: entryOf(1), ping: entryOf(2) })
const { ping: _, ...withoutPing } = placed.calls
const forgotten = (more: object = {}): Lockfile => ({
  ...lockfileOf(withoutPing),
  forgotten: { ping: [{ ...entryOf(2, { state: 'ended' }), forgottenAt: sampleTimes.forgotten, ...more }] },
})

const cases: readonly Case[] = [
  {
    name: 'an entry that says it was another address frees that one',
    head: lockfileOf({ ...withoutPing, decoy: entryOf(2, { movedFrom: ['ping'] }) }),
    first: { kind: 'moved', isEdit: true, address: 'ping', effect: 'rings' },
  },
  {
    name: 'an entry hides a new call that rings a stranger',
    head: lockfileOf({ ...placed.calls, stranger: entryOf(3) }),
    more: stranger,
    first: { kind: 'placed', isEdit: true, address: 'stranger', effect: 'silent' },
  },
  {
    name: 'a live attempt is forgotten',
    head: forgotten({ state: 'placed', endedAt: undefined }),
    first: { kind: 'forgotten', isEdit: true, address: 'ping', effect: 'rings' },
  },
  {
    name: 'the lineage is another one',
    head: { ...placed, lineage: uuid(9) },
    first: { kind: 'lineage', isEdit: true },
  },
  {
    name: 'a new lineage comes without the entries',
    head: { ...lockfileOf({}), lineage: uuid(9) },
    first: { kind: 'dropped', isEdit: true, address: 'bridge', effect: 'rings' },
  },
  {
    name: 'placed becomes failed',
    head: lockfileOf({ ...placed.calls, ping: entryOf(2, { state: 'failed' }) }),
    first: { kind: 'failed', isEdit: true, address: 'ping', effect: 'rings' },
  },
  {
    name: 'an entry is of a call that was never placed, with evidence or without',
    base: lockfileOf({ bridge: entryOf(1) }),
    head: lockfileOf({ bridge: entryOf(1), ping: entryOf(2, { evidence: undefined }) }),
    first: { kind: 'placed', isEdit: true, address: 'ping', effect: 'silent' },
  },
  {
    name: 'an apply on the branch placed a call',
    base: lockfileOf({ bridge: entryOf(1) }),
    head: placed,
    first: { kind: 'placed', isEdit: false, address: 'ping', effect: 'silent' },
  },
  {
    name: 'a call was ended and forgotten by its commands',
    base: lockfileOf({ bridge: entryOf(1), ping: entryOf(2, { state: 'ended' }) }),
    head: forgotten(),
    first: { kind: 'forgotten', isEdit: false, address: 'ping', effect: 'rings' },
  },
  {
    name: 'an entry is re-dated',
    head: lockfileOf({ ...placed.calls, ping: entryOf(2, { placedAt: '2026-01-01T00:00:00Z' }) }),
    first: { kind: 'redated', isEdit: true, address: 'ping' },
  },
]

const marks: Readonly<Record<string, (review: string, each: Case) => boolean>> = {
  text: (text, { first }) =>
    (first.isEdit ? text.startsWith('The lockfile was edited') : text.includes('The lockfile says more')) &&
    text.includes(first.address ?? 'lineage'),
  markdown: (text, { first }) =>
    text.includes(first.isEdit ? '### The lockfile was edited' : '### The lockfile says more') &&
    text.includes(first.address ?? 'lineage'),
  html: (text, { first }) => text.includes(first.isEdit ? 'id="_edits"' : 'id="_record"'),
  github: (text, { first }) =>
    first.isEdit
      ? /^::error file=calls\.lock\.json,line=\d+,.*title=record\/edited::/.test(text)
      : /^::warning file=calls\.lock\.json,line=\d+,.*title=record\/changed::/.test(text),
  sarif: (text, { first }) => {
    const { runs } = JSON.parse(text) as {
      runs: {
        results: {
          ruleId: string
          locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
        }[]
      }[]
    }
    const [result] = runs[0]!.results
    const { uri } = result!.locations[0]!.physicalLocation.artifactLocation
    return result!.ruleId === (first.isEdit ? 'record/edited' : 'record/changed') && uri === 'calls.lock.json'
  },
}

const inBranch = (each: Case, work: (repository: TestRepository) => Promise<void>) => () =>
  withRepository({ ...files, 'calls.lock.json': formatLockfile(each.base ?? placed) }, async (repository) => {
    repository.commit({ ...each.more, 'calls.lock.json': formatLockfile(each.head) })
    await work(repository)
  })

for (const each of cases) {
  test(
    `${each.name}: named first in six formats, exit 2`,
    inBranch(each, async ({ folder }) => {
      const { code, stdout } = await diff(folder, 'HEAD~1', 'HEAD', '--json', '--detailed-exitcode')
      assert.ok(code === 2 || code === 7, String(code))
      const [first] = (JSON.parse(stdout) as Review).record
      assert.equal(
        { kind: first?.kind, isEdit: first?.isEdit, address: first?.address, effect: first?.effect },
        { address: undefined, effect: undefined, ...each.first },
        stdout,
      )
      assert.is(first?.place?.file, 'calls.lock.json')
      const { texts } = await reviewInFormats(Object.keys(marks), ['HEAD~1', 'HEAD'], { cwd: folder })
      for (const [format, isThere] of Object.entries(marks)) {
        const text = texts[format]!
        assert.ok(isThere(text, each), `${format}: ${text.slice(0, 800)}`)
      }
    }),
  )
}

test('the working tree’s lockfile is compared likewise, committed or not', () =>
  withRepository({ ...files, 'calls.lock.json': formatLockfile(placed) }, async ({ folder, write }) => {
    write('calls.lock.json', formatLockfile(lockfileOf(withoutPing)))
    const { code, stdout } = await diff(folder, 'HEAD', '--json', '--detailed-exitcode')
    const { record } = JSON.parse(stdout) as Review
    assert.equal(
      record.map(({ kind, address, effect }) => [kind, address, effect]),
      [['dropped', 'ping', 'rings']],
    )
    assert.is(code, 2)
  }))

test('a call that ended, and nothing else, needs no look: exit 0', () =>
  withRepository({ ...files, 'calls.lock.json': formatLockfile(placed) }, async ({ folder, commit }) => {
    const ended: Entry = entryOf(2, { state: 'ended' })
    commit({ 'calls.lock.json': formatLockfile(lockfileOf({ ...placed.calls, ping: ended })) })
    const { code, stdout } = await diff(folder, 'HEAD~1', 'HEAD', '--detailed-exitcode')
    assert.is(code, 0)
    assert.match(stdout, 'The lockfile says more (1 change)')
  }))

test('the place is the line of the address in head’s lockfile', () =>
  withRepository({ ...files, 'calls.lock.json': formatLockfile(placed) }, async ({ folder, commit }) => {
    const text = formatLockfile(lockfileOf({ ...placed.calls, ping: entryOf(2, { tenantId: uuid(3) }) }))
    commit({ 'calls.lock.json': text })
    const { stdout } = await diff(folder, 'HEAD~1', 'HEAD', '--json')
    const [change] = (JSON.parse(stdout) as Review).record
    const line = text.split('\n').findIndex((each) => each.includes('"ping":')) + 1
    assert.equal(change?.place, { file: 'calls.lock.json', line, column: 5 })
  }))

test('a lockfile that cannot be read is named first, and its change is exit 7', () =>
  withRepository({ ...files, 'calls.lock.json': formatLockfile(placed) }, async ({ folder, commit }) => {
    commit({ 'calls.lock.json': '<<<<<<< ours\n' })
    const { code, stdout } = await diff(folder, 'HEAD~1', 'HEAD')
    assert.is(code, 7)
    assert.ok(stdout.startsWith('The lockfile was edited'), stdout)
  }))

test.run()
