// Reviews as a workspace of some size yields them: several templates, people and numbers, old and new.
import { digestOf } from '../../../src/compile/payload/canonical.js'
import type { JsonObject } from '../../../src/model/json.js'
import type { Callee, Touches } from '../../../src/model/payload.js'
import type {
  Cause,
  CommonCause,
  PropertyChange,
  Review,
  ReviewedCall,
  ReviewedPayload,
  ReviewTotals,
  Ring,
} from '../../../src/model/review.js'

const firstNames =
  'Adele Alex Diego Grady Henrietta Isaiah Johanna Joni Lee Lidia Lynne Megan Miriam Nestor Patti Pradeep'
const lastNames =
  'Archie Bowen Fernandez Graham Gupta Holloway Langer Lorenz Mueller Robbins Sherman Siciliani Vance Wilke'

export function personAt(index: number): Callee {
  const first = firstNames.split(' ')
  const last = lastNames.split(' ')
  const name = `${first[index % first.length]} ${last[Math.floor(index / first.length) % last.length]}`
  const suffix = index.toString(16).padStart(12, '0')
  return {
    id: `0d5f9a3e-7c41-4b8e-8f26-${suffix}`,
    name: index < 224 ? name : `${name} ${Math.floor(index / 224)}`,
  }
}

export const numberAt = (index: number): Callee => ({ id: `+1425555${String(index).padStart(4, '0')}` })

export interface CallSample {
  readonly address: string
  readonly template?: string
  readonly subject?: string
  readonly ringSeconds?: number
  readonly people?: readonly Callee[]
  readonly numbers?: readonly Callee[]
  readonly description?: string
  readonly place?: { readonly file: string; readonly line: number }
}

export function samplePayload(sample: CallSample): ReviewedPayload {
  const { people = [], numbers = [], template = 'group-call', place } = sample
  const call: JsonObject = {
    '@odata.type': '#microsoft.graph.call',
    callbackUri: 'https://bot.contoso.com/callback',
    tenantId: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10',
    ...(sample.subject !== undefined && { subject: sample.subject }),
    ...(sample.ringSeconds !== undefined && { ringingTimeoutInSeconds: sample.ringSeconds }),
    targets: [
      ...people.map((callee) => target('user', callee)),
      ...numbers.map((callee) => target('phone', callee)),
    ],
    requestedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  }
  return {
    place: { file: place?.file ?? 'calls/oncall.yaml', line: place?.line ?? 12, column: 3 },
    ...(sample.description !== undefined && { description: sample.description }),
    template,
    target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
    call,
    digest: digestOf(call),
    touches: touch(people, numbers),
    personal: [],
  }
}

const target = (slot: 'user' | 'phone', { id, name }: Callee): JsonObject => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    [slot]: {
      '@odata.type': '#microsoft.graph.identity',
      id,
      ...(name !== undefined && { displayName: name }),
    },
  },
})

const touch = (people: readonly Callee[], numbers: readonly Callee[]): Touches => ({
  kind: numbers.length > 0 ? 'pstn' : people.length > 1 ? 'group' : 'peer-to-peer',
  people,
  numbers,
  permissions: [people.length > 1 ? 'Calls.InitiateGroupCall.All' : 'Calls.Initiate.All'],
})

export const sampleCause = (line: number, text: string, file = 'templates/group-call.yaml'): Cause => ({
  revision: 'head',
  place: { file, line, column: 5 },
  text,
  variables: [
    { name: 'incident', level: 'file', place: { file: 'calls/oncall.yaml', line: 3, column: 3 } },
    { name: 'region', level: 'callctl.yaml', place: { file: 'callctl.yaml', line: 17, column: 13 } },
  ],
})

export interface ReviewSize {
  readonly calls: number
  /** Calls are changed but for so many. */
  readonly added: number
  readonly removed: number
  readonly peopleEach: number
}

const templates = ['group-call', 'p2p-pstn', 'p2p-voip', 'incident-bridge', 'join-meeting']

