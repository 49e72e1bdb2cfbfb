// What every command has: arguments, questions, durations, exit codes, lines on a terminal, the run lock. Knows no
// workspace.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from '../../model/errors.js'
import { inProcess } from '../../work/options/options.js'
import { hintForOption } from './near-options.js'

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
export function readArguments(words: readonly string[], options: Options, command = ''): Arguments {
  const { values, positionals } = parse(fillSimulator(words), options, command)
  return {
    positionals,
    text: (name) => textsOf(values[name]).at(-1),
    texts: (name) => textsOf(values[name]),
    has: (name) => values[name] !== undefined && values[name] !== false,
    mayCache: values['no-cache'] === false,
  }
}

function parse(words: string[], options: Options, command: string) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    const misread = misreadOf(words, options, command)
    if (misread !== undefined) throw misread
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${message.replace(/\.$/, '')}.`, helpOf(command))
  }
}

/** What is wrong with the words, in words of ours. */
function misreadOf(words: readonly string[], options: Options, command: string): UsageError | undefined {
  const { tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const help = helpOf(command)
    const option = Object.hasOwn(options, token.name) ? options[token.name]! : undefined
    if (option === undefined) {
      const word = unknownWord(words[token.index]!, token.rawName)
      return new UsageError(`There is no option \`${word}\` here.`, hintForOption(word, options) ?? help)
    }
    if (option.type === 'boolean' && token.value !== undefined)
      return new UsageError(`\`${token.rawName}\` takes no value.`, help)
    if (option.type === 'string' && (token.value === undefined || isOptionLike(token)))
      return new UsageError(
        `\`${token.rawName}\` needs a value.`,
        `Write \`${token.rawName}=VALUE\`. ${help}`,
      )
  }
  return undefined
}

const helpOf = (command: string): string =>
  `See \`callctl help${command === '' ? '' : ` ${command}`}\` for what there is.`

/** `-only` reads as four options of one letter each. */
const unknownWord = (word: string, rawName: string): string =>
  /^-[a-z][a-z-]+$/i.test(word) ? word : rawName

const isOptionLike = ({
  value,
  inlineValue,
}: {
  value: string | undefined
  inlineValue: boolean | undefined
}): boolean => value !== undefined && inlineValue !== true && value.length > 1 && value.startsWith('-')

/** `--simulator` takes a URL or nothing, which parseArgs cannot say. */
const fillSimulator = (words: readonly string[]): string[] =>
  words.flatMap((word, index) => {
    const [, given] = /^--simulator=(.*)$/.exec(word) ?? []
    if (word !== '--simulator' && given === undefined) return [word]
    const next = given ?? words[index + 1] ?? ''
    if (isBareHost(next))
      throw new UsageError(
        `\`--simulator ${next}\` is no URL.`,
        `Did you mean \`--simulator http://${next}\`?`,
      )
    if (given !== undefined) return [word]
    return /^https?:/.test(next) ? [word] : [`--simulator=${inProcess}`]
  })

/** No path and no address has a port. */
const isBareHost = (word: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?\/?$/i.test(word)

const textsOf = (value: unknown): readonly string[] => {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')
}
