import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { uuid } from '../temporary-place.js'

const test = suite('record/format-lockfile')

test('has one normal form', () => {
  const text = formatLockfile({
    lockfileVersion: 1,
    lineage: uuid(1),
    calls: {
      b: {
        endpoint: '/e',
        attempt: uuid(2),
        state: 'failed',
        digest: 'd',
        note: { a: [1] },
        reason: 'refused 403 7503',
      },
      Z: {
        attempts: [{ callId: 'c1', attempt: uuid(4), state: 'placed' }],
        endpoint: '/e',
        attempt: uuid(3),
        digest: 'd',
        callId: 'c',
        state: 'placed',
      },
    },
    record: { kind: 'postgres' },
    ...{ later: { x: [] } },
  })
  assert.fixture(
    text,
    `{
  "lockfileVersion": 1,
  "lineage": "${uuid(1)}",
  "record": {
    "kind": "postgres"
  },
  "calls": {
    "Z": {
      "state": "placed",
      "callId": "c",
      "digest": "d",
      "attempt": "${uuid(3)}",
      "endpoint": "/e",
      "attempts": [
        {
          "state": "placed",
          "callId": "c1",
          "attempt": "${uuid(4)}"
        }
      ]
    },

    "b": {
      "state": "failed",
      "digest": "d",
      "attempt": "${uuid(2)}",
      "endpoint": "/e",
      "reason": "refused 403 7503",
      "note": {
        "a": [
          1
        ]
      }
    }
  },
  "later": {
    "x": []
  }
}
`,
  )
})

test('writes an empty lockfile', () => {
  const text = formatLockfile({ lockfileVersion: 1, lineage: uuid(1), calls: {} })
  assert.is(text, `{\n  "lockfileVersion": 1,\n  "lineage": "${uuid(1)}",\n  "calls": {}\n}\n`)
})

test.run()
