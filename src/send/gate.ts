/** Where all senders of a command wait while Graph throttles one of them. */
export interface Gate {
  /** Closes it for so long, or longer where it is closed already. */
  close(milliseconds: number): void
  isClosed(): boolean
  /** Resolves when it is open, a little later for each sender. */
  pass(): Promise<void>
}

/** Counts on `wait` and on no clock, which may be set back. `wait` must not reject. */
export function createGate(wait: (milliseconds: number) => Promise<void>, jitter: () => number): Gate {
  let closing: Promise<void> | undefined
  return {
    close(milliseconds) {
      const pause = Promise.all([closing, wait(milliseconds)]).then(() => {
        if (closing === pause) closing = undefined
      })
      closing = pause
    },
    isClosed: () => closing !== undefined,
    async pass() {
      while (closing !== undefined) {
        await closing
        await wait(jitter())
      }
    },
  }
}
