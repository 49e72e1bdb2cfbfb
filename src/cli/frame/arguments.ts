// What every command has: arguments, questions, durations, exit codes, lines on a terminal, the run lock. Knows no
// workspace.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from '../../model/errors.js'
import { inProcess } from '../../work/options/options.js'

/** What follows the command's name, read. */
export interface Arguments {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  has(name: string): boolean
  /** Whether the command has `--no-cache`, and it was not given. */
  readonly mayCache?: boolean
}

export type Options = NonNullable<ParseArgsConfig['options']>

/** Throws UsageError for options that the command does not have, and for values that are missing. */
export function readArguments(words: readonly string[], options: Options): Arguments {
  const { values, positionals } = parse(fillSimulator(words), options)
  return {
    positionals,
    text: (name) => textsOf(values[name]).at(-1),
    texts: (name) => textsOf(values[name]),
    has: (name) => values[name] !== undefined && values[name] !== false,
    mayCache: values['no-cache'] === false,
  }
}

function parse(words: string[], options: Options) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${message.replace(/\.$/, '')}.`, 'See `callctl help` for what there is.')
  }
}

/** `--simulator` takes a URL or nothing, which parseArgs cannot say. */
const fillSimulator = (words: readonly string[]): string[] =>
  words.flatMap((word, index) => {
    if (word !== '--simulator') return [word]
    return /^https?:/.test(words[index + 1] ?? '') ? [word] : [`--simulator=${inProcess}`]
  })

const textsOf = (value: unknown): readonly string[] => {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')
}
