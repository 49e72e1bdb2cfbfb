import type { ExitCode } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import type { Arguments, Options } from './arguments.js'
import { callCommand } from './call-command.js'
import { careCommands } from './care-commands.js'
import { editingCommands } from './editing-commands.js'
import {
  cacheHelp,
  cacheOption,
  deadlineHelp,
  deadlineOption,
  jsonHelp,
  jsonOption,
  onlyHelp,
  onlyOption,
  redialHelp,
  redialOptions,
  simulatorHelp,
  simulatorOption,
  valueHelp,
  valueOptions,
} from './options.js'
import { recordCommands } from './record-commands.js'
import { reviewCommands } from './review-commands.js'

export interface Command {
  readonly summary: string
  readonly usage: string
  /** One line for each option, as `help` shows it. */
  readonly help: readonly (readonly [string, string])[]
  readonly options: Options
  /** Loads what the command needs, and no more. */
  load(): Promise<(args: Arguments, host: Host) => Promise<ExitCode>>
}

export const commands: Readonly<Record<string, Command>> = {
  ...editingCommands,
  validate: {
    summary: 'report every problem of the definitions',
    usage: 'validate [PATH…]',
    help: [
      ['--format FORMAT', 'text (default), json, github (annotations) or sarif.'],
      jsonHelp,
      cacheHelp,
      ...valueHelp,
    ],
    options: { ...valueOptions, ...cacheOption, ...jsonOption, format: { type: 'string' } },
    load: async () => (await import('./commands/validate.js')).validate,
  },
  compile: {
    summary: 'print the payloads, or write them to a folder',
    usage: 'compile [PATH…]',
    help: [
      ['--out DIR', 'Write DIR/ADDRESS.json, and remove stale files.'],
      ['--check', 'With --out: write nothing, and fail when DIR is out of date.'],
      ['--format FORMAT', 'payloads (default), ndjson (a line for each call), or json.'],
      jsonHelp,
      onlyHelp,
      cacheHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...cacheOption,
      ...onlyOption,
      ...jsonOption,
      out: { type: 'string' },
      check: { type: 'boolean' },
      format: { type: 'string' },
    },
    load: async () => (await import('./commands/compile.js')).compilePayloads,
  },
  plan: {
    summary: 'show who would be rung, and change nothing',
    usage: 'plan [PATH…]',
    help: [
      ['--out FILE', 'Save the plan as FILE.json, for `apply FILE.json`.'],
      ...redialHelp,
      ['--detailed-exitcode', 'Exit 2 when calls would ring.'],
      ['--show-people', 'Show names and numbers in full even when stdout is no terminal.'],
      simulatorHelp,
      jsonHelp,
      onlyHelp,
      cacheHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...cacheOption,
      ...onlyOption,
      ...simulatorOption,
      ...jsonOption,
      ...redialOptions,
      out: { type: 'string' },
      'show-people': { type: 'boolean' },
    },
    load: async () => (await import('./commands/plan.js')).plan,
  },
  ...reviewCommands,
  apply: {
    summary: 'place the planned calls, each once, and record them',
    usage: 'apply [PATH… | PLAN]',
    help: [
      ['--yes', 'Do not ask. Without a terminal, nothing is placed unless this is given.'],
      ...redialHelp,
      ['--max-age TIME', 'How old a saved plan may be: 30m, 4h (default), 1d.'],
      deadlineHelp,
      ['--detailed-exitcode', 'Exit 2 instead of 5 when calls would ring and nobody confirmed.'],
      ['--concurrency N', 'Calls in flight, 1 to 64; callctl.yaml has the usual number.'],
      ['--show-people', 'Show names and numbers in full even when stdout is no terminal.'],
      simulatorHelp,
      ['--json', 'Print NDJSON events on stdout.'],
      onlyHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...onlyOption,
      ...simulatorOption,
      ...jsonOption,
      ...redialOptions,
      ...deadlineOption,
      yes: { type: 'boolean' },
      'max-age': { type: 'string' },
      concurrency: { type: 'string' },
      'show-people': { type: 'boolean' },
    },
    load: async () => (await import('./commands/apply.js')).apply,
  },
  status: {
    summary: 'ask Graph what became of the placed calls',
    usage: 'status [ADDRESS…]',
    help: [
      ['--refresh', 'Record in the lockfile which calls have ended.'],
      simulatorHelp,
      jsonHelp,
      ...valueHelp,
    ],
    options: { ...valueOptions, ...simulatorOption, ...jsonOption, refresh: { type: 'boolean' } },
    load: async () => (await import('./commands/status.js')).status,
  },
  hangup: {
    summary: 'end placed calls',
    usage: 'hangup ADDRESS… | --all',
    help: [
      ['--all', 'Every call that is recorded as placed.'],
      deadlineHelp,
      simulatorHelp,
      ['--json', 'Print NDJSON events on stdout.'],
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...simulatorOption,
      ...jsonOption,
      ...deadlineOption,
      all: { type: 'boolean' },
    },
    load: async () => (await import('./commands/hangup.js')).hangup,
  },
  call: callCommand,
  ...recordCommands,
  ...careCommands,
  simulator: {
    summary: 'run a local Graph that rings nobody',
    usage: 'simulator',
    help: [
      ['--port N', 'Where to listen on 127.0.0.1; any free port when absent.'],
      ['--faults LIST', 'Failures to make, such as lost-answer=0.1,throttle=0.2,seed=7.'],
      ['--store FILE', 'Keep calls in FILE, so that they outlive the process.'],
      ['--log FILE', 'Append a JSON line for every request to FILE.'],
    ],
    options: {
      port: { type: 'string' },
      faults: { type: 'string' },
      store: { type: 'string' },
      log: { type: 'string' },
    },
    load: async () => (await import('./commands/simulator.js')).simulator,
  },
}
