import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PlannedPayload, ReferenceProperty } from '../../../src/model/payload.js'
import type { Plan } from '../../../src/model/plan.js'
import type { Entry } from '../../../src/model/record/lockfile.js'
import { fillReferences, fillSecrets, keepPlaceholders } from '../../../src/work/apply/fill-payloads.js'
import { entryOf, lockfileOf, payloadOf } from '../../plan/fakes.js'

const test = suite('fill-payloads')

/** A call that needs this of the call `first`, with what the lockfile has of that. */
function fill(entry: Entry | undefined, property: ReferenceProperty = 'id') {
  const placeholder = `(known after apply: calls.first.${property})`
  const references = [{ address: 'first', property, placeholder }]
  const payload = { ...payloadOf('second'), text: `{ "x": "${placeholder}" }`, references }
  const change = { address: 'second', action: 'place', reason: '', payload } as const
  return fillReferences({ changes: [change] }, lockfileOf(entry === undefined ? {} : { first: entry }))
}

test('the id of a call that is placed, or was and has ended, is filled in', () => {
  for (const state of ['placed', 'ended'] as const) {
    const { plan, skipped } = fill(entryOf({ state, callId: 'its-id' }))
    assert.is(plan.changes[0]?.payload?.text, '{ "x": "its-id" }')
    assert.equal(skipped, [])
  }
})

test('the id of a call that failed, or whose outcome is unknown, is filled into none', () => {
  for (const state of ['failed', 'uncertain'] as const) {
    for (const property of ['id', 'callChainId'] as const) {
      const entry = entryOf({ state, callId: 'its-id', callChainId: 'its-chain' })
      const { plan, skipped } = fill(entry, property)
      assert.equal(plan.changes, [], `${state} ${property}`)
      assert.equal(
        skipped.map(({ address, kind }) => `${address} ${kind}`),
        ['second skipped'],
      )
    }
  }
})

test('what is not recorded is filled into none', () => {
  assert.equal(fill(undefined).plan.changes, [])
  assert.equal(fill(entryOf(), 'callChainId').plan.changes, [])
})

/** A payload whose text is packed, and says how often it was unpacked. */
function packed(text: string, more: Partial<PlannedPayload>) {
  const count = { reads: 0 }
  const payload: PlannedPayload = {
    ...payloadOf('one'),
    ...more,
    get text() {
      count.reads += 1
      return text
    },
  }
  return { count, plan: { changes: [{ address: 'one', action: 'place', reason: '', payload } as const] } }
}
const secret = '(secret CODE)'
const revealSecrets = () => new Map([[secret, 'hush']])
const reference = {
  address: 'first',
  property: 'id',
  placeholder: '(known after apply: calls.first.id)',
} as const

for (const [name, text, more, fillIn, wanted] of [
  ['a secret', `"${secret}"`, { revealSecrets }, fillSecrets, '"hush"'],
  ['a placeholder that stays', `"${secret}"`, { revealSecrets }, keepPlaceholders, `"${secret}"`],
  [
    'the id of another call',
    `"${reference.placeholder}"`,
    { references: [reference] },
    (plan: Plan) => fillReferences(plan, lockfileOf({ first: entryOf({ callId: 'its-id' }) })).plan,
    '"its-id"',
  ],
] as const) {
  test(`a text with ${name} is unpacked once, when it is sent`, () => {
    const { count, plan } = packed(text, more)
    const payload = fillIn(plan).changes[0]!.payload!
    assert.is(count.reads, 0)
    assert.is(payload.text, wanted)
    assert.is(count.reads, 1)
    assert.is(payload.revealSecrets ?? payload.references, undefined)
    assert.is(payload.digest, plan.changes[0]!.payload.digest)
  })
}

test('a secret that is not set is told before anything is sent', () => {
  const { plan } = packed(`"${secret}"`, { revealSecrets: () => new Map([[secret, undefined]]) })
  assert.throws(
    () => fillSecrets(plan),
    (error: Error) => error.name === 'UsageError',
  )
})

test.run()
