import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Looking } from '../../work/apply/check-call-id.js'
import type { GraphAccess } from '../../work/apply/graph-access.js'

export interface Leaving {
  /** Text for people. */
  tell(text: string): void
  /** Is called before the second interrupt ends the process; returns its exit code. */
  leave(): ExitCode
}

/** First Ctrl-C: finish what is in flight. Second: leave at once; the claims have everything. */
export async function interruptible<Value>(
  host: Host,
  work: (interrupted: AbortSignal) => Promise<Value>,
  leaving: Leaving = { tell: (text) => host.stderr.write(text), leave: () => exitCodes.stopped },
): Promise<Value> {
  const controller = new AbortController()
  const stop = host.onInterrupt(() => {
    if (controller.signal.aborted) host.exit(leaving.leave())
    controller.abort()
    leaving.tell('Interrupted: no new calls; waiting for those in flight. Once more to leave at once.\n')
  })
  try {
    return await work(controller.signal)
  } finally {
    stop()
  }
}

/** How Graph is asked for one call; an interrupt ends that. */
export const lookingOf = (graph: GraphAccess, host: Host): Looking => ({
  graph,
  world: host,
  interruptible: (work) => interruptible(host, work),
})
