import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RingClaim, RingOutcome } from '../../../src/model/operation.js'
import type { Claim, Outcome } from '../../../src/model/record/attempt.js'
import { attemptForm } from '../../../src/record/attempts/attempt-form.js'
import {
  formatRescue,
  formatSlot,
  lineSize,
  readRescue,
  readSlot,
} from '../../../src/record/attempts/claim-file.js'
import { ringForm } from '../../../src/record/attempts/ring-form.js'

const test = suite('record/bound-outcome')
const at = '2025-01-01T00:00:00.000Z'
const attemptId = '0e7a0000-0000-4000-8000-000000000001'
const callId = 'c'.repeat(256)
const claim: Claim = {
  address: `a@${'é'.repeat(500)}`,
  number: 1,
  attemptId,
  digest: 'ab'.repeat(32),
  endpoint: '/v1.0/communications/calls',
  cloud: 'global',
  claimedAt: at,
}
const ringClaim: RingClaim = {
  address: 'a',
  number: 1,
  operationId: attemptId,
  operation: 'invite',
  callId: 'c',
  digest: 'ab',
  rings: 1,
  route: '/x',
  cloud: 'global',
  claimedAt: at,
}

const placed: Outcome = { kind: 'placed', callId, evidence: 'http-201', at }
const uncertain: Outcome = { kind: 'uncertain', reason: 'r', named: [callId], at }
const outcomes: readonly (readonly [Outcome, readonly string[]])[] = [
  [placed, ['callChainId', 'requestId']],
  [{ kind: 'refused', status: 400, code: 'x', message: 'm', at }, ['code', 'message', 'requestId']],
  [{ kind: 'not-sent', reason: 'r', at }, ['reason']],
  [uncertain, ['reason', 'requestId', 'raw', 'sharedWith']],
]
const letters = {
  ASCII: 'x',
  'of three bytes': '\u20ac',
  'beyond the BMP': '\u{1f600}',
  escaped: '\u0001',
  quotes: '"',
}

function readBack(outcome: Outcome): Outcome {
  const slot = readSlot(attemptForm, formatSlot(attemptForm, claim, outcome))
  const rescue = readRescue(attemptForm, formatRescue(attemptForm, claim, outcome))
  if (slot.kind !== 'written' || rescue === undefined) throw new Error(`not read back: ${slot.kind}`)
  assert.is(formatSlot(attemptForm, claim, outcome).length, lineSize)
  assert.is(rescue.outcome.kind, outcome.kind)
  return slot.outcome
}

for (const [outcome, fields] of outcomes) {
  for (const field of fields) {
    for (const [name, letter] of Object.entries(letters)) {
      test(`a ${outcome.kind} with ${field} of any length, ${name}`, () => {
        for (const length of [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576]) {
          const read = readBack({ ...outcome, [field]: letter.repeat(length / letter.length) } as Outcome)
          assert.is(read.kind, outcome.kind)
          if (read.kind === 'placed') assert.is(read.callId, callId)
          if (read.kind === 'uncertain') assert.equal(read.named, [callId])
        }
      })
    }
  }
}

test('an id is whole or left out, a text is cut with a mark', () => {
  const long = readBack({ ...uncertain, requestId: 'r'.repeat(600), raw: 'x'.repeat(9000) } as Outcome)
  assert.not('requestId' in long)
  assert.match(long.kind === 'uncertain' ? (long.raw ?? '') : '', /^x+ … x+$/)
  const short = readBack({ ...placed, callChainId: 'k'.repeat(256), requestId: 'r'.repeat(128) } as Outcome)
  assert.is(short.kind === 'placed' && short.callChainId, 'k'.repeat(256))
})

test('beginning and end of evidence stay', () => {
  const read = readBack({ ...uncertain, raw: `first${'x'.repeat(100_000)}last` } as Outcome)
  assert.match(read.kind === 'uncertain' ? (read.raw ?? '') : '', /^first.*last$/)
})

test('everything at once, and long, still has the call id', () => {
  const text = '\u20ac'.repeat(300_000)
  const witness = { by: text, reason: text, at }
  const all = {
    callChainId: text,
    requestId: text,
    raw: text,
    message: text,
    code: text,
    unknown: text,
    witness,
  }
  const named = Array.from({ length: 40 }, (_, index) => `${index}`.padEnd(256, 'n'))
  const read = readBack({ ...placed, ...all, named } as Outcome)
  assert.is(read.kind === 'placed' && read.callId, callId)
  assert.is(read.kind === 'placed' && read.named?.[0], named[0])
})

test('any outcome is read back, with its ids', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6000 }),
    fc.string({ unit: 'grapheme', maxLength: 900 }),
  )
  const fields = { callChainId: text, requestId: text, raw: text, reason: text, sharedWith: text }
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: [] }), (more) => {
      const first = readBack({ ...placed, ...more } as Outcome)
      assert.is(first.kind === 'placed' && first.callId, callId)
      const second = readBack({ ...uncertain, ...more } as Outcome)
      assert.equal(second.kind === 'uncertain' && second.named, [callId])
    }),
    { numRuns: 100, seed: 7 },
  )
})

test('a ring’s outcome is bounded by the same means', () => {
  for (const field of ['graphOperation', 'requestId']) {
    for (const length of [1024, 65_536, 1_048_576]) {
      const outcome = { kind: 'accepted', status: 200, [field]: '\u20ac'.repeat(length), at } as RingOutcome
      const slot = readSlot(ringForm, formatSlot(ringForm, ringClaim, outcome))
      assert.is(slot.kind === 'written' && slot.outcome.kind, 'accepted')
      assert.is(readRescue(ringForm, formatRescue(ringForm, ringClaim, outcome))?.outcome.kind, 'accepted')
    }
  }
})

test.run()
