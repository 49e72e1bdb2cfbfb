import type { Host } from '../../model/host.js'
import type { RunEvent } from '../../model/run.js'
import { advanceProgress, formatProgress, startProgress } from '../../report/text/progress.js'
import { createLine, isWatched } from './terminal-line.js'

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
  if (!isWatched(host) || total < fewestCalls) return undefined
  const startedAt = host.now()
  const line = createLine(host)
  let progress = startProgress(total)
  return {
    clear: line.clear,
    draw(event) {
      progress = advanceProgress(progress, event)
      line.write(formatProgress(progress, (host.now() - startedAt) / 1000, host.terminal.stderr))
    },
  }
}
