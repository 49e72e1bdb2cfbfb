import { rings } from '../model/action.js'
import type { Change, Plan } from '../model/plan.js'

/**
 * A plan in parts to be carried out one after the other: a call that needs the id of another one comes in a later part
 * than that. Most plans are one part.
 */
export function splitWaves({ changes }: Plan): readonly Plan[] {
  const needs = listNeeds(changes)
  const waiting = new Map<string, number[]>()
  for (const [place, addresses] of needs.entries()) {
    for (const address of addresses) {
      const others = waiting.get(address)
      if (others === undefined) waiting.set(address, [place])
      else others.push(place)
    }
  }
  const isDone = changes.map(() => false)
  const waves: Plan[] = []
  let next = [...changes.keys()].filter((place) => needs[place]!.size === 0)
  while (next.length > 0) {
    waves.push({ changes: next.map((place) => changes[place]!) })
    for (const place of next) isDone[place] = true
    next = [...free(next)].sort((one, other) => one - other)
  }
  // The compiler refuses cycles: what is in one goes on as it is, and is refused when it is filled.
  const rest = changes.filter((_, place) => !isDone[place])
  return rest.length === 0 ? waves : [...waves, { changes: rest }]

  /** Those that waited for nothing else than for these. */
  function* free(places: readonly number[]): Generator<number> {
    for (const place of places) {
      const { address, action } = changes[place]!
      if (!rings(action)) continue
      for (const other of waiting.get(address) ?? []) {
        needs[other]!.delete(address)
        if (needs[other]!.size === 0) yield other
      }
    }
  }
}

/** Of each change, the addresses whose ids it needs, and that are rung by this plan too. */
function listNeeds(changes: readonly Change[]): readonly Set<string>[] {
  const rung = new Set(changes.filter(({ action }) => rings(action)).map(({ address }) => address))
  return changes.map(({ action, payload }) => {
    const all = rings(action) ? (payload?.references ?? []) : []
    return new Set(all.map(({ address }) => address).filter((address) => rung.has(address)))
  })
}
