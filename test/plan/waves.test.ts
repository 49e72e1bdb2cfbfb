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

test('an empty plan has no parts', () => assert.equal(waves([]), []))

test.run()
