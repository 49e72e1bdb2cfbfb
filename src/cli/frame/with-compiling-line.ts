import type { Host } from '../../model/host.js'
import type { Arguments } from './arguments.js'
import { isWatched } from './terminal-line.js'

/** Compiles with progress shown; `count` is undefined where nobody watches, or where a program reads what is said. */
export function withCompilingLine<Result>(
  args: Arguments,
  host: Host,
  work: (count: (() => void) | undefined) => Result,
): Result {
  if (!isWatched(host) || args.has('json')) return work(undefined)
  const line = loadLine().createCompilingLine(host)
  try {
    return work(line.count)
  } finally {
    line.clear()
  }
}

/** On pipes it is never needed. */
const loadLine = () => require('./compiling-line.js') as typeof import('./compiling-line.js')
