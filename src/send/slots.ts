/** How many requests may be in flight. Whoever waits is let in in turn. */
export interface Slots {
  /** Resolves with how to give the slot back; to do that again does nothing. */
  take(): Promise<() => void>
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = count
  const release = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let isMine = true
      return () => {
        if (isMine) release()
        isMine = false
      }
    },
  }
}
