import type { RecordedRing } from '../model/operation.js'
import type { Attempt } from '../model/record/attempt.js'
import type { Lockfile } from '../model/record/lockfile.js'
import type { LoadedRecord } from './load-record.js'
import { listAttempts } from './lockfile/attempt-entries.js'

/** One id that several attempts were answered with: at most one of them can have rung as it says. */
export interface SharedId {
  readonly id: string
  /** Of the attempts, each as often as it has one of them. */
  readonly addresses: readonly string[]
}

/** Ids are Graph's, which does not tell them apart by letter case. */
export const idKey = (id: string): string => id.toLowerCase()

/** Every id that the record has for more than one attempt, whatever their addresses. */
export function findSharedCalls({ calls }: Pick<Lockfile, 'calls'>): readonly SharedId[] {
  const holders = Object.entries(calls).flatMap(([address, entry]) =>
    listAttempts(entry).flatMap(({ callId, attempt }) =>
      callId === undefined ? [] : [{ id: callId, address, of: attempt || `${address} ` }],
    ),
  )
  return findShared(holders)
}

/** The same of Graph's operations, which invitations and transfers are answered with. */
export const findSharedOperations = (rings: readonly RecordedRing[]): readonly SharedId[] =>
  findShared(
    rings.flatMap(({ outcome, address, operationId }) =>
      outcome?.kind === 'accepted' && outcome.graphOperation !== undefined
        ? [{ id: outcome.graphOperation, address, of: operationId }]
        : [],
    ),
  )

interface Holder {
  readonly id: string
  readonly address: string
  readonly of: string
}

function findShared(holders: readonly Holder[]): readonly SharedId[] {
  const groups = new Map<string, Map<string, Holder>>()
  for (const holder of holders) {
    const group = groups.get(idKey(holder.id)) ?? new Map<string, Holder>()
    groups.set(idKey(holder.id), group.set(holder.of, holder))
  }
  return [...groups.values()]
    .filter((group) => group.size > 1)
    .map((group) => {
      const all = [...group.values()]
      return { id: all[0]!.id, addresses: all.map(({ address }) => address) }
    })
}

/** Both kinds: what the record says, and what its attempts were answered. */
export const listSharedCalls = ({ lockfile, attempts }: LoadedRecord): readonly SharedId[] => [
  ...findSharedCalls(lockfile),
  ...listUnsettledShares(attempts),
]

/** Attempts that are still unknown because their answer named the call of another address. */
const listUnsettledShares = (attempts: readonly Attempt[]): readonly SharedId[] =>
  attempts.flatMap(({ address, outcome }) =>
    outcome?.kind === 'uncertain' && outcome.sharedWith !== undefined
      ? [{ id: outcome.named?.[0] ?? '', addresses: [outcome.sharedWith, address] }]
      : [],
  )

/** Whose each id is that the record knows, forgotten ones too. */
export function holdersOf({ calls, forgotten = {} }: Lockfile): ReadonlyMap<string, string> {
  const known = Object.entries(calls).flatMap(([address, entry]) =>
    listAttempts(entry).map(({ callId }) => [callId, address] as const),
  )
  const gone = Object.entries(forgotten).flatMap(([address, list]) =>
    list.map(({ callId }) => [callId, address] as const),
  )
  return new Map(
    [...gone, ...known].flatMap(([callId, address]) =>
      callId === undefined ? [] : [[idKey(callId), address]],
    ),
  )
}

/** What a person has to know of it, in a sentence. */
export const describeShared = ({ id, addresses }: SharedId): string =>
  `one id, ${id}, stands for ${addresses.length} attempts: ${addresses.join(', ')}; one of them has an answer that was not its own`
