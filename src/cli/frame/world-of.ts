import type { Host } from '../../model/host.js'
import type { WatchedWorld } from '../../model/world.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'
import type { Arguments } from './arguments.js'
import { withCompilingLine } from './with-compiling-line.js'

/** What a use case needs of the host; what it tells goes to stderr. */
export function worldOf(args: Arguments, host: Host): WatchedWorld {
  const { cwd, environment, now, elapsed, uuid, random, wait, processId } = host
  return {
    cwd,
    environment,
    now,
    ...(elapsed !== undefined && { elapsed }),
    uuid,
    random,
    wait,
    processId,
    get operator() {
      return host.operator
    },
    warn: (text) => showWarning(text, host),
    tell: (text) => host.stderr.write(`${wrapText(showText(text), host.terminal.stderr.columns, '  ')}\n`),
    watchCompiling: (compile) => withCompilingLine(args, host, compile),
  }
}

export function showWarning(text: string, { stderr, terminal }: Host): void {
  const look = terminal.stderr
  stderr.write(`${paint(look, 'yellow', wrapText(`warning: ${text}`, look.columns, '  '))}\n`)
}
