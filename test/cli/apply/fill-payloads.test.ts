import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReferenceProperty } from '../../../src/model/payload.js'
import type { Entry } from '../../../src/model/record/lockfile.js'
import { fillReferences } from '../../../src/work/apply/fill-payloads.js'
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

test.run()