/** All calls ring; their people overlap a little. */
export function sizedReview({ calls: count, added, removed, peopleEach }: ReviewSize): Review {
  const calls = Array.from({ length: count }, (_, index) => {
    const kind = index < added ? 'added' : index < added + removed ? 'removed' : 'changed'
    return sizedCall(index, kind, peopleEach)
  }).sort((left, right) => (left.address < right.address ? -1 : 1))
  const rings = calls.flatMap(ringOf)
  const changed = calls.filter(({ kind }) => kind === 'changed').map(({ address }) => address)
  const causes: CommonCause[] =
    changed.length > 1
      ? [{ pointer: '/ringingTimeoutInSeconds', cause: timeoutCause, addresses: changed }]
      : []
  return {
    record: [],
    base: {
      name: 'main',
      commit: '4f98f61c0de0123456789abcdef0123456789abc',
      calls: count - added + 140,
      errors: 0,
    },
    head: { name: 'working tree', calls: count - removed + 140, errors: 0 },
    isMasked: false,
    calls,
    unchanged: 140,
    causes,
    rings,
    totals: totalsOf(calls, rings),
    newPermissions: [],
    guards: [],
    diagnostics: [],
    oldDiagnostics: 0,
  }
}

const timeoutCause = sampleCause(18, 'ringingTimeoutInSeconds: "{{ringSeconds}}"')

function sizedCall(index: number, kind: ReviewedCall['kind'], peopleEach: number): ReviewedCall {
  const template = templates[index % templates.length]!
  const isPhone = template === 'p2p-pstn'
  const sample: CallSample = {
    address: `${['notify', 'bridge', 'smoke', 'page'][index % 4]}-${['emea', 'amer', 'apac'][index % 3]}-${String(index).padStart(4, '0')}`,
    template,
    subject: `Bridge for INC-${2041 + index}`,
    people: isPhone ? [] : Array.from({ length: peopleEach }, (_, at) => personAt(index * peopleEach + at)),
    numbers: isPhone ? [numberAt(index)] : [],
    place: { file: `calls/${template}.yaml`, line: 10 + index * 8 },
  }
  const before = samplePayload({ ...sample, ringSeconds: 30 })
  const after = samplePayload({ ...sample, ringSeconds: 45 })
  const changes: PropertyChange[] = [
    { pointer: '/ringingTimeoutInSeconds', kind: 'changed', before: 30, after: 45, cause: timeoutCause },
  ]
  return {
    address: sample.address,
    kind,
    ...(kind !== 'added' && { before }),
    ...(kind !== 'removed' && { after }),
    changes: kind === 'changed' ? changes : [],
    ...(kind !== 'removed' && { action: 'place', reason: 'never placed' }),
  }
}

function ringOf({ address, kind, after, reason = '' }: ReviewedCall): readonly Ring[] {
  if (after === undefined) return []
  const isNew = kind === 'added'
  const mark = (callee: Callee) => ({ ...callee, isNew })
  return [
    {
      address,
      action: 'place',
      reason,
      kind: after.touches.kind,
      ...(after.template !== undefined && { template: after.template }),
      people: after.touches.people.map(mark),
      numbers: after.touches.numbers.map(mark),
      isNew,
    },
  ]
}

/** As a plan counts: each one once. */
export function totalsOf(calls: readonly ReviewedCall[], rings: readonly Ring[]): ReviewTotals {
  const kindCount = (kind: ReviewedCall['kind']): number => calls.filter((call) => call.kind === kind).length
  const count = (slot: 'people' | 'numbers', isNew?: true): number =>
    new Set(
      rings.flatMap((ring) =>
        ring[slot].filter((callee) => isNew === undefined || callee.isNew).map(({ id }) => id),
      ),
    ).size
  return {
    added: kindCount('added'),
    removed: kindCount('removed'),
    changed: kindCount('changed'),
    calls: rings.length,
    people: count('people'),
    numbers: count('numbers'),
    newCalls: rings.filter(({ isNew }) => isNew).length,
    newPeople: count('people', true),
    newNumbers: count('numbers', true),
  }
}
