import type { ExitCode } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import type { Arguments, Options } from './arguments.js'
import { callCommand } from './call-command.js'
import { editingCommands } from './editing-commands.js'
import {
  addressYesHelp,
  deadlineHelp,
  deadlineOption,
  jsonHelp,
  jsonOption,
  onlyHelp,
  onlyOption,
  reasonHelp,
  reasonOptions,
  recordHelp,
  recordOptions,
  redialHelp,
  redialOptions,
  simulatorHelp,
  simulatorOption,
  valueHelp,
  valueOptions,
} from './options.js'

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
      ...valueHelp,
    ],
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
      ['--out FILE', 'Save the plan as FILE.json, for `apply FILE.json`.'],
      ...redialHelp,
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
      ...redialOptions,
      out: { type: 'string' },
      'show-people': { type: 'boolean' },
    },
    load: async () => (await import('./commands/plan.js')).plan,
  },
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
  diff: {
    summary: 'compare two git revisions: who would be rung, and what changed',
    usage: 'diff [BASE] [HEAD]',
    help: [
      ['BASE', 'A branch, tag or commit; the merge base with the default branch when absent.'],
      ['HEAD', 'Likewise; the working tree when absent.'],
      ['--format FORMAT', 'text (default) or json.'],
      ['--out FILE', 'Write the review to FILE.'],
      ['--show-people', 'Show names and numbers in full; they are masked otherwise.'],
      ['--detailed-exitcode', 'Exit 2 when somebody would be rung whom base would not have rung.'],
      jsonHelp,
      onlyHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...onlyOption,
      ...jsonOption,
      format: { type: 'string' },
      out: { type: 'string' },
      'show-people': { type: 'boolean' },
      'detailed-exitcode': { type: 'boolean' },
    },
    load: async () => (await import('./commands/diff.js')).diff,
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
  resolve: {
    summary: 'settle an attempt whose outcome is unknown',
    usage: 'resolve ADDRESS',
    help: [
      ['--placed CALL-ID', 'It was placed, and this is its id.'],
      ['--not-placed', 'Nothing rang: the next apply may place it. Asks you to type the address.'],
      reasonHelp,
      addressYesHelp,
      ...recordHelp,
    ],
    options: {
      ...recordOptions,
      ...reasonOptions,
      placed: { type: 'string' },
      'not-placed': { type: 'boolean' },
    },
    load: async () => (await import('./commands/resolve.js')).resolve,
  },
  forget: {
    summary: 'let an address that has ended or failed be placed anew',
    usage: 'forget ADDRESS',
    help: [addressYesHelp, ...recordHelp],
    options: { ...recordOptions, yes: { type: 'boolean' } },
    load: async () => (await import('./commands/forget.js')).forget,
  },
  import: {
    summary: 'record a call that was placed elsewhere',
    usage: 'import CALL-ID',
    help: [
      ['--as ADDRESS', 'The definition that it is the call of.'],
      reasonHelp,
      simulatorHelp,
      ...valueHelp,
    ],
    options: { ...valueOptions, ...simulatorOption, reason: { type: 'string' }, as: { type: 'string' } },
    load: async () => (await import('./commands/import.js')).importCall,
  },
  lock: {
    summary: 'show, verify, rebuild or merge the lockfile; release the run lock',
    usage: 'lock show|verify|rebuild|release|merge',
    help: [
      ['show', 'The entries, a line each.'],
      ['verify', 'Every fault of lockfile, attempts and run lock; exit 7 when there is one.'],
      ['rebuild', 'Write what the attempts know into the lockfile.'],
      ['release', 'Remove the run lock of a run that is gone and cannot be seen from here.'],
      ['merge BASE OURS THEIRS PATH', 'Git’s merge driver: callctl lock merge %O %A %B %P.'],
      ...recordHelp,
      ['--json', 'With show and verify: print JSON on stdout.'],
    ],
    options: { ...recordOptions, ...jsonOption },
    load: async () => (await import('./commands/lock.js')).lock,
  },
  audit: {
    summary: 'list every attempt, and say whether any address was rung twice',
    usage: 'audit',
    help: [...recordHelp, jsonHelp],
    options: { ...recordOptions, ...jsonOption },
    load: async () => (await import('./commands/audit.js')).audit,
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
