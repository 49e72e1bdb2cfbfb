// Names that are made of a row's place: when rows move, a name means another call.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Payload } from '../../src/model/payload.js'
import type { Change } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan, type PlanInput } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('plan/positions')

const pages = (people: string, occasion = ''): readonly Payload[] =>
  [...people].map((person, index) => payloadOf(`page-${index}${occasion}`, person))

const placed = (people: string, occasion = ''): Record<string, Entry> =>
  Object.fromEntries(pages(people, occasion).map(({ address, digest }) => [address, entryOf({ digest })]))

const changesOf = (
  payloads: readonly Payload[],
  calls: Record<string, Entry>,
  more: Partial<PlanInput> = {},
): readonly Change[] => createPlan(inputOf(payloads, calls, more)).changes

const show = (changes: readonly Change[]): string =>
  changes.map(({ action, code }) => code ?? action).join(' ')

test('a row put in front: who would be rung again is blocked', () => {
  const changes = changesOf(pages('XABC'), placed('ABC'))
  assert.is(show(changes), 'changed changed changed plan/renamed')
  assert.match(changes[3]!.reason, /page-2 .*--only/)
})

test('a row added at the end is rung', () => {
  assert.is(show(changesOf(pages('ABCX'), placed('ABC'))), 'none none none place')
})

test('a row taken away in the middle rings nobody', () => {
  assert.is(show(changesOf(pages('AC'), placed('ABC'))), 'none changed retired')
})

test('leave to place again when the payload differs is none to ring others’ people again', () => {
  const redialing = pages('BA').map((payload): Payload => ({ ...payload, onChange: 'redial' }))
  assert.is(show(changesOf(redialing, placed('AB'))), 'plan/renamed plan/renamed')
  const fresh = pages('XB').map((payload): Payload => ({ ...payload, onChange: 'redial' }))
  assert.is(show(changesOf(fresh, placed('AB'))), 'redial none')
})

test('leave for the very address is leave', () => {
  const only = { onlyNames: new Set(['page-3']), selects: (address: string) => address === 'page-3' }
  assert.is(show(changesOf(pages('XABC'), placed('ABC'), only)), 'place')
  const redialNames = new Set(['page-1'])
  assert.is(show(changesOf(pages('BA'), placed('AB'), { redialNames })), 'changed redial')
})

test('a place whose last attempt failed is guarded like a new one', () => {
  const calls = { ...placed('AB'), 'page-2': entryOf({ digest: 'C', state: 'failed' }) }
  assert.is(show(changesOf(pages('XAB'), calls)), 'changed changed plan/renamed')
  assert.is(show(changesOf(pages('ABC'), calls)), 'none none place')
})

test('what an address meant before it was placed again counts, too', () => {
  const earlier = { attempt: 'uuid-0', state: 'ended' as const, digest: 'A' }
  const calls = { 'page-0': entryOf({ digest: 'X', attempts: [earlier] }) }
  assert.is(show(changesOf(pages('XA'), calls)), 'none plan/renamed')
  const failed = { 'page-0': entryOf({ digest: 'X', attempts: [{ ...earlier, state: 'failed' }] }) }
  assert.is(show(changesOf(pages('XA'), failed)), 'none place')
})

test('equal payloads of two new calls, or of one that still is what it was, are two calls', () => {
  assert.is(show(changesOf(pages('AA'), {})), 'place place')
  assert.is(show(changesOf(pages('AA'), placed('A'))), 'none place')
})

test('a defined call that is not selected is taken to be what it was', () => {
  const definedAddresses = new Set(['page-0', 'other'])
  assert.is(show(changesOf([payloadOf('other', 'A')], placed('A'), { definedAddresses })), 'place')
})

test('another occasion of one definition is no rename, the same occasion is', () => {
  const more = { occasionPatterns: ['page-*'] }
  assert.is(
    show(changesOf(pages('XABC', '@INC-2'), placed('ABC', '@INC-1'), more)),
    'place place place place',
  )
  assert.is(
    show(changesOf(pages('XABC', '@INC-1'), placed('ABC', '@INC-1'), more)),
    'changed changed changed plan/renamed',
  )
})

test('whatever rows are put in, taken out or moved, nobody is rung twice', () => {
  const list = fc.uniqueArray(fc.constantFrom(...'ABCDEFGH'), { maxLength: 6 })
  const round = fc.record({ list, redials: fc.boolean() })
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 6 }), (rounds) => {
      const calls: Record<string, Entry> = {}
      const rang: string[] = []
      for (const { list, redials } of rounds) {
        const payloads = pages(list.join('')).map(
          (payload): Payload => (redials ? { ...payload, onChange: 'redial' } : payload),
        )
        const changes = changesOf(payloads, calls)
        if (changes.some(({ action }) => action === 'blocked')) continue
        for (const { address, action, payload, entry } of changes) {
          if (action !== 'place' && action !== 'redial') continue
          rang.push(payload!.digest)
          const { attempts = [], ...newest } = entry ?? { attempts: undefined }
          const earlier = entry === undefined ? attempts : [...attempts, newest]
          calls[address] = entryOf({
            digest: payload!.digest,
            attempts: earlier as Entry['attempts'] & object,
          })
        }
      }
      assert.is(new Set(rang).size, rang.length)
    }),
    { seed: 20261129, numRuns: 300 },
  )
})

test.run()
