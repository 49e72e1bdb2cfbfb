import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatExplanation } from '../../../src/report/explain/explain-text.js'

const test = suite('explain-text')
const at = (source: string, start: number) => ({ source, start, end: start + 1 })
const sources = new Map([
  ['templates/t.yaml', 'call:\n  subject: "{{subject}}"\n'],
  ['calls/a.yaml', 'calls:\n  a: { uses: t, with: { subject: Hi } }\n'],
])

test('each step back from a value stands on a line of its own, so that 80 columns hold it', () => {
  const text = formatExplanation(
    {
      address: 'a',
      endpoint: '/v1.0/communications/calls',
      range: at('calls/a.yaml', 9),
      template: 't',
      values: [
        {
          pointer: '/subject',
          value: 'Hi',
          range: at('templates/t.yaml', 17),
          variables: [{ name: 'subject', level: 'with', range: at('calls/a.yaml', 41) }],
          overridden: [at('templates/t.yaml', 8)],
        },
      ],
      variables: [
        {
          name: 'subject',
          won: { name: 'subject', level: 'with', range: at('calls/a.yaml', 41) },
          lost: [{ name: 'subject', level: '--var' }],
        },
      ],
    },
    sources,
    { hasColor: false, columns: 80 },
  )
  assert.is(
    text,
    `a  calls/a.yaml:2:3, template t
POST /v1.0/communications/calls

/subject  "Hi"
    templates/t.yaml:2:12
    ← subject (with, calls/a.yaml:2:35)
    over templates/t.yaml:2:3

Variables
subject  with, calls/a.yaml:2:35
    over --var
`,
  )
})

test.run()
