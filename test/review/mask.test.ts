import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Review } from '../../src/model/review.js'
import { createReplace } from '../../src/review/replace-texts.js'
import { changesOf, group, groupCall, reviewFiles, settings } from './review-files.js'

const test = suite('review/mask')

const phone = `variables:
  number: { type: string }
  name: { type: string, default: "" }
  subject: { type: string, default: "" }
call:
  subject: "{{subject}}"
  targets:
    - identity: { phone: { id: "{{number}}", displayName: "{{name}}" } }
`
const files = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'templates/phone.yaml': phone,
  'calls/a.yaml': text,
  ...more,
})
const nothing = files('calls: {}\n')
const has = (review: Review, text: string): boolean => JSON.stringify(review).includes(text)

test('names and numbers are masked wherever the payload has them; ids stay', () => {
  const text = 'calls:\n  a: { uses: phone, with: { number: "+14258828080", name: Adele Vance } }\n'
  const { masked } = reviewFiles(nothing, files(`${text}${groupCall(['Diego']).replace('calls:\n', '')}`))
  assert.is(masked.isMasked, true)
  assert.equal(
    masked.rings?.map(({ people, numbers }) => [people, numbers]),
    [
      [[], [{ id: '+1425•••8080', name: 'A•••', isNew: true }]],
      [[{ id: 'diego-id', name: 'D•••', isNew: true }], []],
    ],
  )
  for (const secret of ['14258828080', 'Adele', 'Vance', 'Diego']) assert.not.ok(has(masked, secret), secret)
})

test('a number or an address in the place of an id is masked, in payloads, rings and texts', () => {
  const lints = 'lints: { lint/user-id: warn, lint/id-form: warn }\n'
  const ids = ['adele@contoso.com', '+14258828080', '0049 30 1234567', 'Diego <diego@contoso.com>']
  const text = ids
    .map(
      (id, index) =>
        `  c-${index}: { uses: group, with: { people: [{ id: "${id}", name: x }], subject: "for ${id}" } }\n`,
    )
    .join('')
  const made = (calls: string) => ({ ...files(calls), 'callctl.yaml': `${settings}${lints}` })
  const { review, masked } = reviewFiles(made('calls: {}\n'), made(`calls:\n${text}`))
  for (const id of ids) {
    assert.ok(has(review, id), id)
    assert.not.ok(has(masked, id), id)
  }
})

test('a name in a subject, a description and the subject of another call is masked too', () => {
  const text = `${groupCall(['Adele Vance'], '      subject: For Adele Vance\n    description: Ring Adele Vance\n')}  other:
    uses: group
    with: { people: [{ id: desk-id, name: desk-id }], subject: "Ask Adele Vance, or +14258828080, or 14258828080" }
  phone: { uses: phone, with: { number: "+14258828080" } }
`
  const { masked } = reviewFiles(nothing, files(text))
  assert.equal(
    masked.calls.map(({ after }) => [after?.call['subject'], after?.description]),
    [
      ['For A•••', 'Ring A•••'],
      ['Ask A•••, or +1425•••8080, or 1425•••8080', undefined],
      ['', undefined],
    ],
  )
})

test('what holds nothing of a person stays the same object, in however many calls', () => {
  const { review, masked } = reviewFiles(nothing, files(groupCall(['Adele'])))
  const [before, after] = [review.calls[0]!.after!, masked.calls[0]!.after!]
  assert.is(after.call['mediaConfig'], before.call['mediaConfig'])
  assert.is.not(after.call['targets'], before.call['targets'])
})

test('digests are those of what is sent', () => {
  const { review, masked } = reviewFiles(nothing, files(groupCall(['Adele'])))
  assert.is(masked.calls[0]!.after!.digest, review.calls[0]!.after!.digest)
})

test('an id that stands in for a name stays', () => {
  const text = 'calls:\n  a: { uses: group, with: { people: [{ id: some-id, name: some-id }] } }\n'
  assert.ok(has(reviewFiles(nothing, files(text)).masked, '"displayName":"some-id"'))
})

test('the line that spells a name is left out, whatever it looks like', () => {
  const before = groupCall(['Adele', 'Diego'])
  const after = before.replace('name: Diego', 'name: "D\\x69di"')
  const { review, masked } = reviewFiles(files(before), files(after))
  assert.match(review.causes[0]?.cause.text ?? '', 'D\\x69di')
  assert.is(masked.causes[0]?.cause.text, undefined)
  assert.equal(masked.causes[0]?.cause.place, review.causes[0]?.cause.place)
})

test('lines of data are left out', () => {
  const text =
    'data: { people: { file: ../data/p.csv } }\ncalls:\n  a: { uses: group, with: { people: "{{people}}" } }\n'
  const csv = 'id,name\nx-id,Adele\n'
  const { review, masked } = reviewFiles(
    files(text, { 'data/p.csv': csv }),
    files(text, { 'data/p.csv': csv.replace('x-id', 'y-id') }),
  )
  assert.equal(
    changesOf(review, 'a').map((each) => each.split('@')[1]),
    ['base data/p.csv:2', 'head data/p.csv:2'],
  )
  assert.not.ok(masked.causes.some(({ cause }) => cause.text !== undefined))
})

