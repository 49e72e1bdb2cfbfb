import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Review } from '../../../src/model/review.js'
import { formatReview } from '../../../src/report/review/review-text.js'
import { group, groupCall, reviewFiles, settings } from '../../review/review-files.js'

const test = suite('report/review-text')

const look = { hasColor: false, columns: 80 }
const base = {
  'callctl.yaml': `${settings}limits: { people: 10 }\n`,
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele', 'Diego']),
}
const names = Array.from({ length: 13 }, (_, index) => `ping-${index + 10}`)
const many = `calls:\n${names.map((name) => `  ${name}: { uses: group, with: { people: [{ id: ${name}-id }] } }\n`).join('')}`
const nameless = group.replace('{{person.name}}', '{{person.id}}')

const shown = (
  head: Readonly<Record<string, string>>,
  from: Readonly<Record<string, string>> = base,
): string => formatReview(reviewFiles(from, head).masked, look)

test('nothing changed', () => {
  assert.is(
    shown(
      { ...base, 'callctl.yaml': settings, 'calls/a.yaml': 'calls: {}\n' },
      { ...base, 'callctl.yaml': settings, 'calls/a.yaml': 'calls: {}\n' },
    ),
    `Applying this would ring nobody.
Calls: 0 unchanged.
main → topic
`,
  )
})

test('a person, a limit, a leave and a problem', () => {
  const calls = groupCall(['Adele', 'Megan', 'Adele'], '      subject: Hurry\n    onChange: redial\n')
  assert.is(
    shown({ ...base, 'callctl.yaml': `${settings}limits: { people: 20 }\n`, 'calls/a.yaml': calls }),
    `Applying this would ring 2 people in 1 call; new: 1 person.
Calls: 1 changed, 0 unchanged.
main → topic

Would be rung (1 call; + is new)
  bridge  group, rings 3 people, group
      adele-id A•••
    + megan-id M•••
      adele-id A•••

Guards touched
  limits.people: 10 → 20  allows more
  onChange: not set → redial  allows more
    bridge

New problems (1)
  warning[lint/duplicate-target]: This target is the same as \`targets[0]\`, and
    would be rung twice.
    templates/group.yaml:10:7, in the call bridge
    Remove one of them.

Changed, by the line that did it
  calls/a.yaml:9  subject: Hurry
    /subject of bridge
      - "Hello"
      + "Hurry"
  calls/a.yaml:7 (gone)
    /targets/1 of bridge
      - {"identity":{"user":{"id":"diego-id","displayName":"D•••"}}}
  calls/a.yaml:7
    /targets/1 of bridge
      + {"identity":{"user":{"id":"megan-id","displayName":"M•••"}}}
  calls/a.yaml:8
    /targets/2 of bridge
      + {"identity":{"user":{"id":"adele-id","displayName":"A•••"}}}
`,
  )
})

test('a template’s edit is one entry, whatever it changes', () => {
  const from = { ...base, 'templates/group.yaml': nameless, 'calls/a.yaml': many }
  const head = {
    ...from,
    'templates/group.yaml': nameless.replace('"{{subject}}"', '"Re: {{subject}}"'),
    'callctl.yaml': `${settings}limits: { people: 5 }\n`,
  }
  assert.is(
    shown(head, { ...from, 'callctl.yaml': `${settings}limits: { people: 5 }\n` }),
    `Applying this would ring nobody.
Calls: 13 changed, 0 unchanged.
main → topic

Held back: nothing is sent
  blocked: 13 people and numbers would be rung; limits.people is 5
    ping-10, ping-11, ping-12, ping-13, ping-14, ping-15, ping-16, ping-17,
    ping-18, ping-19, and 3 more

Changed, by the line that did it
  templates/group.yaml:5  subject: "Re: {{subject}}"
    /subject of 13 calls: ping-10, ping-11, ping-12, ping-13, ping-14, ping-15,
    ping-16, ping-17, ping-18, ping-19, and 3 more
      - "Hello"
      + "Re: Hello"
`,
  )
})

test('added, removed and renamed calls', () => {
  const renamed = groupCall(['Adele', 'Diego'], '    movedFrom: bridge\n').replace('bridge:', 'war-room:')
  const head = {
    ...base,
    'calls/a.yaml': `${renamed}  extra: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } }\n`,
  }
  const text = shown(head, {
    ...base,
    'calls/b.yaml': 'calls: { old: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } } }\n',
  })
  assert.match(text, 'Calls: 1 changed, 1 added, 1 removed, 0 unchanged.')
  assert.match(text, 'Added\n  extra  calls/a.yaml:')
  assert.match(text, 'Removed\n  old  calls/b.yaml:1')
  assert.match(text, 'Renamed\n  bridge → war-room')
})

test('a masked name that begins alike is said to differ', () => {
  const head = {
    ...base,
    'calls/a.yaml': groupCall(['Adele', 'Diego']).replace('name: Diego', 'name: Dieter'),
  }
  assert.match(shown(head), '~ "D•••" (masked: both begin alike)')
})

test('without a plan the reason comes first', () => {
  const text = shown({ ...base, 'calls/b.yaml': 'calls: { b: { uses: nobody } }\n' })
  assert.match(text, 'topic has 1 error: calls with errors are not compared.')
})

test('text of users cannot move the cursor, begin a command or pass 80 columns', () => {
  const subject = '\\u001b[2J\\u202e::set-output name=x::y ##[error] '.repeat(4)
  const calls = groupCall(['Adele', 'Diego'], `      subject: "${subject}"\n    description: "${subject}"\n`)
  const text = shown({ ...base, 'calls/a.yaml': calls })
  assert.not.match(text, /[\u001b\u202e]/)
  for (const line of text.split('\n')) {
    assert.ok([...line].length <= 80, line)
    assert.not.match(line, /^\s*(?:::|##)/)
  }
})

test('on a terminal it has colors', () => {
  const { masked } = reviewFiles(base, { ...base, 'calls/a.yaml': groupCall(['Adele']) })
  assert.match(formatReview(masked, { hasColor: true, columns: 80 }), '\u001b[31m- ')
})

test('a review without a plan can be shown', () => {
  const { masked } = reviewFiles(base, base)
  const { rings: _rings, blocks: _blocks, ...rest } = masked
  const broken: Review = { ...rest, planProblem: 'calls.lock.json:1:1: git conflict markers' }
  assert.match(
    formatReview(broken, look),
    'Who would be rung is not known: calls.lock.json:1:1: git conflict markers.\n',
  )
})

test.run()
