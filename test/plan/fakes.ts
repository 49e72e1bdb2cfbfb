import type { Payload, Touches } from '../../src/model/payload.js'
import type { Entry, Lockfile } from '../../src/model/record/lockfile.js'
import type { PlanInput } from '../../src/plan/create-plan.js'

export const placedAt = '2025-01-01T00:00:00.000Z'
export const endedAt = '2025-01-02T00:00:00.000Z'

export const lockfileOf = (calls: Record<string, Entry> = {}): Lockfile => ({
  lockfileVersion: 1,
  lineage: '00000000-0000-4000-8000-000000000000',
  calls,
})

export const entryOf = (more: Partial<Entry> = {}): Entry => ({
  state: 'placed',
  callId: 'call-1',
  digest: 'digest-1',
  attempt: 'uuid-1',
  endpoint: '/v1.0/communications/calls',
  placedAt,
  ...more,
})

export const payloadOf = (address: string, digest = 'digest-1', touches: Partial<Touches> = {}): Payload => ({
  address,
  range: { source: 'calls/a.yaml', start: 0, end: 1 },
  target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
  call: {},
  text: '{}\n',
  digest,
  touches: { kind: 'group', people: [{ id: 'ada' }], numbers: [], permissions: [], ...touches },
})

/** Everything defined is selected, and nothing else is known, unless the test says otherwise. */
export function inputOf(
  payloads: readonly Payload[],
  calls: Record<string, Entry> = {},
  more: Partial<PlanInput> = {},
): PlanInput {
  return {
    payloads,
    definedAddresses: new Set(payloads.map(({ address }) => address)),
    lockfile: lockfileOf(calls),
    observations: [],
    limits: { concurrency: 8 },
    ...more,
  }
}
