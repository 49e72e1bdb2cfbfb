import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatDoctor } from '../../../src/report/record/doctor-text.js'
import { hostileTexts } from '../hostile-texts.js'

const test = suite('doctor text')
const look = { hasColor: false, columns: 80 }

test('a check with all that it can have', () => {
  const text = formatDoctor(
    [
      { name: 'graph', state: 'ok', message: 'It answers.' },
      {
        name: 'roles',
        state: 'error',
        message: 'The token lacks one.',
        details: [{ name: 'missing', value: 'Calls.Initiate.All', origin: 'one, two' }],
        hint: 'Consent.',
        exitCode: 8,
      },
    ],
    look,
  )
  assert.is(
    text,
    `ok       graph        It answers.
error    roles        The token lacks one.
         missing  Calls.Initiate.All  one, two
                      Consent.

2 checks: 1 error, 1 ok.
`,
  )
})

test('what does not fit side by side stands beneath', () => {
  const value = 'Calls.Initiate.All (284383ee-7f6e-4e40-a2a8-e85dcb029101)'
  const details = [
    { name: 'missing', value, origin: 'one, two and 3 more' },
    { name: 'granted', value: 'Calls.JoinGroupCall.All' },
  ]
  const text = formatDoctor([{ name: 'roles', state: 'ok', message: 'x', details }], look)
  assert.is(
    text.split('\n').slice(1, 5).join('\n'),
    `         missing
           ${value}
           one, two and 3 more
         granted  Calls.JoinGroupCall.All`,
  )
})

for (const [what, text] of hostileTexts) {
  test(`${what} stays in its place`, () => {
    const details = [{ name: text, value: text, origin: text }]
    const shown = formatDoctor([{ name: 'git', state: 'warning', message: text, hint: text, details }], look)
    assert.not.match(shown, /[^\P{Cc}\n]/u)
    assert.not.match(shown, /^(?:::|##)/m)
  })
}

test.run()
