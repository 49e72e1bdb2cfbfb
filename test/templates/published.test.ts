import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { published } from './published.js'
import { compileWith, readFixture, sentCall } from './stock.js'

const test = suite('published requests')
const sharedExamples = resolve(process.cwd(), '../shared/graph/examples/requests')

for (const { template, example, route, values } of published) {
  test(`${template} yields ${example} exactly`, () => {
    const { payloads, diagnostics } = compileWith(template, values)
    // The page's example of 2018 sets what only the server sets, and that of a group call lacks `tenantId`: both are
    // warned of, and nothing else.
    const expected = ['lint/read-only', ...(template === 'group-call' ? ['lint/missing-tenant'] : [])]
    assert.equal(
      diagnostics.filter(({ code }) => !expected.includes(code)),
      [],
    )
    assert.equal(sentCall(payloads[0]!), readFixture(`${template}.json`))
    assert.is(`${payloads[0]?.target.version} ${payloads[0]?.target.collection}`, route)
  })

  // The examples as they were collected lie beside the repository, where there are any.
  if (existsSync(resolve(sharedExamples, example))) {
    test(`the fixture of ${template} is the example as it was collected`, () => {
      const collected = JSON.parse(readFileSync(resolve(sharedExamples, example), 'utf8'))
      assert.equal(readFixture(`${template}.json`), collected)
    })
  }
}

test('what is optional is left out', () => {
  const { payloads, diagnostics } = compileWith('p2p-voip', {
    userId: '112f7296-5fa4-42ca-bae8-6a692b15d4b8',
  })
  assert.equal(diagnostics, [])
  assert.equal(payloads[0]?.call, readFixture('p2p-voip-least.json'))
})

test('the spaces of a meeting id as invitations print it are taken out', () => {
  const values = { joinMeetingId: '423 555 018 27', tenantId: 'aa67bd4c-8475-432d-bd41-39f255720e0a' }
  const { payloads } = compileWith('join-meeting-id', values)
  assert.equal(payloads[0]?.call['meetingInfo'], {
    '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
    joinMeetingId: '42355501827',
  })
})

test.run()
