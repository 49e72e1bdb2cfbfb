import type { ExitCode } from '../model/exit-code.js'
import type { Host, TerminalStyle } from '../model/host.js'
import type { RunEvent } from '../model/run.js'
import { formatEvent } from '../report/run-text.js'
import type { Arguments } from './arguments.js'

/** What a long command tells: text for people, and with `--json` also numbered NDJSON events on stdout. */
export interface EventStream {
  /** How text looks where it goes. */
  readonly look: TerminalStyle
  show(text: string): void
  emit(event: string, details: object): void
  report(event: RunEvent): void
  /** The closing event; returns the code. */
  end(code: ExitCode, details?: object): ExitCode
}

export function eventStream(args: Arguments, host: Host): EventStream {
  const isJson = args.has('json')
  const look = isJson ? host.terminal.stderr : host.terminal.stdout
  let sequence = 0
  const show = (text: string): void => (isJson ? host.stderr : host.stdout).write(text)
  const emit = (event: string, details: object): void => {
    if (!isJson) return
    sequence += 1
    host.stdout.write(`${JSON.stringify({ formatVersion: 1, sequence, event, ...details })}\n`)
  }
  return {
    look,
    show,
    emit,
    report: ({ event, ...details }) => {
      emit(event, details)
      show(formatEvent({ event, ...details } as RunEvent, look))
    },
    end: (code, details = {}) => {
      emit('end', { exitCode: code, ...details })
      return code
    },
  }
}
