/** What is tried again, how often and how long. Times are milliseconds. */
export interface SendBounds {
  /** Requests for one thing, where it may be repeated whatever became of the one before. */
  readonly tries: number
  /** Retries in a row of what was provably not sent. */
  readonly notSentRetries: number
  /** From the first of those failures on. */
  readonly notSentTime: number
  /** The longest first pause between retries; it doubles with each. */
  readonly backoffStart: number
  readonly backoffLimit: number
  readonly shortestThrottle: number
  readonly longestThrottle: number
  /** Each sender waits up to so much longer than Graph said, so that not all send at once. */
  readonly throttleJitter: number
}

export const sendBounds: SendBounds = {
  tries: 5,
  notSentRetries: 4,
  notSentTime: 30_000,
  backoffStart: 500,
  backoffLimit: 8_000,
  shortestThrottle: 1_000,
  longestThrottle: 300_000,
  throttleJitter: 1_000,
}

/** Full jitter: a random part of a limit that doubles with each retry. Milliseconds; the first retry is 0. */
export function backoffTime(retry: number, random: number, bounds: SendBounds): number {
  return random * Math.min(bounds.backoffLimit, bounds.backoffStart * 2 ** retry)
}

/** How long Graph asks to wait, within reason. */
export function throttleTime(seconds: number, bounds: SendBounds): number {
  return Math.min(bounds.longestThrottle, Math.max(bounds.shortestThrottle, seconds * 1000))
}

/** Counts what was provably not sent, in a row. */
export interface Patience {
  /** Milliseconds until the next try; undefined when enough was tried. */
  retryIn(now: number, random: number): number | undefined
  /** Graph answered: the row is over. */
  reset(): void
}

export function createPatience(bounds: SendBounds): Patience {
  let retries = 0
  let since: number | undefined
  return {
    retryIn(now, random) {
      since ??= now
      const time = backoffTime(retries, random, bounds)
      if (retries >= bounds.notSentRetries || now + time - since > bounds.notSentTime) return undefined
      retries += 1
      return time
    },
    reset() {
      retries = 0
      since = undefined
    },
  }
}
