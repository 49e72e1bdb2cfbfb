import type { Attempts, Claim, Outcome } from '../../src/model/record/attempt.js'
import type { Log } from './fake-calls.js'

export interface FakeAttempts extends Attempts {
  readonly records: Map<string, { readonly claim: Claim; outcome?: Outcome }>
  /** The next claims come to this; true once these are used up. */
  claimsGive(...steps: (boolean | Error)[]): FakeAttempts
  /** The next settles throw this; undefined for one that works. */
  settlesThrow(...steps: (Error | undefined)[]): FakeAttempts
  /** Is called between a claim and what follows. */
  afterClaim(action: () => void): FakeAttempts
}

/** Attempts in memory, with exclusive names. */
export function fakeAttempts(log: Log = []): FakeAttempts {
  const claims: (boolean | Error)[] = []
  const settles: (Error | undefined)[] = []
  let after = (): void => {}
  const records: FakeAttempts['records'] = new Map()
  const fake: FakeAttempts = {
    records,
    claimsGive: (...steps) => {
      claims.push(...steps)
      return fake
    },
    settlesThrow: (...steps) => {
      settles.push(...steps)
      return fake
    },
    afterClaim: (action) => {
      after = action
      return fake
    },
    claim(claim) {
      const name = `${claim.address}@${claim.number}`
      const step = claims.shift() ?? true
      log.push(`claim ${name}`)
      if (step instanceof Error) throw step
      if (!step || records.has(name)) return false
      records.set(name, { claim })
      after()
      return true
    },
    settle(claim, outcome) {
      const name = `${claim.address}@${claim.number}`
      log.push(`settle ${name} ${outcome.kind}`)
      const step = settles.shift()
      if (step !== undefined) throw step
      records.get(name)!.outcome = outcome
    },
  }
  return fake
}
