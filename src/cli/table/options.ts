import type { Options } from '../frame/arguments.js'

// Options that several commands have, with the lines by which `help` shows them.

export const valueOptions: Options = {
  var: { type: 'string', multiple: true },
  'var-file': { type: 'string', multiple: true },
  env: { type: 'string' },
  strict: { type: 'boolean' },
}
export const valueHelp = [
  ['--var NAME=VALUE', 'Set a variable; read by its declared type. May be repeated.'],
  ['--var-file FILE', 'Set the variables of a YAML or JSON map. May be repeated.'],
  ['--env NAME', 'Lay an environment of callctl.yaml over its settings; it has a lockfile of its own.'],
  ['--strict', 'Take warnings for errors.'],
] as const

export const selectionOptions: Options = {
  only: { type: 'string', multiple: true },
  except: { type: 'string', multiple: true },
}
export const selectionHelp = [
  ['--only PATTERN', 'Just the addresses that match; `*` stands for any text. May be repeated.'],
  ['--except PATTERN', 'All but those that match. May be repeated; each has to match something.'],
] as const

export const simulatorOption: Options = { simulator: { type: 'string' } }
export const simulatorHelp = [
  '--simulator [URL]',
  'Use the built-in simulator, or one that runs at URL: nobody is rung.',
] as const

export const redialOptions: Options = {
  redial: { type: 'string', multiple: true },
  prune: { type: 'boolean' },
  'detailed-exitcode': { type: 'boolean' },
}
export const redialHelp = [
  ['--redial NAME', 'Place this very address again; a live call is hung up first. May be repeated.'],
  ['--prune', 'Hang up calls that are no longer defined.'],
] as const

export const deadlineOption: Options = { deadline: { type: 'string' } }
export const deadlineHelp = [
  '--deadline TIME',
  'Begin nothing new after so long, such as 90s or 30m.',
] as const

/** The default tells a command that has this option from one that has not. */
export const cacheOption: Options = { 'no-cache': { type: 'boolean', default: false } }
export const cacheHelp = ['--no-cache', 'Parse every file anew; keep nothing for the next run.'] as const

export const jsonOption: Options = { json: { type: 'boolean' } }
export const jsonHelp = ['--json', 'Print JSON on stdout.'] as const

/** Of commands that are about a record alone: which one. */
export const recordOptions: Options = { simulator: { type: 'string' }, env: { type: 'string' } }
export const recordHelp = [
  ['--simulator', 'The record of the simulator’s calls.'],
  ['--env NAME', 'The record of an environment of callctl.yaml.'],
] as const

export const forceOption: Options = { force: { type: 'boolean' } }
export const forceHelp = [
  '--force',
  'Record the id without asking Graph, or though it knows no such call; the reason says so.',
] as const

export const reasonOptions: Options = { reason: { type: 'string' }, yes: { type: 'boolean' } }
export const reasonHelp = [
  '--reason TEXT',
  'Why, in at most 200 characters; kept in attempt and lockfile.',
] as const
export const addressYesHelp = [
  '--yes',
  'Do not ask. Without a terminal, nothing is changed unless this is given.',
] as const
