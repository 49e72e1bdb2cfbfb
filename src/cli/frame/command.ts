import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Arguments, Options } from './arguments.js'

/** What there is to know of a command before it runs. */
export interface Command {
  readonly summary: string
  readonly usage: string
  /** One line for each option, as `help` shows it. */
  readonly help: readonly (readonly [string, string])[]
  readonly options: Options
  /** Loads what the command needs, and no more. */
  load(): Promise<(args: Arguments, host: Host, commands: Commands) => Promise<ExitCode>>
}

/** Every command by its name. Handed to commands as an argument: the table imports them, so none can import it. */
export type Commands = Readonly<Record<string, Command>>
