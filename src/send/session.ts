import type { Calls } from '../model/call.js'

/** One sign-in for all senders of a run. */
export interface Session {
  /** Resolves with the token's generation. Throws SignInError. */
  signIn(): Promise<number>
  /** Drops the token of that generation; does nothing when another sender has done so. */
  renew(generation: number): void
}

export function createSession(calls: Pick<Calls, 'signIn' | 'forgetToken'>): Session {
  let generation = 0
  let pending: Promise<unknown> | undefined
  const begin = async (): Promise<unknown> => calls.signIn()
  return {
    async signIn() {
      pending ??= begin()
      const mine = pending
      try {
        await mine
      } finally {
        if (pending === mine) pending = undefined
      }
      return generation
    },
    renew(refused) {
      if (refused !== generation) return
      generation += 1
      pending = undefined
      calls.forgetToken()
    },
  }
}
