import { NotSentError } from '../model/errors.js'

export interface Clocks {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds by a clock that nobody sets, and that counts sleep. */
  elapsed?(): number
}

/** By the clock of the wall, which may be set, and by one that nobody sets. */
export interface Moment {
  readonly now: number
  readonly elapsed: number
}

export const momentOf = (clocks: Clocks): Moment => ({
  now: clocks.now(),
  elapsed: clocks.elapsed?.() ?? 0,
})

interface Surroundings extends Clocks {
  /** Just before the claim. */
  readonly since: Moment
  /** From claim to first byte at most, in milliseconds. */
  readonly claimTime: number
  /** Why nothing more may be sent, if anything. */
  stopped(): string | undefined
  /** False where the claim may have an outcome already. */
  isOpen(): boolean
}

/**
 * Just before the first byte, as the process may have stood still since the claim. Throws NotSentError: a late one is
 * worth a claim of its own, what somebody decided meanwhile is not.
 */
export function lookAround({ since, claimTime, stopped, isOpen, ...clocks }: Surroundings): void {
  const reason = stopped()
  if (reason !== undefined) throw new NotSentError(`the run stopped first: ${reason}`, false)
  if (!isOpen())
    throw new NotSentError('its claim was settled or changed meanwhile, or cannot be read', false)
  const { now, elapsed } = momentOf(clocks)
  const isLate = Math.abs(now - since.now) > claimTime || elapsed - since.elapsed > claimTime
  if (isLate) throw new NotSentError('callctl stood still between claim and request', true)
}
