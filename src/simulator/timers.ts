/** Timers that can all be stopped at once. They never keep the process alive. */
export interface Timers {
  /** Runs `action` after so many milliseconds. Returns how to cancel it. */
  after(milliseconds: number, action: () => void): () => void
  stop(): void
}

/** Node runs a timer at once when its delay is longer. */
const longestDelay = 2 ** 31 - 1

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  return {
    after(milliseconds, action) {
      const timer = setTimeout(
        () => {
          running.delete(timer)
          action()
        },
        Math.min(milliseconds, longestDelay),
      ).unref()
      running.add(timer)
      return () => {
        clearTimeout(timer)
        running.delete(timer)
      }
    },
    stop() {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    },
  }
}
