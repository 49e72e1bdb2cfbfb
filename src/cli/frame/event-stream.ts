import { exitCodeOf } from '../../model/error-codes.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host, TerminalStyle } from '../../model/host.js'
import type { RunEvent } from '../../model/run.js'
import { describeMeaning } from '../../report/graph/tickets-text.js'
import { formatEvent } from '../../report/record/run-text.js'
import { writeJson } from '../../report/text/json-text.js'
import type { Arguments } from './arguments.js'
import { describeError } from './error-codes.js'
import { createProgressLine, type ProgressLine } from './progress-line.js'

/** What a long command tells: text for people, and with `--json` also numbered NDJSON events on stdout. */
export interface EventStream {
  /** How text looks where it goes. */
  readonly look: TerminalStyle
  show(text: string): void
  /** Text for people alone, on stderr. */
  tell(text: string): void
  emit(event: string, details: object): void
  report(event: RunEvent): void
  /** So many calls will be reported: on a terminal, progress is shown. */
  begin(total: number): void
  /** The closing event, which only the first call writes; returns the code. */
  end(code: ExitCode, details?: object): ExitCode
}

/** Whatever happens, errors included, the last event is `end`. */
export async function withEvents(
  args: Arguments,
  host: Host,
  work: (stream: EventStream) => Promise<ExitCode>,
): Promise<ExitCode> {
  const stream = eventStream(args, host)
  try {
    return stream.end(await work(stream))
  } catch (error) {
    stream.end(exitCodeOf(error), { error: describeError(error) })
    throw error
  }
}

export function eventStream(args: Arguments, host: Host): EventStream {
  const isJson = args.has('json')
  const look = isJson ? host.terminal.stderr : host.terminal.stdout
  let sequence = 0
  let hasEnded = false
  let progress: ProgressLine | undefined
  const show = (text: string): void => {
    if (text !== '') progress?.clear()
    ;(isJson ? host.stderr : host.stdout).write(text)
  }
  const emit = (event: string, details: object): void => {
    if (!isJson || hasEnded) return
    sequence += 1
    const time = new Date(host.now()).toISOString()
    host.stdout.write(`${writeJson({ formatVersion: 1, sequence, event, time, ...details })}\n`)
  }
  return {
    look,
    show,
    emit,
    tell(text) {
      progress?.clear()
      host.stderr.write(text)
    },
    report(runEvent) {
      const { event, ...details } = runEvent
      emit(event, runEvent.event === 'result' ? { ...details, ...describeMeaning(runEvent.result) } : details)
      show(formatEvent(runEvent, look))
      progress?.draw(runEvent)
    },
    begin(total) {
      if (!isJson) progress = createProgressLine(host, total)
    },
    end(code, details = {}) {
      progress?.clear()
      emit('end', { exitCode: code, ...details })
      hasEnded = true
      return code
    },
  }
}
