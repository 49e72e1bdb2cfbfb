import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { parseJsonText } from '../../../src/model/language/json-text.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { findFault } from '../../../src/record/lockfile/lockfile-faults.js'
import { parseLockfile } from '../../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lineage, lockfileOf, lockfiles, sampleTimes } from '../lockfile-samples.js'
import { uuid } from '../temporary-place.js'

// The same values in every run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })

const test = suite('record/parse-lockfile')

const sample = formatLockfile(
  lockfileOf({
    a: entryOf(1, { attempts: [entryOf(2, { state: 'failed' })] }),
    'b@INC-1': entryOf(3, { state: 'uncertain', reason: 'no answer' }),
  }),
)

function refusal(text: string): RecordError {
  try {
    parseLockfile(text, 'calls.lock.json')
  } catch (cause) {
    assert.instance(cause, RecordError)
    return cause as RecordError
  }
  throw new Error(`not refused: ${text.slice(0, 80)}`)
}

const edited = (from: string | RegExp, to: string): string => {
  const text = sample.replace(from, to)
  assert.is.not(text, sample)
  return text
}

test('reads back what was formatted, unknown properties too', () => {
  fc.assert(
    fc.property(lockfiles, (lockfile) => {
      const text = formatLockfile(lockfile)
      const parsed = parseLockfile(text, 'x')
      deepStrictEqual(JSON.parse(JSON.stringify(parsed)), JSON.parse(JSON.stringify(lockfile)))
      assert.is(formatLockfile(parsed), text)
    }),
  )
})

test('reads the same with and without the quick way', () => {
  const slow = parseLockfile(edited('no answer', 'no\\u0020answer'), 'x')
  assert.equal(slow, parseLockfile(sample, 'x'))
})

test('reads what earlier versions wrote: a damaged claim without id, a reason of several lines', () => {
  const damaged = entryOf(1, {
    state: 'uncertain',
    attempt: '',
    digest: '',
    endpoint: '',
    reason: 'damaged record',
  })
  const settled = entryOf(2, {
    evidence: 'person',
    witness: { at: sampleTimes.placed, reason: 'seen\nby Kim' },
  })
  const text = formatLockfile(lockfileOf({ a: damaged, b: settled }))
  assert.is(formatLockfile(parseLockfile(text, 'x')), text)
})

test('is not misled by addresses that objects have anyway', () => {
  const { calls } = parseLockfile(formatLockfile(lockfileOf({})), 'x')
  assert.is(calls['constructor'], undefined)
})

function withForgotten(attempt: string): string {
  const text = edited(/ {2}\}\n\}\n$/, `  },\n  "forgotten": {"a": [${attempt.replace('ID', uuid(5))}]}\n}\n`)
  return text
}

