import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Attempt } from '../../../src/model/record/attempt.js'
import type { Entry, ForgottenAttempt, Lockfile } from '../../../src/model/record/lockfile.js'
import { refuseContradictions } from '../../../src/record/lockfile/contradictions.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { joinRecord, moveEntries } from '../../../src/record/lockfile/moved-entries.js'
import { entryOf, lockfileOf, sampleTimes } from '../lockfile-samples.js'
import { claimOf, placed, refused, uncertain, uuid } from '../temporary-place.js'

const test = suite('record/contradictions')

const own = (outcome?: Attempt['outcome'], more: Partial<Attempt> = {}): Attempt => ({
  ...claimOf('ping', 1, 1),
  ...(outcome !== undefined && { outcome }),
  ...more,
})

const forgotten = (entry: Entry, more: object = {}, address = 'ping'): Lockfile => ({
  ...lockfileOf({}),
  forgotten: { [address]: [{ ...entry, forgottenAt: sampleTimes.forgotten, ...more } as ForgottenAttempt] },
})

function refusal(lockfile: Lockfile, ...attempts: readonly Attempt[]): RecordError {
  try {
    joinRecord(lockfile, attempts)
  } catch (cause) {
    assert.instance(cause, RecordError)
    return cause as RecordError
  }
  throw new Error('not refused')
}

const ended = entryOf(1, { state: 'ended' })
const failed = entryOf(1, { state: 'failed' })
const byPerson = entryOf(1, { state: 'failed', evidence: 'person' })

const unproven: readonly (readonly [string, Lockfile])[] = [
  ['an entry that failed and has a call id', lockfileOf({ ping: { ...failed, callId: 'call-1' } })],
  [
    'one that failed and has the time of a call',
    lockfileOf({ ping: { ...failed, placedAt: sampleTimes.placed } }),
  ],
  ['one that failed with the evidence of a call', lockfileOf({ ping: { ...failed, evidence: 'http-201' } })],
  ['one that failed for no reason', lockfileOf({ ping: entryOf(1, { state: 'failed', reason: undefined }) })],
  [
    'one that failed for a reason of nobody’s',
    lockfileOf({ ping: entryOf(1, { state: 'failed', reason: 'so' }) }),
  ],
  [
    'a person’s word without the person',
    lockfileOf({ ping: { ...byPerson, witness: undefined } as unknown as Entry }),
  ],
  [
    'an earlier attempt that failed so',
    lockfileOf({ ping: entryOf(2, { attempts: [{ ...failed, callId: 'x' }] }) }),
  ],
  ['a live one that is forgotten', forgotten(entryOf(1))],
  ['an uncertain one that is forgotten', forgotten(entryOf(1, { state: 'uncertain' }))],
  ['one that is forgotten, nobody knows when', forgotten(ended, { forgottenAt: undefined })],
  ['one that is forgotten before it ended', forgotten(ended, { forgottenAt: '2024-01-01T00:00:00Z' })],
  ['one that is forgotten without an end', forgotten(ended, { endedAt: undefined })],
  ['one that is live and forgotten', { ...forgotten(ended), calls: lockfileOf({ ping: entryOf(1) }).calls }],
]
for (const [what, lockfile] of unproven) {
  test(`${what} is refused, and named`, () => {
    const { message, hint } = refusal(lockfile)
    assert.match(message, `ping: the lockfile says of attempt ${uuid(1)}`)
    assert.ok(hint)
  })
}

