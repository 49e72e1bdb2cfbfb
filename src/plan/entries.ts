import { hasEnded } from '../model/live-calls.js'
import type { PayloadHead } from '../model/payload.js'
import type { Observation } from '../model/plan.js'
import { indexKeys } from '../model/record/address-index.js'
import type { Entry, Lockfile } from '../model/record/lockfile.js'

/** An entry under the address that it is recorded by. */
export interface FoundEntry {
  readonly address: string
  readonly entry: Entry
}

/** The entries of a lockfile, by addresses in any spelling. */
export interface Entries {
  /** One entry; none; or several, which older versions made of spellings of one address. */
  of(address: string): readonly FoundEntry[]
}

export function indexEntries({ calls }: Lockfile): Entries {
  const index = indexKeys(calls)
  return {
    of: (wanted) => index.spellingsOf(wanted).map((address) => ({ address, entry: calls[address]! })),
  }
}

/** `placed 2025-11-23T17:02:00Z`, `placed …; ended …`. */
export function describePlaced(entry: Entry, observation?: Observation): string {
  const placed = `placed ${entry.placedAt ?? 'before'}`
  if (entry.state === 'ended')
    return `${placed}; ended${entry.endedAt === undefined ? '' : ` ${entry.endedAt}`}`
  return hasBeenSeenToEnd(entry, observation) ? `${placed}; ended` : placed
}

const hasBeenSeenToEnd = ({ callId }: Entry, observation: Observation | undefined): boolean =>
  observation?.callId === callId && observation !== undefined && hasEnded(observation)

interface Digested {
  readonly digest?: string
  readonly foldedDigest?: string
}

/** What it is compared by where the letter case of ids does not count. */
export const foldedDigestOf = ({ digest, foldedDigest }: Digested): string | undefined =>
  foldedDigest ?? digest

/** Whether the attempt sent this call, the letter case of its ids aside. */
export const isSameCall = (payload: PayloadHead, attempt: Digested): boolean =>
  payload.digest === attempt.digest || foldedDigestOf(payload) === foldedDigestOf(attempt)
