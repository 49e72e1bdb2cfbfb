import { SignInError } from '../../model/errors.js'

/** Where the bearer token comes from. It is kept in memory alone. */
export interface TokenSource {
  /** A token that lasts at least five minutes. Throws SignInError. */
  token(): Promise<string>
  /** Drops the token, so that the next one is new. */
  forget(): void
}

export interface Token {
  readonly text: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const leastLife = 5 * 60 * 1000

/** Keeps one token and renews it when less than five minutes are left, once for however many wait for it. */
export function createTokens(acquire: () => Promise<Token>, now: () => number): TokenSource {
  let held: Token | undefined
  let pending: Promise<string> | undefined
  let generation = 0
  const renew = async (mine: number): Promise<string> => {
    try {
      const token = checkedToken(await acquire(), now())
      // Not after forget(): what was under way then may be what is to be forgotten.
      if (mine === generation) held = token
      return token.text
    } finally {
      if (mine === generation) pending = undefined
    }
  }
  return {
    async token() {
      if (held !== undefined && lasts(held, now())) return held.text
      // A turn later, so that a failure at once cannot come before this assignment.
      pending ??= Promise.resolve(generation).then(renew)
      return pending
    },
    forget() {
      generation += 1
      held = undefined
      pending = undefined
    },
  }
}

/** For a simulator: the token opens nothing, never expires, and cannot be renewed. */
export function fixedTokenSource(text: string): TokenSource {
  return { token: async () => text, forget() {} }
}

const lasts = (token: Token, now: number): boolean => token.expiresAt - now >= leastLife

function checkedToken(token: Token, now: number): Token {
  // Anything else could not stand in a header, and the complaint about that would repeat it.
  if (!/^[\x21-\x7e]+$/.test(token.text)) throw new SignInError('The sign-in endpoint sent no usable token')
  if (lasts(token, now)) return token
  throw new SignInError(
    'The sign-in endpoint sent a token that lasts less than five minutes',
    'Compare the clock of this machine, and the token lifetime policies of the tenant.',
  )
}
