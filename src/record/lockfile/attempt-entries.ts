import { RecordError } from '../../model/errors.js'
import type { Attempt, Witness } from '../../model/record/attempt.js'
import { isTime, notPlaced } from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, Entry, EntryState } from '../../model/record/lockfile.js'
import { isCloud, isDigest, isEndpoint, isPlainText, isReason, isTenant } from '../disk/forms.js'

/** One attempt as the lockfile tells it, be it an entry's newest or an earlier one. */
export type AttemptEntry = EarlierAttempt

/** Undefined for an attempt that was not sent: the lockfile tells nothing of it. */
export function projectAttempt(attempt: Attempt): AttemptEntry | undefined {
  const { outcome, damage } = attempt
  if (damage !== undefined) {
    const found = outcome?.kind === 'placed' ? { callId: outcome.callId } : {}
    return {
      ...projectClaim(attempt, 'uncertain'),
      ...found,
      ...projectTime(attempt),
      reason: 'damaged record',
    }
  }
  if (outcome === undefined) {
    return { ...projectClaim(attempt, 'uncertain'), ...projectTime(attempt), reason: 'no outcome recorded' }
  }
  if (outcome.kind === 'not-sent') {
    if (outcome.witness === undefined) return undefined
    return { ...projectClaim(attempt, 'failed'), ...projectWitness(outcome.witness), reason: notPlaced }
  }
  const requestId = isPlainText(outcome.requestId) ? { requestId: outcome.requestId } : {}
  if (outcome.kind === 'refused') {
    const reason = `refused ${outcome.status}${formatCode(outcome.code)}`
    return { ...projectClaim(attempt, 'failed'), ...requestId, reason }
  }
  if (outcome.kind === 'uncertain') {
    const { sharedWith } = outcome
    const reason =
      sharedWith === undefined ? describeAnswer(outcome.status) : `the answer names the call of ${sharedWith}`
    return { ...projectClaim(attempt, 'uncertain'), ...projectTime(attempt), ...requestId, reason }
  }
  const { callId, callChainId, evidence, at, witness } = outcome
  if (witness !== undefined) {
    return { ...projectClaim(attempt, 'placed'), callId, ...projectTime(attempt), ...projectWitness(witness) }
  }
  const chain = isPlainText(callChainId) ? { callChainId } : {}
  return { ...projectClaim(attempt, 'placed'), callId, placedAt: at, ...requestId, ...chain, evidence }
}

/** What could not be read back stays in the attempt alone. */
function projectWitness({ at, by, reason }: Witness) {
  const texts = {
    ...(isPlainText(by) ? { by } : {}),
    ...(isReason(reason) ? { reason } : {}),
  }
  return { evidence: 'person' as const, witness: { ...texts, at } as Witness }
}

function projectClaim(attempt: Attempt, state: EntryState) {
  const { digest, foldedDigest, attemptId, endpoint, cloud, tenantId, redial } = attempt
  return {
    state,
    digest: isDigest(digest) ? digest : '',
    ...(foldedDigest !== undefined && isDigest(foldedDigest) ? { foldedDigest } : {}),
    attempt: attemptId,
    endpoint: isEndpoint(endpoint) ? endpoint : '',
    ...(cloud === 'global' || !isCloud(cloud) ? {} : { cloud }),
    ...(isTenant(tenantId) ? { tenantId } : {}),
    ...(redial === true ? { redial } : {}),
  }
}

/** When an uncertain call was placed, if it was. */
const projectTime = ({ claimedAt }: Attempt) => (isTime(claimedAt) ? { placedAt: claimedAt } : {})

/** Graph's messages, and its codes when they are no codes, may hold names and numbers of people. */
const formatCode = (code: string): string =>
  /^(?:\d{1,6}|[A-Za-z][A-Za-z0-9_.]{0,63})$/.test(code) ? ` ${code}` : ''

function describeAnswer(status: number | undefined): string {
  if (status === undefined) return 'no answer'
  return status >= 200 && status < 300 ? 'answer without id' : `answer ${status}`
}

const ranks: Readonly<Record<EntryState, number>> = { failed: 0, uncertain: 1, placed: 2, ended: 3 }

/** Two records of one attempt from the same kind of source: the further state wins. */
export const mergeAlike = (address: string, a: AttemptEntry, b: AttemptEntry): AttemptEntry =>
  rankOf(b, a) > rankOf(a, b) ? mergeInto(address, b, a) : mergeInto(address, a, b)

/** A person's word that nothing rang settles an unknown outcome, unless a call id speaks against it. */
const rankOf = (attempt: AttemptEntry, other: AttemptEntry): number => {
  const settles = attempt.state === 'failed' && attempt.evidence === 'person' && other.callId === undefined
  return settles ? ranks.uncertain + 0.5 : ranks[attempt.state]
}

/** The lockfile's record of an attempt, and its own on this machine: the table in join-attempts.ts. */
export function mergeRecorded(address: string, recorded: AttemptEntry, own: AttemptEntry): AttemptEntry {
  const isOwnFurther = {
    placed: recorded.state === 'failed' || recorded.state === 'uncertain',
    failed: recorded.state === 'uncertain' && recorded.callId === undefined,
    // A call id speaks against whoever says that nothing was placed.
    uncertain: recorded.state === 'failed' && (recorded.evidence !== 'person' || own.callId !== undefined),
    ended: recorded.state !== 'ended',
  }[own.state]
  return isOwnFurther ? mergeInto(address, own, recorded) : mergeInto(address, recorded, own)
}

export const hasRung = ({ state }: AttemptEntry): boolean => state === 'placed' || state === 'ended'

/** The winner, with what only the other one knows. Why and when belong to the state that they explain. */
function mergeInto(address: string, winner: AttemptEntry, other: AttemptEntry): AttemptEntry {
  if (winner.callId !== undefined && other.callId !== undefined && winner.callId !== other.callId) {
    throw new RecordError(
      `${address}: one attempt (${winner.attempt}) has two call ids, ${winner.callId} and ${other.callId}`,
      'Both calls may be live: look at both, hang up the wrong one, then correct the record.',
    )
  }
  if (hasRung(other)) return { ...other, ...winner }
  const { reason: _, evidence: __, placedAt: ___, witness: ____, ...lasting } = other
  return { ...lasting, ...winner } as AttemptEntry
}

/** All attempts of an entry, in order as far as it is known; the entry's own comes last. */
export function listAttempts(entry: Entry): readonly AttemptEntry[] {
  const { attempts = [], ...newest } = entry
  return [...attempts, newest as AttemptEntry]
}

/** An address's attempts, oldest first, as its entry: which of them it is, join-attempts.ts says. */
export function arrangeEntry(attempts: readonly AttemptEntry[]): Entry | undefined {
  const newest =
    attempts.findLast(({ state }) => state === 'uncertain') ?? attempts.findLast(hasRung) ?? attempts.at(-1)
  if (newest === undefined) return undefined
  const earlier = attempts.filter((attempt) => attempt !== newest)
  // Earlier attempts may lack what an entry needs.
  const entry = { digest: '', endpoint: '', ...newest }
  return earlier.length === 0 ? entry : { ...entry, attempts: earlier }
}
