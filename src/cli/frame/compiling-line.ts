import type { Host } from '../../model/host.js'
import { formatCompiling } from '../../report/text/progress.js'
import { createLine } from './terminal-line.js'

/** In milliseconds: less is over before anybody wonders, and more often than that nobody reads. */
const patience = 1000
const pause = 100

/** One line at the foot of a terminal while calls are compiled, which nothing interrupts: it is drawn as they are counted. */
export function createCompilingLine(host: Host) {
  const line = createLine(host)
  let nextAt = host.now() + patience
  let firstAt: number | undefined
  let calls = 0
  return {
    clear: line.clear,
    count(): void {
      calls += 1
      const now = host.now()
      firstAt ??= now
      if (now < nextAt) return
      line.write(formatCompiling(calls, (now - firstAt) / 1000, host.terminal.stderr))
      nextAt = now + pause
    },
  }
}
