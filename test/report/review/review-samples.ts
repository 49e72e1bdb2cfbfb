import fc from 'fast-check'
import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import type {
  Cause,
  Location,
  RecordChange,
  Review,
  ReviewedCall,
  ReviewedPayload,
  ReviewTotals,
  Ring,
} from '../../../src/model/review.js'

// Reviews for tests of renderers: an empty one, one that has a user's text wherever a text may stand, and random ones.

const digest = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'

const noTotals: ReviewTotals = {
  added: 0,
  removed: 0,
  changed: 0,
  calls: 0,
  people: 0,
  numbers: 0,
  newCalls: 0,
  newPeople: 0,
  newNumbers: 0,
}

export const emptyReview: Review = {
  base: { name: 'main', commit: 'a'.repeat(40), calls: 0, errors: 0 },
  head: { name: 'working tree', calls: 0, errors: 0 },
  isMasked: true,
  calls: [],
  unchanged: 0,
  causes: [],
  rings: [],
  record: [],
  totals: noTotals,
  newPermissions: [],
  guards: [],
  diagnostics: [],
  oldDiagnostics: 0,
}

const place = (file: string): Location => ({ file, line: 3, column: 5 })

export function payloadOf(text: string, subject = text): ReviewedPayload {
  const call = { '@odata.type': '#microsoft.graph.call', subject }
  return {
    place: place(text),
    description: text,
    template: text,
    target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
    call,
    digest,
    touches: { kind: 'group', people: [{ id: text, name: text }], numbers: [], permissions: [text] },
    personal: [{ pointer: `/${text}`, kind: 'name' }],
  }
}

const causeOf = (text: string): Cause => ({
  revision: 'head',
  place: place(text),
  text,
  variables: [{ name: text, level: 'file', place: place(text) }],
})

const callsOf = (text: string): readonly ReviewedCall[] => [
  {
    address: `added ${text}`,
    kind: 'added',
    after: payloadOf(text),
    changes: [],
    action: 'place',
    reason: text,
  },
  { address: `removed ${text}`, kind: 'removed', before: payloadOf(text), changes: [], action: 'retired' },
  {
    address: text,
    kind: 'changed',
    movedFrom: text,
    before: payloadOf(text, 'old'),
    after: payloadOf(text),
    changes: [
      {
        pointer: `/${text}`,
        kind: 'changed',
        before: text,
        after: [text, { [text]: text }],
        cause: causeOf(text),
      },
      { pointer: '#endpoint', kind: 'changed', before: text, after: text },
    ],
    action: 'blocked',
    code: 'plan/renamed',
    reason: text,
  },
]

const ringsOf = (text: string): readonly Ring[] => {
  const people = [
    { id: text, name: text, isNew: true },
    { id: `other ${text}`, isNew: false },
  ]
  const ring = { reason: text, template: text, people, numbers: [{ id: text, name: text, isNew: true }] }
  return [
    { ...ring, address: `added ${text}`, action: 'place', kind: 'group', isNew: true },
    { ...ring, address: text, action: 'redial', kind: 'pstn', isNew: false },
  ]
}

/** Changes of the lockfile with a text wherever one may stand: an edit, and what a command writes. */
export const recordOf = (text: string): readonly RecordChange[] =>
  [true, false].map((isEdit) => ({
    kind: isEdit ? 'altered' : 'placed',
    address: text,
    before: { digest: text },
    after: { digest: `other ${text}` },
    isEdit,
    effect: isEdit ? 'rings' : 'silent',
    isLooser: isEdit,
    message: text,
    place: place(text),
  }))

