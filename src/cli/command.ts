import type { ExitCode } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import type { Arguments, Options } from './arguments.js'

export interface Command {
  readonly summary: string
  readonly usage: string
  /** One line for each option, as `help` shows it. */
  readonly help: readonly (readonly [string, string])[]
  readonly options: Options
  /** Loads what the command needs, and no more. */
  load(): Promise<(args: Arguments, host: Host) => Promise<ExitCode>>
}

const valueOptions: Options = {
  var: { type: 'string', multiple: true },
  'var-file': { type: 'string', multiple: true },
}
const valueHelp = [
  ['--var NAME=VALUE', 'Set a variable; read by its declared type. May be repeated.'],
  ['--var-file FILE', 'Set the variables of a YAML or JSON map. May be repeated.'],
] as const

const onlyOption: Options = { only: { type: 'string', multiple: true } }
const onlyHelp = [
  '--only PATTERN',
  'Just the addresses that match; `*` stands for any text. May be repeated.',
] as const

const simulatorOption: Options = { simulator: { type: 'string' } }
const simulatorHelp = [
  '--simulator [URL]',
  'Use the built-in simulator, or one that runs at URL: nobody is rung.',
] as const

const jsonOption: Options = { json: { type: 'boolean' } }
const jsonHelp = ['--json', 'Print JSON on stdout.'] as const

export const commands: Readonly<Record<string, Command>> = {
  validate: {
    summary: 'report every problem of the definitions',
    usage: 'validate [PATH…]',
    help: [['--format FORMAT', 'text (default) or json.'], jsonHelp, ...valueHelp],
    options: { ...valueOptions, ...jsonOption, format: { type: 'string' } },
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
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
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
      ['--detailed-exitcode', 'Exit 2 when calls would ring.'],
      ['--show-people', 'Show names and numbers in full even when stdout is no terminal.'],
      simulatorHelp,
      jsonHelp,
      onlyHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...onlyOption,
      ...simulatorOption,
      ...jsonOption,
      'detailed-exitcode': { type: 'boolean' },
      'show-people': { type: 'boolean' },
    },
    load: async () => (await import('./commands/plan.js')).plan,
  },
  apply: {
    summary: 'place the planned calls, each once, and record them',
    usage: 'apply [PATH…]',
    help: [
      ['--yes', 'Do not ask. Without a terminal, nothing is placed unless this is given.'],
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
      yes: { type: 'boolean' },
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
      simulatorHelp,
      ['--json', 'Print NDJSON events on stdout.'],
      ...valueHelp,
    ],
    options: { ...valueOptions, ...simulatorOption, ...jsonOption, all: { type: 'boolean' } },
    load: async () => (await import('./commands/hangup.js')).hangup,
  },
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
