import type { Calls } from '../model/call.js'
import { type SendBounds, sendBounds } from './backoff.js'
import { createGate } from './gate.js'
import { createPauses } from './pauses.js'
import type { Sender } from './send.js'
import { createSession } from './session.js'

/** The world, as far as requests need it that ring nobody. */
export interface SenderPorts {
  readonly calls: Pick<Calls, 'signIn' | 'forgetToken'>
  /** At least 0 and less than 1. */
  random(): number
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  readonly interrupted: AbortSignal
}

/** Sends until the user interrupts, which ends all pauses. To be ended when nothing more is to be sent. */
export function startSender(
  { calls, random, wait, interrupted }: SenderPorts,
  bounds: SendBounds = sendBounds,
): Sender & { end(): void } {
  const pauses = createPauses()
  interrupted.addEventListener('abort', pauses.endAll)
  const waitOnce = async (milliseconds: number): Promise<void> => {
    if (!interrupted.aborted) await pauses.run((signal) => wait(milliseconds, signal))
  }
  return {
    session: createSession(calls),
    gate: createGate(waitOnce, () => random() * bounds.throttleJitter),
    bounds,
    random,
    stopped: () => (interrupted.aborted ? 'interrupted' : undefined),
    wait: waitOnce,
    end: () => interrupted.removeEventListener('abort', pauses.endAll),
  }
}
