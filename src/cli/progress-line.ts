import type { Host } from '../model/host.js'
import type { RunEvent } from '../model/run.js'
import { advanceProgress, formatProgress, startProgress } from '../report/progress.js'

/** One line at the foot of a terminal, rewritten while a run goes on. */
export interface ProgressLine {
  /** Takes the line away, before other text is written. */
  clear(): void
  /** Shows where the run stands after this event. */
  draw(event: RunEvent): void
}

/** Fewer results than that are their own progress. */
const fewestCalls = 6

/** Undefined where nobody watches stderr, or where little is to be done. */
export function createProgressLine(host: Host, total: number): ProgressLine | undefined {
  const look = host.terminal.stderr
  if (!look.isTerminal || host.environment['TERM'] === 'dumb' || total < fewestCalls) return undefined
  const startedAt = host.now()
  let progress = startProgress(total)
  let isShown = false
  return {
    clear() {
      if (isShown) host.stderr.write('\r\u001b[K')
      isShown = false
    },
    draw(event) {
      progress = advanceProgress(progress, event)
      host.stderr.write(`\r\u001b[K${formatProgress(progress, (host.now() - startedAt) / 1000, look)}`)
      isShown = true
    },
  }
}