/** A review that holds a text everywhere. */
export const reviewOf = (text: string): Review => ({
  base: { name: text, commit: 'a'.repeat(40), calls: 3, errors: 0 },
  head: { name: text, commit: 'b'.repeat(40), calls: 3, errors: 1 },
  isMasked: false,
  calls: callsOf(text),
  unchanged: 7,
  causes: [{ pointer: `/${text}`, cause: causeOf(text), addresses: [text] }],
  rings: ringsOf(text),
  record: recordOf(text),
  blocks: [{ action: 'blocked', code: 'plan/renamed', reason: text, addresses: [text] }],
  planProblem: text,
  totals: {
    ...noTotals,
    added: 1,
    removed: 1,
    changed: 1,
    calls: 2,
    people: 2,
    numbers: 1,
    newCalls: 1,
    newPeople: 1,
  },
  newPermissions: [text],
  guards: [{ name: text, address: text, before: text, after: { [text]: text }, isLooser: true }],
  diagnostics: [
    {
      diagnostic: createDiagnostic('template/unknown', text, {
        range: { source: text, start: 0, end: 1 },
        address: text,
        pointer: `/${text}`,
        hint: text,
        related: [{ message: text, range: { source: text, start: 0, end: 1 } }],
        origin: {
          pointer: `/${text}`,
          range: { source: text, start: 0, end: 1 },
          variables: [{ name: text, level: 'file', range: { source: text, start: 0, end: 1 } }],
        },
      }),
      place: place(text),
    },
  ],
  oldDiagnostics: 2,
})

/** What the renderers get beside it. */
export const sourcesOf = (text: string): ReadonlyMap<string, string> => new Map([[text, text]])

/** A review in which so many new calls ring so many people each. */
export function ringingReview(calls: number, peopleEach: number, payload = payloadOf('x')): Review {
  const rings = Array.from({ length: calls }, (_, index): Ring => {
    const people = Array.from({ length: peopleEach }, (_, each) => ({
      id: `person-${index * peopleEach + each}`,
      name: `Person ${each}`,
      isNew: true,
    }))
    const facts = { reason: 'was never placed', kind: 'group', template: 'group-call', isNew: true } as const
    return { address: `call-${index}`, action: 'place', people, numbers: [], ...facts }
  })
  const people = calls * peopleEach
  return {
    ...emptyReview,
    calls: rings.map(({ address }) => ({ address, kind: 'added', after: payload, changes: [] })),
    rings,
    totals: { ...noTotals, added: calls, calls, newCalls: calls, people, newPeople: people },
  }
}

const arbitraryText = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom('`', '|', '<', '\n', '@', '\u202e', ' '), maxLength: 30 }),
  },
  { weight: 1, arbitrary: fc.nat(700).map((length) => '😀'.repeat(length)) },
)

const arbitraryRing = fc
  .record({
    text: arbitraryText,
    people: fc.nat(20),
    isNew: fc.boolean(),
    kind: fc.constantFrom('group', 'pstn', 'meeting-join'),
  })
  .map(({ text, people, isNew, kind }): Ring => {
    const callees = Array.from({ length: people }, (_, each) => ({ id: `${text}${each}`, name: text, isNew }))
    return {
      address: text,
      action: 'place',
      reason: text,
      kind,
      template: text,
      people: callees,
      numbers: [],
      isNew,
    } as Ring
  })

/** Reviews of any size, with any texts. */
export const arbitraryReview: fc.Arbitrary<Review> = fc
  .record({
    rings: fc.array(arbitraryRing, { maxLength: 30 }),
    copies: fc.constantFrom(1, 1, 1, 10, 60),
    text: arbitraryText,
    parts: fc.constantFrom(1, 3, 100),
  })
  .map(({ rings, copies, text, parts }) => {
    const many = Array.from({ length: copies }, (_, copy) =>
      rings.map((ring, index) => ({ ...ring, address: `${ring.address}.${copy}.${index}` })),
    ).flat()
    const review = reviewOf(text)
    const repeat = <Item>(items: readonly Item[]): readonly Item[] =>
      Array.from({ length: parts }, () => items).flat()
    return {
      ...review,
      rings: many,
      calls: repeat(review.calls),
      causes: repeat(review.causes),
      guards: repeat(review.guards),
      diagnostics: repeat(review.diagnostics),
      totals: { ...review.totals, calls: many.length },
    }
  })
