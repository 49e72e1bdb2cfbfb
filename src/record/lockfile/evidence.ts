import type { Attempt } from '../../model/record/attempt.js'
import { entryAt, type Lockfile } from '../../model/record/lockfile.js'
import { type AttemptEntry, listAttempts } from './attempt-entries.js'

/** What is kept of one attempt's answer. */
export interface Evidence {
  readonly attempt: string
  /** Absent where this machine has no file of the attempt. */
  readonly number?: number
  readonly state: string
  readonly claimedAt?: string
  readonly status?: number
  readonly requestId?: string
  readonly callId?: string
  /** Ids of what may be the call, from the answer. */
  readonly named?: readonly string[]
  /** The address that had the named call before. */
  readonly sharedWith?: string
  readonly reason?: string
  /** The start of the answer, without secrets. */
  readonly raw?: string
}

/** All that is known of an address's attempts, oldest first. Pure. */
export function listEvidence(
  address: string,
  lockfile: Lockfile,
  attempts: readonly Attempt[],
): readonly Evidence[] {
  const own = attempts.filter((attempt) => attempt.address === address)
  const ids = new Set(own.map(({ attemptId }) => attemptId))
  const entry = entryAt(lockfile, address)
  const others = entry === undefined ? [] : listAttempts(entry).filter(({ attempt }) => !ids.has(attempt))
  return [...others.map(describeEntry), ...own.map(describeAttempt)]
}

/** Ids of calls that answers of attempts without a known outcome name, each once. */
export const namedCalls = (evidence: readonly Evidence[]): readonly string[] => [
  ...new Set(
    evidence
      .filter(({ state }) => state === 'uncertain' || state === 'damaged')
      .flatMap(({ callId, named = [] }) => [...(callId === undefined ? [] : [callId]), ...named]),
  ),
]

function describeEntry({ attempt, state, callId, placedAt, ...rest }: AttemptEntry): Evidence {
  const { requestId, reason } = rest
  return defined({
    attempt,
    state,
    claimedAt: placedAt,
    callId,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
  })
}

function describeAttempt({ attemptId, number, claimedAt, outcome, damage }: Attempt): Evidence {
  const all: Partial<Record<string, unknown>> = { ...outcome }
  return defined({
    attempt: attemptId,
    number,
    state: damage === undefined ? (outcome?.kind ?? 'uncertain') : 'damaged',
    claimedAt: claimedAt === '' ? undefined : claimedAt,
    status: all['status'] as number | undefined,
    requestId: all['requestId'] as string | undefined,
    callId: all['callId'] as string | undefined,
    named: all['named'] as readonly string[] | undefined,
    sharedWith: all['sharedWith'] as string | undefined,
    reason: damage ?? ((all['reason'] ?? all['message']) as string | undefined),
    raw: all['raw'] as string | undefined,
  })
}

function defined(evidence: { [Key in keyof Evidence]: Evidence[Key] | undefined }): Evidence {
  return Object.fromEntries(
    Object.entries(evidence).filter(([, value]) => value !== undefined),
  ) as unknown as Evidence
}
