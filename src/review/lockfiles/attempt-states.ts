import {
  findEvidenceFault,
  findForgettingFault,
  hasPersonsWord,
} from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, EntryState } from '../../model/record/lockfile.js'
import type { RecordChangeKind } from '../../model/review.js'
import type { KnownAttempt } from './attempt-index.js'

/** What a change of one attempt comes to. */
export interface Verdict {
  readonly kind: RecordChangeKind
  readonly isEdit: boolean
  readonly message: string
}

/** `by a person`: only where a person's word settles, or had settled, what callctl could not know. */
type Way = 'command' | 'by a person' | 'never'

/** From the state at base (rows) to that at head: what some command writes. */
const ways: Readonly<Record<EntryState, Readonly<Record<EntryState, Way>>>> = {
  failed: { failed: 'command', uncertain: 'command', placed: 'by a person', ended: 'by a person' },
  uncertain: { failed: 'by a person', uncertain: 'command', placed: 'command', ended: 'command' },
  placed: { failed: 'never', uncertain: 'never', placed: 'command', ended: 'command' },
  ended: { failed: 'never', uncertain: 'never', placed: 'never', ended: 'command' },
}

/** Whether a command takes an attempt from the one to the other, the evidence aside. */
function isWay(before: EarlierAttempt, after: EarlierAttempt): boolean {
  const way = ways[before.state][after.state]
  if (way !== 'by a person') return way === 'command'
  // A call id speaks against whoever says that nothing was placed.
  if (after.state === 'failed') return hasPersonsWord(after) && before.callId === undefined
  return hasPersonsWord(before)
}

const says: Readonly<Record<EntryState, string>> = {
  failed: 'says that it failed',
  uncertain: 'says that its outcome is unknown',
  placed: 'says that it was placed',
  ended: 'says that it was placed and ended',
}

/** An attempt that base does not have. */
export function judgeNew({ attempt, isForgotten }: KnownAttempt): Verdict {
  if (isForgotten) return judgeForgotten(attempt, 'an attempt unknown before is forgotten')
  const fault = findEvidenceFault(attempt)
  const isImport = attempt.state === 'placed' && hasPersonsWord(attempt)
  const word = isImport ? 'a person says that it was placed' : says[attempt.state]
  return {
    kind: isImport ? 'imported' : attempt.state,
    isEdit: fault !== undefined,
    message: withFault(word, fault),
  }
}

/** An attempt that both have; undefined where its state is what it was. */
export function judgeState(before: KnownAttempt, after: KnownAttempt): Verdict | undefined {
  const [old, now] = [before.attempt, after.attempt]
  if (before.isForgotten && !after.isForgotten) {
    return { kind: 'restored', isEdit: true, message: 'was forgotten, and is no longer' }
  }
  const way = isWay(old, now) ? undefined : `it was ${old.state}`
  if (after.isForgotten && !before.isForgotten) return judgeForgotten(now, 'is forgotten', way)
  if (old.state === now.state) return undefined
  const fault = way ?? findEvidenceFault(now)
  return { kind: now.state, isEdit: fault !== undefined, message: withFault(says[now.state], fault) }
}

function judgeForgotten(attempt: EarlierAttempt, word: string, way?: string): Verdict {
  const fault = way ?? findForgettingFault(attempt) ?? findEvidenceFault(attempt)
  return { kind: 'forgotten', isEdit: fault !== undefined, message: withFault(word, fault) }
}

const withFault = (word: string, fault: string | undefined): string =>
  fault === undefined ? word : `${word}, but ${fault}`