const placedHere = own(placed('call-1'))
const contradicted: readonly (readonly [string, Lockfile, Attempt])[] = [
  ['failed, and it was placed here', lockfileOf({ ping: failed }), placedHere],
  ['failed by a person’s word, and it was placed here', lockfileOf({ ping: byPerson }), placedHere],
  [
    'ended, nobody knows when',
    lockfileOf({ ping: entryOf(1, { state: 'ended', endedAt: undefined }) }),
    placedHere,
  ],
  [
    'ended before it was placed',
    lockfileOf({ ping: { ...ended, endedAt: '2024-01-01T00:00:00Z' } }),
    placedHere,
  ],
  ['forgotten as failed, and it was placed here', forgotten(failed), placedHere],
  ['forgotten as failed, and its outcome is unknown here', forgotten(failed), own(uncertain)],
  ['forgotten as failed, and it has no outcome here', forgotten(failed), own()],
  ['forgotten with another call id', forgotten({ ...ended, callId: 'other' }), placedHere],
  ['forgotten at an address that it never had', forgotten(ended, {}, 'pong'), placedHere],
  ['another address’s, without a rename', lockfileOf({ pong: entryOf(1) }), placedHere],
  ['of another digest', lockfileOf({ ping: entryOf(1, { digest: 'cd'.repeat(32) }) }), placedHere],
  ['sent elsewhere', lockfileOf({ ping: entryOf(1, { endpoint: '/beta/app/calls' }) }), placedHere],
  ['another tenant’s', lockfileOf({ ping: entryOf(1, { tenantId: uuid(8) }) }), placedHere],
]
for (const [what, lockfile, attempt] of contradicted) {
  test(`an attempt that is ${what} is refused, and its file named`, () => {
    const { message } = refusal(lockfile, attempt)
    assert.match(message, uuid(1))
    assert.match(message, 'ping@1')
  })
}

const believed: readonly (readonly [string, Lockfile, Attempt])[] = [
  ['what a colleague hung up and forgot', forgotten(ended), placedHere],
  ['what a colleague settled and forgot', forgotten(byPerson), own(uncertain)],
  ['what a colleague settled as placed, ended and forgot', forgotten(ended), own()],
  ['what Graph refused and somebody forgot', forgotten(failed), own(refused)],
  ['what a colleague settled', lockfileOf({ ping: byPerson }), own(uncertain)],
  ['what is older than the attempt', lockfileOf({ ping: entryOf(1, { state: 'uncertain' }) }), placedHere],
  ['what ended since', lockfileOf({ ping: ended }), placedHere],
  ['what differs in letter case', lockfileOf({ Ping: entryOf(1) }), placedHere],
  ['a rename', moveEntries(lockfileOf({ ping: entryOf(1) }), new Map([['pong', 'ping']])), placedHere],
]
for (const [what, lockfile, attempt] of believed) {
  test(`${what} is believed`, () => {
    refuseContradictions(lockfile, [attempt])
  })
}

test('what ended, nobody knows when, rings nobody, and is dated by who forgets it', () => {
  const lockfile = lockfileOf({ ping: entryOf(1, { state: 'ended', endedAt: undefined }) })
  refuseContradictions(lockfile, [])
  refuseContradictions(forgetAddress(lockfile, { address: 'ping', at: sampleTimes.forgotten }), [placedHere])
})

test('what was renamed, ended and forgotten is believed', () => {
  const moved = moveEntries(lockfileOf({ ping: ended }), new Map([['pong', 'ping']]))
  refuseContradictions(forgetAddress(moved, { address: 'pong', at: sampleTimes.forgotten }), [placedHere])
})

test('an entry that says it was another address frees no attempt that it does not have', () => {
  const decoy = lockfileOf({ decoy: entryOf(7, { movedFrom: ['ping'] }) })
  assert.is(joinRecord(decoy, [placedHere]).calls['ping']?.state, 'placed')
})

test('a call id in a damaged record speaks against a person who says that nothing was placed', () => {
  const damaged = own(placed('call-1'), { damage: 'torn' })
  const without = joinRecord(lockfileOf({}), [damaged]).calls['ping']
  assert.is(without?.state, 'uncertain')
})

test('what an old damaged record cannot tell contradicts nothing', () => {
  refuseContradictions(lockfileOf({ ping: entryOf(1) }), [own(undefined, { damage: 'torn', digest: '' })])
})

test.run()