const faults: readonly (readonly [string, string, string])[] = [
  ['git conflict markers', edited('    "b@', '<<<<<<< ours\n    "b@'), ':24:1: git conflict markers'],
  ['an empty file', '', ':1:1: the file ends'],
  ['a cut file', sample.slice(0, -4), ':31:3: the file ends where "," or "}" should stand'],
  ['something behind the end', `${sample}x`, 'something follows the end'],
  ['a byte order mark', `\ufeff${sample}`, ':1:1:'],
  [
    'a newer version',
    edited('"lockfileVersion": 1', '"lockfileVersion": 2'),
    ':2:3: `lockfileVersion` 2: written by a newer callctl',
  ],
  [
    'a version that is text',
    edited('"lockfileVersion": 1', '"lockfileVersion": "1"'),
    ':2:3: `lockfileVersion`',
  ],
  ['no lineage', edited(/ {2}"lineage".*\n/, ''), ': `lineage` is missing'],
  ['a lineage that is no UUID', edited(lineage, 'x'), ':3:3: `lineage`'],
  [
    'a record of a kind that is not known',
    edited(/( {2}"lineage".*\n)/, '$1  "record": { "kind": "elsewhere" },\n'),
    ':4:3: `record` names no kind',
  ],
  ['no calls', `{"lockfileVersion":1,"lineage":"${lineage}"}`, '`calls` is missing'],
  ['a duplicate address', edited('"b@INC-1"', '"a"'), ':24:5: the key "a" stands twice'],
  [
    'a duplicate property',
    edited('"state": "placed",', '"state": "failed", "state": "placed",'),
    ':6:26: the key "state" stands twice',
  ],
  [
    'a duplicate hidden by an escape',
    edited('"state": "placed",', '"stat\\u0065": "failed", "state": "placed",'),
    'stands twice',
  ],
  ['__proto__ as an address', edited('"a":', '"__proto__":'), ':5:5: the key "__proto__" is not allowed'],
  ['__proto__ by escapes', edited('"a":', '"__proto\\u005f_":'), ':5:5: the key "__proto__" is not allowed'],
  ['an address that is none', edited('"a":', '"../a":'), ':5:5: "../a" is no address'],
  ['an entry that is none', edited(/"b@INC-1": \{[^}]*\}/, '"b": []'), ':24:5: an entry is no object'],
  ['an unknown state', edited('"uncertain"', '"live"'), ':25:7: `state`'],
  ['no state', edited(/ *"state": "uncertain",\n/, ''), ':24:5: `state`'],
  ['a number for text', edited('"no answer"', '7'), ':29:7: `reason` is no text'],
  ['no digest', edited(/ *"digest".*\n/, ''), ':5:5: `digest`'],
  ['an impossible call id', edited('"call-1"', '"../../me"'), ':7:7: `callId` is no call id'],
  ['a placed call without id', edited(/ *"callId": "call-1",\n/, ''), ':5:5: `callId` is missing'],
  ['evidence of no kind', edited('"reason": "no answer"', '"evidence": "hearsay"'), ':29:7: `evidence`'],
  [
    'attempts that are no list',
    edited('"reason": "no answer"', '"attempts": {}'),
    ':29:7: `attempts` is no list',
  ],
  [
    'an earlier attempt without id',
    edited('"reason": "no answer"', '"attempts": [{}]'),
    ':29:20: an earlier attempt has no id',
  ],
  ['a digest that is none', edited('ab'.repeat(32), 'ab'.repeat(31)), '`digest`'],
  ['an id of an attempt that is none', edited(/"attempt": "[^"]*"/, '"attempt": "x"'), '`attempt`'],
  ['a route that leads elsewhere', edited('/v1.0/communications/calls', '/v1.0/users'), '`endpoint`'],
  ['a time with commands of a terminal', edited(sampleTimes.placed, '\\u001b[2J'), '`placedAt`'],
  ['a time with commands of an agent', edited(sampleTimes.placed, '##vso[task.setvariable]'), '`placedAt`'],
  ['a day that no month has', edited(sampleTimes.placed, '2025-13-41T00:00:00Z'), '`placedAt`'],
  ['a time of an end that is none', edited('"reason": "no answer"', '"endedAt": "then"'), '`endedAt`'],
  ['a reason of two lines', edited('no answer', 'no\\nanswer'), '`reason`'],
  ['a reason that turns the line around', edited('no answer', 'no \u202eanswer'), '`reason`'],
  ['a reason without end', edited('no answer', 'x'.repeat(5000)), '`reason`'],
  ['a tenant with an escape', edited('"reason": "no answer"', '"tenantId": "\\u009b31m"'), '`tenantId`'],
  ['a cloud that is none', edited('"reason": "no answer"', '"cloud": "::error::"'), '`cloud`'],
  ['leave that is no leave', edited('"reason": "no answer"', '"redial": "yes"'), '`redial`'],
  ['old names that are none', edited('"reason": "no answer"', '"movedFrom": ["../x"]'), '`movedFrom`'],
  ['a witness of no time', edited('"reason": "no answer"', '"witness": {"at":"then"}'), '`witness`'],
  [
    'a forged forgotten time',
    withForgotten('{"attempt":"ID","state":"ended","callId":"c","forgottenAt":"\\u001b[2J"}'),
    '`forgottenAt`',
  ],
  ['a forgotten attempt that is none', withForgotten('{"state":"ended"}'), 'what is forgotten is no attempt'],
  ['depth without end', '['.repeat(100_000), 'nested deeper'],
]
for (const [what, text, message] of faults) {
  test(`refuses ${what}, and says where`, () => {
    const error = refusal(text)
    assert.match(error.message, /^calls\.lock\.json:\d+:\d+: /)
    assert.ok(error.message.includes(message), error.message)
    assert.ok(error.hint)
  })
}

test('refuses every cut, and never fails otherwise', () => {
  for (let length = 0; length < sample.length - 1; length++) refusal(sample.slice(0, length))
})

test('takes any changed byte for a change or a fault, never for a crash', () => {
  for (let offset = 0; offset < sample.length; offset++) {
    for (const mask of [0x01, 0x02, 0x20]) {
      const changed = String.fromCharCode(sample.charCodeAt(offset) ^ mask)
      try {
        parseLockfile(sample.slice(0, offset) + changed + sample.slice(offset + 1), 'x')
      } catch (cause) {
        assert.instance(cause, RecordError)
      }
    }
  }
})

/** What the reader that looks at each character and key makes of it. */
function isTakenCarefully(text: string): boolean {
  try {
    return findFault(parseJsonText(text).value) === undefined
  } catch {
    return false
  }
}

function isTaken(text: string): boolean {
  try {
    parseLockfile(text, 'x')
    return true
  } catch {
    return false
  }
}

/** Lines left out, doubled or put elsewhere, and one character exchanged: keys twice, forms broken, commas too many. */
const mutations = fc.record({
  from: fc.nat(),
  length: fc.integer({ min: 0, max: 4 }),
  to: fc.nat(),
  keeps: fc.boolean(),
  at: fc.nat(),
  character: fc.constantFrom('', '"', ',', '{', '}', '@', '-', '7', 'x', '\u0000', ' '),
})

type Mutation = typeof mutations extends fc.Arbitrary<infer Value> ? Value : never

function mutate(text: string, mutation: Mutation): string {
  const { from, length, to, keeps, at, character } = mutation
  const lines = text.split('\n')
  const start = from % lines.length
  const moved = keeps ? lines.slice(start, start + length) : lines.splice(start, length)
  lines.splice(to % (lines.length + 1), 0, ...moved)
  const changed = lines.join('\n')
  if (character === '') return changed
  const offset = at % (changed.length + 1)
  return changed.slice(0, offset) + character + changed.slice(offset + 1)
}

test('the quick way takes what the careful one takes, and nothing else', () => {
  const seen = { taken: 0, refused: 0 }
  fc.assert(
    fc.property(lockfiles, mutations, (lockfile, mutation) => {
      const text = mutate(formatLockfile(lockfile), mutation)
      const expected = isTakenCarefully(text)
      seen[expected ? 'taken' : 'refused'] += 1
      assert.is(isTaken(text), expected, text)
    }),
    { numRuns: 1000 },
  )
  assert.ok(seen.taken > 50 && seen.refused > 50, JSON.stringify(seen))
})

test('takes any text for a lockfile or refuses it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      refusal(text)
    }),
  )
})

test.run()
