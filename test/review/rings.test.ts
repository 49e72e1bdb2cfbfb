// Whom a review counts, and who is new in it: each person and number once, in whatever spelling.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Payload, Touches } from '../../src/model/payload.js'
import type { Plan } from '../../src/model/plan.js'
import { countRings, listRings } from '../../src/review/rings.js'
import { payloadOf } from '../plan/fakes.js'

const test = suite('review/rings')

const planOf = (...touches: readonly Partial<Touches>[]): Plan<Payload> => ({
  changes: touches.map((each, index) => ({
    address: `a${index}`,
    action: 'place',
    reason: '',
    payload: payloadOf(`a${index}`, 'digest', { people: [], ...each }),
  })),
})

const id = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'

test('an id in capitals is nobody new, and one person', () => {
  const base = planOf({ people: [{ id }] })
  const rings = listRings(planOf({ people: [{ id: id.toUpperCase() }] }, { people: [{ id }] }), [base])
  const { people, newPeople } = countRings(rings)
  assert.equal([people, newPeople], [1, 0])
})

test('a number whose digits are grouped otherwise is the same', () => {
  const base = planOf({ numbers: [{ id: '+14255550100' }] })
  const head = planOf({ numbers: [{ id: '+1 (425) 555-0100' }] }, { numbers: [{ id: '+1.425.555.0100' }] })
  const { numbers, newNumbers } = countRings(listRings(head, [base]))
  assert.equal([numbers, newNumbers], [1, 0])
})

test('others are new', () => {
  const base = planOf({ people: [{ id }], numbers: [{ id: '+14255550100' }] })
  const other = { people: [{ id: `${id.slice(0, -1)}2` }], numbers: [{ id: '+14255550101' }] }
  const { newPeople, newNumbers } = countRings(listRings(planOf(other), [base]))
  assert.equal([newPeople, newNumbers], [1, 1])
})

test.run()
