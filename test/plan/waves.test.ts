import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../src/model/plan.js'
import { splitWaves } from '../../src/plan/waves.js'
import { payloadOf } from './fakes.js'

const test = suite('waves')

function change(address: string, needs: readonly string[] = [], action: Change['action'] = 'place'): Change {
  const references = needs.map((each) => ({
    address: each,
    property: 'id' as const,
    placeholder: `(${each})`,
  }))
  return { address, action, reason: '', payload: { ...payloadOf(address, 'digest'), references } }
}

const waves = (changes: readonly Change[]): readonly (readonly string[])[] =>
  splitWaves({ changes }).map((plan) => plan.changes.map(({ address }) => address))

test('a plan without references is one part', () => {
  assert.equal(waves([change('a'), change('b')]), [['a', 'b']])
})

test('a call comes after those whose ids it needs', () => {
  assert.equal(waves([change('a', ['c']), change('b', ['a', 'c']), change('c')]), [['c'], ['a'], ['b']])
})

test('a call that is placed already keeps nobody waiting', () => {
  assert.equal(waves([change('a', ['c']), change('c', [], 'none')]), [['a', 'c']])
})

test('every change is in exactly one part, also where calls need one another', () => {
  assert.equal(waves([change('a', ['b']), change('b', ['a']), change('c')]), [['c'], ['a', 'b']])
})

test('a row of calls of which each needs the next: twice as many are twice the work', () => {
  const countReads = (count: number): number => {
    let reads = 0
    const changes = Array.from({ length: count }, (_, index) => {
      const { action, ...rest } = change(`c${index}`, [`c${index + 1}`])
      return {
        ...rest,
        get action() {
          reads += 1
          return action
        },
      }
    })
    assert.is(splitWaves({ changes }).length, count)
    return reads
  }
  const [few, twice] = [countReads(200), countReads(400)]
  assert.ok(twice <= few * 2.2, `${few}, then ${twice}`)
})

test('calls of one part stand as they stand in the plan', () => {
  const changes = [change('d', ['a']), change('c', ['b']), change('b'), change('a')]
  assert.equal(waves(changes), [
    ['b', 'a'],
    ['d', 'c'],
  ])
})

test('an empty plan has no parts', () => assert.equal(waves([]), []))

test.run()
