/** Pauses of a run, which can all be ended at once. */
export interface Pauses {
  run(wait: (signal: AbortSignal) => Promise<void>): Promise<void>
  endAll(): void
}

/** Each pause has a signal of its own: Node warns of a leak when many listen to the same one. */
export function createPauses(): Pauses {
  const pauses = new Set<AbortController>()
  return {
    async run(wait) {
      const controller = new AbortController()
      pauses.add(controller)
      try {
        await wait(controller.signal)
      } finally {
        pauses.delete(controller)
      }
    },
    endAll() {
      for (const controller of pauses) controller.abort()
    },
  }
}
