import type { Bounds } from './ports.js'

/** Full jitter: a random part of a limit that doubles with each retry. Milliseconds; the first retry is 0. */
export function backoffTime(retry: number, random: number, bounds: Bounds): number {
  return random * Math.min(bounds.backoffLimit, bounds.backoffStart * 2 ** retry)
}

/** How long Graph asks to wait, within reason. */
export function throttleTime(seconds: number, bounds: Bounds): number {
  return Math.min(bounds.longestThrottle, Math.max(bounds.shortestThrottle, seconds * 1000))
}

/** Counts what was provably not sent, in a row. */
export interface Patience {
  /** Milliseconds until the next try; undefined when enough was tried. */
  retryIn(now: number, random: number): number | undefined
  /** Graph answered: the row is over. */
  reset(): void
}

export function createPatience(bounds: Bounds): Patience {
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
