import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry } from '../../../src/model/record/lockfile.js'
import { auditRecord } from '../../../src/record/audit-record.js'
import { formatAudit } from '../../../src/report/record/audit-text.js'
import { formatEntries } from '../../../src/report/record/lock-text.js'
import { formatStatus } from '../../../src/report/record/status-text.js'
import { entryOf } from '../../plan/fakes.js'

// Whoever works at 3 a.m. has 80 columns, and addresses of 60 characters.

const test = suite('rows at 80 columns')
const look = { hasColor: false, columns: 80 }
const callId = '2e1a0b00-57da-4f0e-b8b1-0123456789ab'
const address = 'incident-bridge-of-the-operations-team-in-the-north-germany'
const { callId: _none, ...unknown } = entryOf({ state: 'uncertain', reason: 'answer 502' })
const calls: Readonly<Record<string, Entry>> = {
  [`${address}-1`]: entryOf({ callId, placedAt: '2026-11-30T00:56:19.449Z' }),
  [`${address}-2`]: unknown,
  [`${address}-3`]: entryOf({
    callId,
    state: 'ended',
    placedAt: '2026-11-30T00:56:19.449Z',
    endedAt: '2026-11-30T00:58:19.449Z',
    attempts: [{ attempt: 'b', state: 'failed', reason: 'refused 403 7504' }],
  }),
}
const lockfile = { lockfileVersion: 1, lineage: 'l', calls } as const

const texts: Readonly<Record<string, string>> = {
  'lock show': formatEntries(lockfile, look),
  audit: formatAudit(auditRecord({ lockfile, attempts: [], exists: true }), look),
  status: formatStatus(
    Object.entries(calls).map(([name, entry]) => ({ address: name, entry })),
    look,
  ),
}

for (const [name, text] of Object.entries(texts)) {
  test(`${name}: no line is longer than 80, but for a command that is copied`, () => {
    for (const line of text.split('\n'))
      assert.ok(line.length <= 80 || line.includes('callctl resolve'), `${name}: ${line}`)
  })

  test(`${name}: addresses and ids stay whole`, () => {
    for (const each of Object.keys(calls)) assert.match(text, each)
    assert.ok(text.split(callId).length >= 3, text)
  })
}

test('short addresses stand beside what is said of them', () => {
  const text = formatEntries({ ...lockfile, calls: { a: calls[`${address}-1`]! } }, look)
  assert.match(text, `a  placed     ${callId}`)
})

test.run()
