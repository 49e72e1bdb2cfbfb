import { fstatSync, statSync, writeSync } from 'node:fs'
import type { Environment } from '../../model/environment.js'
import type { TerminalStyle, TextStream } from '../../model/host.js'

/** stdout or stderr. */
export interface Output extends TextStream {
  readonly isTerminal: boolean
  readonly style: TerminalStyle
  /** Resolves when what was written is passed on, so that its bytes are free to change, or its reader has gone. */
  drained(): Promise<void>
}

/** `file` is its number, `open` makes Node's stream of it, which takes milliseconds: only what needs it has it. */
export function createOutput(file: number, open: () => NodeJS.WriteStream, environment: Environment): Output {
  let stream: NodeJS.WriteStream | undefined
  let isDirect: boolean | undefined
  let passedOn: Promise<void> | undefined
  const mayWriteDirectly = (): boolean => {
    isDirect ??= takesDirectWrites(file)
    return isDirect
  }
  const opened = (): NodeJS.WriteStream => {
    // A reader that has gone, such as `head`, is no reason to stop.
    stream ??= open().on('error', () => {})
    return stream
  }
  return {
    write(text) {
      const rest = stream === undefined && mayWriteDirectly() ? writeDirectly(file, text) : text
      if (rest.length > 0) passedOn = write(opened(), rest)
    },
    get isTerminal() {
      return !mayWriteDirectly() && opened().isTTY === true
    },
    get style() {
      return styleOf(this.isTerminal ? opened() : undefined, environment)
    },
    drained: async () => passedOn,
  }
}

/** Whether it is a file or a pipe, to which Node's stream would write at once, too; or leads nowhere. */
function takesDirectWrites(file: number): boolean {
  try {
    const status = fstatSync(file)
    if (status.isFile() || status.isFIFO() || status.isSocket()) return process.platform !== 'win32'
    return status.isCharacterDevice() && status.rdev === statSync('/dev/null').rdev
  } catch {
    return false
  }
}

/** Returns what is left for Node's stream, which can wait, where the reader shares the file and does not want it to block. */
function writeDirectly(file: number, text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  let at = 0
  try {
    while (at < bytes.length) at += writeSync(file, bytes, at)
  } catch (error) {
    // Like Node's stream: what cannot be written must not stop a run that is placing calls.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return bytes.subarray(bytes.length)
  }
  return bytes.subarray(at)
}

function styleOf(terminal: NodeJS.WriteStream | undefined, environment: Environment): TerminalStyle {
  const refusesColor = Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb'
  return {
    isTerminal: terminal !== undefined,
    hasColor: terminal !== undefined && !refusesColor,
    columns: terminal === undefined ? 80 : Math.max(terminal.columns || 80, 40),
  }
}

/**
 * Resolves when it is passed on, and with it all that was written before; or when nobody takes it any more. What the
 * stream throws at once is thrown here: in the promise it would end the process, whatever was in flight.
 */
function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  let pass = (): void => {}
  const passedOn = new Promise<void>((resolve) => {
    pass = resolve
  })
  stream.write(text, () => pass())
  return passedOn
}
