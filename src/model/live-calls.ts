import type { Observation } from './plan.js'
import { attemptsOf } from './record/attempt-evidence.js'
import type { EarlierAttempt, Entry } from './record/lockfile.js'

/**
 * The calls of an address that may be live and have an id, oldest first, each as an entry of its own. There is more
 * than one where it was dialed twice, or placed again while nobody saw the earlier call end.
 */
export const listLiveCalls = (entry: Entry): readonly Entry[] =>
  listCalls(entry).filter(({ state, callId }) => state === 'placed' && callId !== undefined)

/** All attempts of an address, oldest first, each as an entry of its own. */
export function listCalls(entry: Entry): readonly Entry[] {
  const { attempts: _, ...own } = entry
  const earlier = (entry.attempts ?? []).map((attempt) => standAlone(attempt, entry))
  return [...earlier, own as Entry]
}

/** An earlier attempt that does not say where it was placed was placed where the entry's own was. */
const standAlone = (attempt: EarlierAttempt, { endpoint, cloud, tenantId }: Entry): Entry => ({
  digest: '',
  endpoint,
  ...(cloud === undefined ? {} : { cloud }),
  ...(tenantId === undefined ? {} : { tenantId }),
  ...attempt,
})

export const hasLiveCall = (entry: Entry): boolean =>
  attemptsOf(entry).some(({ state, callId }) => state === 'placed' && callId !== undefined)

/** Whether Graph said that the call is over, or knows it no longer. One that is ending has not ended yet. */
export const hasEnded = ({ state, problem }: Pick<Observation, 'state' | 'problem'>): boolean =>
  problem === undefined && (state === 'terminated' || state === 'gone')

/** Whether nobody can be reached by the call any more, as one that is ending takes no operation. */
export const isOver = (state: string): boolean =>
  state === 'terminated' || state === 'terminating' || state === 'gone'
