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
