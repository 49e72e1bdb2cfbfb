import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { group, groupCall, review, settings } from './review-files.js'

const test = suite('review/guards')

const files = (more: string, text = groupCall(['Adele'])) => ({
  'callctl.yaml': settings + more,
  'templates/group.yaml': group,
  'calls/a.yaml': text,
})

const found = (before: string, after: string) =>
  review(files(before), files(after)).guards.map(({ name, before: from, after: to, isLooser }) => [
    name,
    from,
    to,
    isLooser,
  ])

test('a limit is looser when it is higher or gone', () => {
  assert.equal(found('limits: { people: 5 }\n', 'limits: { people: 6 }\n'), [['limits.people', 5, 6, true]])
  assert.equal(found('limits: { people: 5 }\n', 'limits: { people: 4 }\n'), [['limits.people', 5, 4, false]])
  assert.equal(found('limits: { people: 5 }\n', ''), [['limits.people', 5, undefined, true]])
  assert.equal(found('', 'limits: { people: 5 }\n'), [['limits.people', undefined, 5, false]])
})

test('a record that is shared no more is looser: each machine would know its own calls alone', () => {
  assert.equal(found('record: { kind: postgres }\n', ''), [['record.kind', 'postgres', undefined, true]])
  assert.equal(found('', 'record: { kind: postgres }\n'), [['record.kind', undefined, 'postgres', false]])
})

test('calls in flight are no matter of who is rung', () => {
  assert.equal(found('limits: { concurrency: 2 }\n', 'limits: { concurrency: 9 }\n'), [
    ['limits.concurrency', 2, 9, false],
  ])
})

test('a severity is looser when it is lower than it was or usually is', () => {
  assert.equal(found('', 'lints: { lint/group-size: off }\n'), [
    ['lints.lint/group-size', undefined, 'off', true],
  ])
  assert.equal(found('', 'lints: { lint/group-size: error }\n'), [
    ['lints.lint/group-size', undefined, 'error', false],
  ])
  assert.equal(found('lints: { lint/group-size: error }\n', ''), [
    ['lints.lint/group-size', 'error', undefined, true],
  ])
  assert.equal(found('lints: { lint/group-size: off }\n', 'lints: { lint/group-size: warn }\n'), [
    ['lints.lint/group-size', 'off', 'warn', false],
  ])
})

test('leave to read a list that git ignores is looser, for whichever file', () => {
  const listed = (file: string, more: string) => ({
    ...files('', `data: { people: { file: ../${file}${more} } }\n${groupCall(['Adele'])}`),
    [file]: 'id\n1\n',
  })
  const guards = (before: string, after: string) =>
    review(listed('data/l.csv', before), listed('data/l.csv', after)).guards
  const name = 'data.people.untracked'
  assert.equal(guards('', ', untracked: true'), [{ name, after: 'data/l.csv', isLooser: true }])
  assert.equal(guards(', untracked: true', ''), [{ name, before: 'data/l.csv', isLooser: false }])
  assert.equal(guards(', untracked: true', ', untracked: true'), [])
  const moved = review(
    listed('data/l.csv', ', untracked: true'),
    listed('data/m.csv', ', untracked: true'),
  ).guards
  assert.equal(moved, [{ name, before: 'data/l.csv', after: 'data/m.csv', isLooser: true }])
})

test('cloud, version and collection are told', () => {
  assert.equal(found('', 'graph: { cloud: us-gov, version: beta, collection: app }\n'), [
    ['graph.cloud', 'global', 'us-gov', false],
    ['graph.version', undefined, 'beta', false],
    ['graph.collection', undefined, 'app', false],
  ])
})

test('leave to join without a role of the token is looser', () => {
  const name = 'graph.resourceSpecificConsent'
  assert.equal(found('', 'graph: { resourceSpecificConsent: true }\n'), [[name, undefined, true, true]])
  assert.equal(found('graph: { resourceSpecificConsent: true }\n', ''), [[name, true, undefined, false]])
})

test('a value of the environment that is no secret any more is looser', () => {
  assert.equal(found('env: [{ name: X, secret: true }]\n', 'env: [X]\n'), [
    ['env.X.secret', true, false, true],
  ])
  assert.equal(found('env: [X]\n', 'env: [{ name: X, secret: true }]\n'), [
    ['env.X.secret', false, true, false],
  ])
})

test('each name that expressions may newly read is told, as a secret too', () => {
  assert.equal(found('env: [A]\n', 'env: [A, X, { name: Y, secret: true }]\n'), [
    ['env.X', undefined, 'read', true],
    ['env.Y', undefined, 'read as a secret', true],
  ])
  assert.equal(found('env: [A, X]\n', 'env: [A]\n'), [['env.X', 'read', undefined, false]])
  assert.equal(found('env: [A]\n', 'env: [A]\n'), [])
})

test('a callctl.yaml that cannot be read has not lost its limits', () => {
  assert.equal(found('limits: { people: 5 }\n', 'limits: { people: 5 }\nlimits: {}\n'), [])
})

test('leave to redial and movedFrom are told with their call', () => {
  const head = files('', groupCall(['Adele'], '    onChange: redial\n    movedFrom: old\n'))
  assert.equal(review(files(''), head).guards, [
    { name: 'onChange', after: 'redial', isLooser: true, address: 'bridge' },
    { name: 'movedFrom', after: 'old', isLooser: false, address: 'bridge' },
  ])
})

test.run()
