import type { Command } from '../frame/command.js'
import {
  cacheHelp,
  cacheOption,
  jsonHelp,
  jsonOption,
  selectionOptions,
  valueHelp,
  valueOptions,
} from './options.js'

const checkHelp = ['--check', 'Write nothing; exit 4 when a file is not formatted.'] as const

/** Commands for whoever writes a workspace: they touch neither Graph nor the record. */
export const editingCommands: Readonly<Record<string, Command>> = {
  init: {
    summary: 'make a workspace with an example call',
    usage: 'init [DIR]',
    help: [
      ['DIR', 'Where; the current folder when absent. No file that is there is overwritten.'],
      ['--template NAME', 'With this stock template, and an example of it. May be repeated.'],
    ],
    options: { template: { type: 'string', multiple: true } },
    load: async () => (await import('../commands/init.js')).init,
  },
  template: {
    summary: 'list the stock templates, show one, or add some to the workspace',
    usage: 'template list|show|add [STOCK…]',
    help: [
      ['list', 'Each with what it does.'],
      ['show NAME', 'Print it.'],
      ['add NAME', 'Write it into templates/, with what it extends and its tests; nothing is overwritten.'],
    ],
    options: {},
    load: async () => (await import('../commands/template.js')).template,
  },
  fmt: {
    summary: 'lay out callctl.yaml, templates, definitions and tests alike',
    usage: 'fmt [PATH…]',
    help: [checkHelp],
    options: { check: { type: 'boolean' } },
    load: async () => (await import('../commands/fmt.js')).fmt,
  },
  test: {
    summary: 'run the tests of definitions and templates',
    usage: 'test [PATH…]',
    help: [
      ['PATH', 'A *.test.yaml, or a folder of them; calls/ and templates/ when absent.'],
      ['--only PATTERN', 'Just the tests whose names match; `*` stands for any text. May be repeated.'],
      ['--except PATTERN', 'All but those. May be repeated; each has to match something.'],
      ['--update', 'Write what is so into the place of what was expected.'],
      ['--format FORMAT', 'text (default), tap, junit or json.'],
      ['--out FILE', 'Write that to FILE, and text for people to stdout.'],
      jsonHelp,
    ],
    options: {
      ...jsonOption,
      ...selectionOptions,
      update: { type: 'boolean' },
      format: { type: 'string' },
      out: { type: 'string' },
    },
    load: async () => (await import('../commands/test.js')).test,
  },
  explain: {
    summary: 'say where a payload’s values came from, or what a word means',
    usage: 'explain ADDRESS [POINTER] | TEMPLATE | HELPER | CODE | URL',
    help: [
      ['HELPER', 'A function of expressions, such as e164.'],
      ['CODE', 'A diagnostic code, or one of Graph’s such as graph/7503; graph lists those.'],
      jsonHelp,
      cacheHelp,
      ...valueHelp,
    ],
    options: { ...jsonOption, ...cacheOption, ...valueOptions },
    load: async () => (await import('../commands/explain.js')).explain,
  },
  schema: {
    summary: 'print a JSON Schema, or write those that editors use',
    usage: 'schema SCHEMA',
    help: [
      ['SCHEMA', 'calls, template, workspace, test, call-v1.0, call-beta or call-seed.'],
      ['--write', 'Write .callctl/schema/, which the modelines of `init` name.'],
    ],
    options: { write: { type: 'boolean' } },
    load: async () => (await import('../commands/schema.js')).schema,
  },
  completion: {
    summary: 'print a script that completes callctl’s words in a shell',
    usage: 'completion bash|zsh|fish|powershell',
    help: [['--for LINE', 'Print what may stand at the end of LINE; for the scripts.']],
    options: { for: { type: 'string' } },
    load: async () => (await import('../commands/completion.js')).completion,
  },
}
