// What may stand at the end of a line in a shell. Whatever is wrong with a workspace, completion stays silent.

import { operationNames } from '../../plan/operations.js'
import type { Command, Commands } from '../frame/command.js'

/** A word that may stand at the end of a line, and what it is. */
export interface Candidate {
  readonly word: string
  readonly meaning?: string
}

/** Names of the workspace and of callctl, each read only when a line asks for it. */
export interface CompletionNames {
  readonly addresses: () => readonly string[]
  readonly codes: () => readonly string[]
  readonly environments: () => readonly string[]
  readonly schemas: () => readonly string[]
  /** The stock templates. */
  readonly stock: () => readonly string[]
  readonly templates: () => readonly string[]
  readonly variables: () => readonly string[]
}

/** What may stand at the end of a line of a shell. Nothing means: the name of a file. */
export function completeLine(line: string, commands: Commands, names: CompletionNames): readonly Candidate[] {
  const words = line.trimStart().split(/\s+/)
  const current = words.at(-1) ?? ''
  const candidates = candidatesFor(words.slice(1, -1), current, commands, names)
  return candidates.filter(({ word }) => word.startsWith(current))
}

function candidatesFor(
  before: readonly string[],
  current: string,
  commands: Commands,
  names: CompletionNames,
): readonly Candidate[] {
  const [name] = before
  if (name === undefined || (name === 'help' && before.length === 1)) return commandNames(commands)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return []
  const [, option, equals] = /^--([\w-]+)(=)?/.exec(current) ?? []
  if (option !== undefined && equals !== undefined) {
    return valuesOf(option, command, names).map((value) => ({ word: `--${option}=${value}` }))
  }
  if (current.startsWith('-')) return optionsOf(command)
  const previous = /^--([\w-]+)$/.exec(before.at(-1)!)?.[1]
  if (previous !== undefined && takesValue(previous, command)) {
    return valuesOf(previous, command, names).map(toCandidate)
  }
  return positionals(command, names).map(toCandidate)
}

const toCandidate = (word: string): Candidate => ({ word })

const commandNames = (commands: Commands): readonly Candidate[] => [
  ...Object.entries(commands).map(([word, { summary }]) => ({ word, meaning: summary })),
  { word: 'help', meaning: 'show how a command is used' },
]

function optionsOf({ help, options }: Command): readonly Candidate[] {
  const meanings = new Map(help.map(([option, meaning]) => [option.split(' ')[0], meaning]))
  return Object.keys(options).map((name) => {
    const meaning = meanings.get(`--${name}`)
    return { word: `--${name}`, ...(meaning !== undefined && { meaning }) }
  })
}

/** The value of `--simulator` may be left out: what follows is then something else. */
const takesValue = (option: string, { options }: Command): boolean =>
  option !== 'simulator' && options[option]?.type === 'string'

function valuesOf(option: string, { help }: Command, names: CompletionNames): readonly string[] {
  if (option === 'only' || option === 'redial' || option === 'as') return names.addresses()
  if (option === 'env') return names.environments()
  if (option === 'template') return names.stock()
  if (option === 'var') return names.variables().map((name) => `${name}=`)
  const meaning = help.find(([head]) => head === `--${option} FORMAT`)?.[1]
  return meaning === undefined ? [] : formatsIn(meaning)
}

/** `text (default), json or sarif.` names three formats. */
const formatsIn = (meaning: string): readonly string[] =>
  meaning
    .replaceAll(/\([^)]*\)/g, '')
    .split(/,|\bor\b|\./)
    .map((word) => word.trim())
    .filter((word) => /^[a-z]+$/.test(word))

/** By the words of the command's usage; those in small letters stand for themselves. */
function positionals({ usage }: Command, names: CompletionNames): readonly string[] {
  return usage
    .split(' ')
    .slice(1)
    .flatMap((word) => {
      const bare = word.replaceAll(/[[\]\u2026]/g, '')
      if (bare === 'ADDRESS') return names.addresses()
      if (bare === 'CODE') return names.codes()
      if (bare === 'COMMAND') return []
      if (bare === 'OPERATION') return [...operationNames, 'rings', 'settle']
      if (bare === 'SCHEMA') return names.schemas()
      if (bare === 'STOCK') return names.stock()
      if (bare === 'TEMPLATE') return names.templates()
      return /^[a-z]+(\|[a-z]+)*$/.test(bare) ? bare.split('|') : []
    })
}
