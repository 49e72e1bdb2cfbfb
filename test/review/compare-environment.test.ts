import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Files } from '../helpers/workspace.js'
import { group, review, settings } from './review-files.js'

const test = suite('review/compare-environment')

const files = (call: string, callctl = ''): Files => ({
  'callctl.yaml': `${settings}env: [X, CI]\n${callctl}`,
  'templates/group.yaml': group,
  'calls/a.yaml': `calls:\n  bridge:\n    uses: group\n    with: { people: [{ id: adele-id, name: Adele }] }\n${call}`,
})

const guards = (before: string, after: string, callctl: readonly [string, string] = ['', '']) =>
  review(files(before, callctl[0]), files(after, callctl[1]))
    .guards.filter(({ name }) => name === 'environment')
    .map(({ address, before: from, after: to, isLooser }) => [address, from, to, isLooser])

const target = (id: string) => `    call:\n      targets:\n        - identity: { user: { id: '${id}' } }\n`

test('who is rung by the environment stands first among the guards', () => {
  const head = files(target('{{default env.X "adele-id"}}'), 'limits: { people: 5 }\n')
  const [first] = review(files('', 'limits: { people: 2 }\n'), head).guards
  assert.equal(first, {
    name: 'environment',
    address: 'bridge',
    after: 'chooses who is rung: calls/a.yaml:7:35 by env.X',
    isLooser: true,
  })
})

test('a choice that stood there before is told when anything behind it changes', () => {
  const choose = (otherwise: string) => target(`{{#if env.CI}}adele-id{{else}}${otherwise}{{/if}}`)
  assert.equal(guards(choose('diego-id'), choose('diego-id')), [])
  assert.equal(guards(choose('diego-id'), choose('megan-id')), [
    ['bridge', 'something else', 'chooses who is rung: calls/a.yaml:7:35 by env.CI', true],
  ])
})

test('what a variable behind a choice holds counts, in either branch', () => {
  const choose = target('{{#if env.CI}}adele-id{{else}}{{stand_in}}{{/if}}')
  const variables = (id: string) => `variables: { stand_in: ${id} }\n`
  assert.equal(guards(choose, choose, [variables('diego-id'), variables('diego-id')]), [])
  assert.equal(guards(choose, choose, [variables('diego-id'), variables('megan-id')]).length, 1)
})

test('what a directive leaves out here counts', () => {
  const choose = (id: string) =>
    `    call:\n      targets: { $if: '{{env.CI}}', $then: [{ identity: { user: { id: ${id} } } }], $else: [] }\n`
  assert.equal(guards(choose('adele-id'), choose('adele-id')), [])
  assert.ok(guards(choose('adele-id'), choose('megan-id')).length > 0)
})

test('calls that are not there here count', () => {
  const each = (id: string): Files => ({
    ...files(''),
    'calls/b.yaml': `calls:\n  'n-{{@index}}-{{p}}':\n    forEach: '{{split (default env.X "") "x"}}'\n    as: p\n    uses: group\n    with: { people: [{ id: ${id}, name: N }] }\n`,
  })
  assert.equal(review(each('a-id'), each('a-id')).guards, [])
  assert.ok(review(each('a-id'), each('b-id')).guards.some(({ name }) => name === 'environment'))
})

test('the ordinary use of a callback is told when it is added or changed, once for all calls', () => {
  const use = (uri: string) => `defaults: { callbackUri: '{{default env.X "${uri}"}}' }\n`
  const bare = (callctl: string): Files => ({ ...files(''), 'callctl.yaml': `env: [X]\n${callctl}` })
  const found = (before: string, after: string) =>
    review(bare(before), bare(after)).guards.map(({ address, after: to, isLooser }) => [
      address,
      to,
      isLooser,
    ])
  assert.equal(found(use('https://a.example'), use('https://a.example')), [])
  assert.equal(found(use('https://a.example'), use('https://b.example')), [
    [undefined, 'decides /callbackUri: callctl.yaml:2:26 by env.X', false],
  ])
  assert.equal(found('', use('https://a.example')).length, 1)
})

test('text is told where it may be another than is shown', () => {
  const subject = (text: string) => `    call: { subject: '${text}' }\n`
  assert.equal(guards('', subject('Hello {{env.X}}')), [])
  assert.equal(guards('', subject('{{#if env.CI}}Test: {{/if}}Hello')), [
    ['bridge', undefined, 'decides /subject: calls/a.yaml:5:22 by env.CI', false],
  ])
})

test('lines that move are no change', () => {
  const choose = target('{{default env.X "adele-id"}}')
  const moved = { ...files(choose), 'calls/a.yaml': `# a comment\n${files(choose)['calls/a.yaml']}` }
  assert.equal(review(files(choose), moved).guards, [])
})

test.run()
