import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { entryOf, lockfileOf } from '../record/lockfile-samples.js'
import { changesOf, group, groupCall, review, settings } from './review-files.js'

const test = suite('review/create-review')

const base = {
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele', 'Diego']),
}
const withCalls = (text: string) => ({ ...base, 'calls/a.yaml': text })

test('two equal revisions differ in nothing', () => {
  const { calls, causes, guards, diagnostics, unchanged, totals } = review(base, base)
  assert.equal([calls, causes, guards, diagnostics, unchanged], [[], [], [], [], 1])
  assert.is(totals.newPeople, 0)
})

test('one added person is one added item, caused by the line that names it', () => {
  const found = review(base, withCalls(groupCall(['Adele', 'Megan', 'Diego'])))
  assert.equal(changesOf(found, 'bridge'), [
    '/targets/1 added  → {"identity":{"user":{"id":"megan-id","displayName":"Megan"}}} @head calls/a.yaml:7',
  ])
  assert.equal(
    found.rings?.map(({ isNew, people }) => [isNew, people.filter((each) => each.isNew).map(({ id }) => id)]),
    [[false, ['megan-id']]],
  )
  assert.is(found.totals.newPeople, 1)
})

test('one removed person is one removed item, by its place at base', () => {
  assert.equal(changesOf(review(base, withCalls(groupCall(['Diego']))), 'bridge'), [
    '/targets/0 removed {"identity":{"user":{"id":"adele-id","displayName":"Adele"}}} →  @base calls/a.yaml:6',
  ])
})

test('another name of the same person is a change of the name', () => {
  const text = groupCall(['Adele', 'Diego']).replace('name: Diego', 'name: Didi')
  assert.equal(changesOf(review(base, withCalls(text)), 'bridge'), [
    '/targets/1/identity/user/displayName changed "Diego" → "Didi" @head calls/a.yaml:7',
  ])
})

test('an edit of a template is one cause, however many calls it changed', () => {
  const names = ['a', 'b', 'c', 'd']
  const text = `calls:\n${names.map((name) => `  ${name}: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } }\n`).join('')}`
  const edited = {
    ...withCalls(text),
    'templates/group.yaml': group.replace('subject: "{{subject}}"', 'subject: "Re: {{subject}}"'),
  }
  const { causes } = review(withCalls(text), edited)
  assert.equal(
    causes.map(({ pointer, cause, addresses }) => [pointer, cause.place, cause.text, addresses]),
    [
      [
        '/subject',
        { file: 'templates/group.yaml', line: 5, column: 12 },
        'subject: "Re: {{subject}}"',
        names,
      ],
    ],
  )
})

test('where the payload’s own line is as it was, the line behind it is the cause', () => {
  const found = review(base, withCalls(groupCall(['Adele', 'Diego'], '      subject: Hurry\n')))
  assert.equal(changesOf(found, 'bridge'), ['/subject changed "Hello" → "Hurry" @head calls/a.yaml:8'])
  assert.equal(
    found.causes[0]?.cause.variables.map(({ name, level }) => [name, level]),
    [['subject', 'with']],
  )
})

test('a property that is gone is caused by the line that gave it', () => {
  const plus = withCalls(groupCall(['Adele', 'Diego'], '    call: { callChainId: chain }\n'))
  assert.equal(changesOf(review(plus, base), 'bridge'), [
    '/callChainId removed "chain" →  @base calls/a.yaml:8',
  ])
})

test('another route is a change of the endpoint', () => {
  const beta = { ...base, 'callctl.yaml': `${settings}graph: { version: beta }\n` }
  assert.equal(changesOf(review(base, beta), 'bridge'), [
    '#endpoint changed "/v1.0/communications/calls" → "/beta/communications/calls" @head callctl.yaml:3',
  ])
})

test('added and removed calls are counted, and have their payload', () => {
  const found = review(base, withCalls(groupCall(['Adele', 'Diego']).replace('bridge:', 'other:')))
  assert.equal(
    found.calls.map(({ address, kind, before, after }) => [address, kind, before?.template, after?.template]),
    [
      ['bridge', 'removed', 'group', undefined],
      ['other', 'added', undefined, 'group'],
    ],
  )
  assert.equal([found.totals.added, found.totals.removed, found.totals.changed], [1, 1, 0])
})

