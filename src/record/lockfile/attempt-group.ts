import type { AttemptEntry } from './attempt-entries.js'

/** From as many on, a list is not looked through from its start each time. */
const manyAttempts = 16

/** The attempts of one entry, to be found by id. */
export class AttemptGroup {
  #byId: ReadonlyMap<string, readonly AttemptEntry[]> | undefined

  constructor(readonly attempts: readonly AttemptEntry[]) {}

  withId(id: string): readonly AttemptEntry[] {
    if (this.attempts.length < manyAttempts) return this.attempts.filter(({ attempt }) => attempt === id)
    this.#byId ??= indexById(this.attempts)
    return this.#byId.get(id) ?? []
  }
}

function indexById(attempts: readonly AttemptEntry[]): ReadonlyMap<string, readonly AttemptEntry[]> {
  const byId = new Map<string, AttemptEntry[]>()
  for (const each of attempts) {
    const known = byId.get(each.attempt)
    if (known === undefined) byId.set(each.attempt, [each])
    else known.push(each)
  }
  return byId
}
