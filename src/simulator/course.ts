import type { JsonObject } from '../model/json.js'
import type { Timers } from './timers.js'

/** The notifications of one call: each is sent after the one before it has been taken. */
export interface Course {
  /** Sends nothing more that was to be sent later. */
  cancel(): void
  send(notification: JsonObject): void
  /**
   * Sends it after so many milliseconds, unless the course is canceled before, or it is undefined by then. Returns how
   * to cancel this one.
   */
  later(milliseconds: number, notification: () => JsonObject | undefined): () => void
  /** As later, for the one notification that every call of it puts off anew. */
  putOff(milliseconds: number, notification: () => JsonObject): void
}

export function createCourse(timers: Timers, post: (notification: JsonObject) => Promise<void>): Course {
  let last = Promise.resolve()
  let cancelEnd = (): void => {}
  const cancels = new Set<() => void>()
  const send = (notification: JsonObject): void => {
    last = last.then(() => post(notification))
  }
  const later = (milliseconds: number, notification: () => JsonObject | undefined): (() => void) => {
    const cancel = timers.after(milliseconds, () => {
      cancels.delete(cancel)
      const made = notification()
      if (made !== undefined) send(made)
    })
    cancels.add(cancel)
    return cancel
  }
  return {
    send,
    later,
    putOff(milliseconds, notification) {
      cancelEnd()
      cancelEnd = later(milliseconds, notification)
    },
    cancel() {
      for (const cancel of cancels) cancel()
    },
  }
}
