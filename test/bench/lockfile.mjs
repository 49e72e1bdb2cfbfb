// A lockfile of many placed calls, in callctl's normal form.

import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes the record of `count` calls, by default `bridge-00000` and so on; returns its size in bytes. */
export function makeLockfile(path, count, nameOf = addressOf) {
  const entries = Array.from({ length: count }, (_, number) => [nameOf(number), entryOf(number)])
  const text = `{
  "lockfileVersion": 1,
  "lineage": "5b0d7a34-6f0c-4a83-9d0e-2f4f2b1f8a11",
  "calls": {
${entries
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(formatEntry)
  .join(',\n\n')}
  }
}
`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return Buffer.byteLength(text)
}

export const addressOf = (number) => `bridge-${String(number).padStart(5, '0')}`

/** Stands for the digest of that call's payload. */
export const digestOf = (number) => (number * 2_654_435_761).toString(16).padStart(64, '0')

const entryOf = (number) => ({
  state: number % 10 === 0 ? 'placed' : 'ended',
  callId: randomUUID(),
  digest: digestOf(number),
  attempt: randomUUID(),
  endpoint: '/v1.0/communications/calls',
  tenantId: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10',
  placedAt: '2026-10-23T17:02:00.000Z',
  ...(number % 10 === 0 ? {} : { endedAt: '2026-10-23T17:12:00.000Z' }),
  requestId: randomUUID(),
  evidence: 'http-201',
})

const formatEntry = ([address, entry]) =>
  `    ${JSON.stringify(address)}: ${JSON.stringify(entry, null, 2).replaceAll('\n', '\n    ')}`