test('a call renamed by movedFrom is compared with what it was', () => {
  const text = groupCall(['Adele', 'Diego'], '    movedFrom: bridge\n').replace('bridge:', 'other:')
  const found = review(base, withCalls(text))
  assert.equal(
    found.calls.map(({ address, kind, movedFrom, changes }) => [address, kind, movedFrom, changes]),
    [['other', 'changed', 'bridge', []]],
  )
  assert.is(found.rings?.[0]?.isNew, false)
})

test('a call that has errors at head is not one that was removed', () => {
  const found = review(base, withCalls(`${groupCall(['Adele', 'Diego'], '      nobody: x\n')}`))
  assert.equal(found.calls, [])
  assert.is(found.head.errors, 1)
})

test('a file that cannot be read at head removes nothing', () => {
  assert.equal(review(base, withCalls('calls: [\n')).calls, [])
})

test('what was placed is not rung again', () => {
  const { payload } = { payload: review(withCalls('calls: {}\n'), base).calls[0]!.after! }
  const lockfile = lockfileOf({ bridge: { ...entryOf(1), digest: payload.digest } })
  assert.equal(review(base, base, { lockfile }).rings, [])
})

test('a lockfile that lost an entry rings anew', () => {
  const baseLockfile = lockfileOf({ bridge: entryOf(1) })
  const lockfile = lockfileOf({})
  const { rings = [], totals } = review(base, base, { lockfile, baseLockfile })
  assert.equal(
    rings.map(({ address, isNew }) => [address, isNew]),
    [['bridge', true]],
  )
  assert.equal([totals.newCalls, totals.newPeople], [1, 2])
})

test('a redial of what was placed since base is new', () => {
  const lockfile = lockfileOf({ bridge: entryOf(1) })
  const head = withCalls(groupCall(['Adele', 'Diego'], '    onChange: redial\n'))
  const { rings = [] } = review(base, head, { lockfile, baseLockfile: lockfileOf({}) })
  assert.equal(
    rings.map(({ action, isNew }) => [action, isNew]),
    [['redial', true]],
  )
})

test('a raised limit rings all that it held back', () => {
  const limited = { ...base, 'callctl.yaml': `${settings}limits: { people: 1 }\n` }
  const { totals, guards } = review(limited, base)
  assert.equal([totals.newCalls, totals.newPeople], [1, 2])
  assert.equal(guards, [{ name: 'limits.people', before: 1, isLooser: true }])
})

test('what a limit holds back is told once, with its calls', () => {
  const limited = { ...base, 'callctl.yaml': `${settings}limits: { people: 1 }\n` }
  const { blocks = [], rings } = review(base, limited)
  assert.equal(rings, [])
  assert.equal(
    blocks.map(({ code, addresses }) => [code, addresses]),
    [['plan/people-limit', ['bridge']]],
  )
})

test('each person is counted once', () => {
  const twice = `${groupCall(['Adele'])}  again: { uses: group, with: { people: [{ id: adele-id, name: A }] } }\n`
  assert.is(review(base, withCalls(twice)).totals.people, 1)
})

test('permissions are new that no call of base needed', () => {
  const media =
    '    call: { mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfig", blob: x } }\n'
  assert.equal(review(base, withCalls(groupCall(['Adele', 'Diego'], media))).newPermissions, [
    'Calls.AccessMedia.All',
  ])
})

test('diagnostics are new whatever their line, and those of renamed files are not', () => {
  const warned = groupCall(['Adele', 'Adele'])
  assert.equal(
    review(base, withCalls(warned)).diagnostics.map(({ diagnostic, place }) => [
      diagnostic.code,
      place?.file,
    ]),
    [['lint/duplicate-target', 'templates/group.yaml']],
  )
  const moved = { ...base, 'calls/a.yaml': 'calls: {}\n', 'calls/b.yaml': `\n\n${warned}` }
  const { diagnostics, oldDiagnostics } = review(withCalls(warned), moved)
  assert.equal(diagnostics, [])
  assert.is(oldDiagnostics, 1)
})

test('names such as those of prototypes are names', () => {
  const text =
    'calls:\n  valueOf: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } }\n  toString: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } }\n'
  assert.equal(
    review(base, withCalls(text)).calls.map(({ address, kind }) => `${address} ${kind}`),
    ['bridge removed', 'toString added', 'valueOf added'],
  )
})

test.run()