test('lines about nobody stay', () => {
  const edited = {
    ...files(groupCall(['Adele'])),
    'templates/group.yaml': group.replace('"{{subject}}"', '"Re: {{subject}}"'),
  }
  const { masked } = reviewFiles(files(groupCall(['Adele'])), edited)
  assert.is(masked.causes[0]?.cause.text, 'subject: "Re: {{subject}}"')
})

test('a number without quotes is masked in the complaint about it', () => {
  const text = 'calls:\n  a: { uses: phone, with: { number: +14258828080 } }\n'
  const { review, masked } = reviewFiles(nothing, files(text))
  assert.ok(has(review, '14258828080'))
  assert.not.ok(has(masked, '14258828080'))
})

test('what a complaint quotes of a list without a header is masked', () => {
  const text = `data: { people: { file: ../data/p.csv } }
calls:
  "page-{{p.id}}": { forEach: "{{people}}", as: p, uses: group, with: { people: [{ id: "{{p.id}}" }] } }
`
  const list = files(text, { 'data/p.csv': 'some-id,Adele Vance,+14258828080\n' })
  const { review, masked } = reviewFiles(nothing, list)
  for (const secret of ['Adele Vance', '14258828080']) {
    assert.ok(has(review, secret))
    assert.not.ok(has(masked, secret))
  }
  assert.ok(has(masked, 'There are: `some-id`, `A•••`, `+1425•••8080`.'))
})

test('a name in what should be the name of a call is masked', () => {
  const text = `variables: { people: [{ id: some-id, name: Adele Vance }] }
calls:
  "page-{{p.name}}": { forEach: "{{people}}", as: p, uses: group, with: { people: [{ id: "{{p.id}}" }] } }
`
  const { review, masked } = reviewFiles(nothing, files(text))
  assert.ok(has(review, '`page-Adele Vance`'))
  assert.ok(has(masked, '`p•••`'))
})

test('placeholders of secrets stay', () => {
  const secret = files('calls:\n  a: { uses: phone, with: { number: "{{env.N}}" } }\n', {
    'callctl.yaml': `${settings}env: [{ name: N, secret: true }]\n`,
    'templates/phone.yaml': phone.replace(
      'number: { type: string }',
      'number: { type: string, secret: true }',
    ),
  })
  assert.ok(has(reviewFiles(nothing, secret).masked, '(secret '))
})

const letters = 'ÄËÏÖÜÞÐŠŽ'
const name = fc
  .array(fc.constantFrom(...letters, ' ', '"', '\\', '<', '’', '🙂', 'é'), { minLength: 4, maxLength: 12 })
  .map((parts) => `Þ${parts.join('')}Ð`)
// In a range without emergency and premium numbers, which are errors.
const number = fc
  .array(fc.constantFrom(...'23456789'), { minLength: 7, maxLength: 7 })
  .map((digits) => `+1425${digits.join('')}`)
const callee = fc.record({ id: fc.uuid(), name })
const people = fc.array(callee, { minLength: 1, maxLength: 4 })

test('no name and no number of any payload is left anywhere', () => {
  fc.assert(
    fc.property(people, people, number, number, (before, after, one, other) => {
      const text = (callees: typeof before, dial: string): string =>
        JSON.stringify({
          calls: {
            bridge: {
              description: callees.map((each) => each.name).join(' and '),
              uses: 'group',
              with: { people: callees, subject: `Call ${callees[0]?.name ?? ''} at ${dial}`.slice(0, 200) },
            },
            phone: {
              uses: 'phone',
              with: { number: dial, name: callees[0]?.name ?? '', subject: `tel:${dial}` },
            },
          },
        }).replaceAll('\u007f', '')
      const { masked, review } = reviewFiles(files(text(before, one)), files(text(after, other)))
      const shown = JSON.stringify(masked)
      assert.is(review.head.errors, 0)
      for (const secret of [one, other, one.slice(1), other.slice(1)])
        assert.not.ok(shown.includes(secret), secret)
      for (const each of [...before, ...after]) {
        assert.not.ok(shown.includes(each.name), each.name)
        assert.not.ok(shown.includes(JSON.stringify(each.name).slice(1, -1)), each.name)
      }
    }),
    { seed: 11, numRuns: 60 },
  )
})

const replace = suite('review/replace-texts')

replace('the longest text is replaced first, and short ones only as words', () => {
  const masked = createReplace([
    { text: 'Al', by: '1' },
    { text: 'Alan', by: '2' },
    { text: 'Alan Deyoung', by: '3' },
    { text: 'X', by: '4' },
  ])
  assert.is(masked('Al, Also, Alan, Alan Deyoung, Alana, X, XX'), '1, Also, 2, 3, 2a, 4, XX')
})

replace('nothing to replace leaves all as it is', () => assert.is(createReplace([])('text'), 'text'))

replace('ten thousand names that begin alike are found at once', () => {
  const all = Array.from({ length: 10_000 }, (_, index) => ({ text: `Person ${index}`, by: '•' }))
  assert.is(createReplace(all)('Person 9999 and Person 5 '.repeat(1000)), '• and • '.repeat(1000))
})

test.run()
replace.run()
