import type { Command } from './command.js'
import { jsonHelp, jsonOption, valueHelp, valueOptions } from './options.js'

const checkHelp = ['--check', 'Write nothing; exit 4 when a file is not formatted.'] as const

/** Commands for whoever writes a workspace: they touch neither Graph nor the record. */
export const editingCommands: Readonly<Record<string, Command>> = {
  init: {
    summary: 'make a workspace with an example call',
    usage: 'init [DIR]',
    help: [['DIR', 'Where; the current folder when absent. No file that is there is overwritten.']],
    options: {},
    load: async () => (await import('./commands/init.js')).init,
  },
  fmt: {
    summary: 'lay out callctl.yaml, templates and definitions alike',
    usage: 'fmt [PATH…]',
    help: [checkHelp],
    options: { check: { type: 'boolean' } },
    load: async () => (await import('./commands/fmt.js')).fmt,
  },
  explain: {
    summary: 'say where a payload’s values came from, or what a word means',
    usage: 'explain ADDRESS [POINTER] | TEMPLATE | CODE | URL',
    help: [jsonHelp, ...valueHelp],
    options: { ...jsonOption, ...valueOptions },
    load: async () => (await import('./commands/explain.js')).explain,
  },
  schema: {
    summary: 'print a JSON Schema, or write those that editors use',
    usage: 'schema SCHEMA',
    help: [
      ['SCHEMA', 'calls, template, workspace, call-v1.0, call-beta or call-seed.'],
      ['--write', 'Write .callctl/schema/, which the modelines of `init` name.'],
    ],
    options: { write: { type: 'boolean' } },
    load: async () => (await import('./commands/schema.js')).schema,
  },
  completion: {
    summary: 'print a script that completes callctl’s words in a shell',
    usage: 'completion bash|zsh|fish|powershell',
    help: [['--for LINE', 'Print what may stand at the end of LINE; for the scripts.']],
    options: { for: { type: 'string' } },
    load: async () => (await import('./commands/completion.js')).completion,
  },
}
