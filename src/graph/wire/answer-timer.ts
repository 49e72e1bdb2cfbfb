import type { Wire } from './wire.js'

export interface AnswerTimer {
  end(): void
}

interface TimerSettings {
  /** Milliseconds for the answer, of those in which callctl runs. */
  readonly timeout: number
  /** Milliseconds since 1970. */
  now?(): number
  onTimeout(): void
}

const parts = 30
/** A part that took so much longer says that the process, or its machine, stood still. */
const standstill = 1000
/** What was on its way meanwhile gets so many parts more, so often. */
const extraParts = 5
const mostExtras = 3

/**
 * Counts the time in parts, each of which a process that stands still loses once at most: a timer's word about 33 s in
 * which nothing ran says nothing of the answer, which may lie in the socket. What lies there is read before time is up.
 */
export function startAnswerTimer(wire: Wire, { timeout, now, onTimeout }: TimerSettings): AnswerTimer {
  const part = Math.max(1, timeout / parts)
  let left = Math.ceil(timeout / part)
  let extras = mostExtras
  let since = now?.() ?? 0
  let timer = setTimeout(tick, part)
  let hasEnded = false

  function tick(): void {
    const time = now?.() ?? 0
    // The clock may have been set back meanwhile, too.
    if (Math.abs(time - since) > part + standstill) addTime()
    since = time
    left -= 1
    if (left > 0) timer = setTimeout(tick, part)
    else lookOnce()
  }
  function addTime(): void {
    if (extras === 0) return
    extras -= 1
    left = Math.max(left, extraParts)
  }
  /** Timers come before the socket in a turn of the event loop. */
  function lookOnce(): void {
    const before = wire.size()
    setImmediate(() => setImmediate(finish, before))
  }
  function finish(before: number): void {
    if (hasEnded) return
    left = 0
    if (wire.size() > before) addTime()
    if (left > 0) timer = setTimeout(tick, part)
    else onTimeout()
  }
  return {
    end() {
      hasEnded = true
      clearTimeout(timer)
    },
  }
}
