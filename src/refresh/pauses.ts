interface Ports {
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  readonly interrupted: AbortSignal
}

/** Pauses that end when the user interrupts. One signal a pause: Node warns of a leak when many share one. */
export function interruptiblePauses(ports: Ports) {
  const pauses = new Set<AbortController>()
  const abort = (): void => {
    for (const controller of pauses) controller.abort()
  }
  ports.interrupted.addEventListener('abort', abort)
  return {
    async pause(milliseconds: number): Promise<void> {
      if (ports.interrupted.aborted) return
      const controller = new AbortController()
      pauses.add(controller)
      try {
        await ports.wait(milliseconds, controller.signal)
      } finally {
        pauses.delete(controller)
      }
    },
    end: (): void => ports.interrupted.removeEventListener('abort', abort),
  }
}
