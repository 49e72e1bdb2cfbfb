// What every command has: arguments, questions, durations, exit codes, lines on a terminal, the run lock. Knows no
// workspace.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from '../../model/errors.js'
import { suggest } from '../../model/words/suggest.js'
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
  const help = `See \`callctl help${command === '' ? '' : ` ${command}`}\` for what there is.`
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    const unknown = findUnknown(words, options)
    if (unknown !== undefined)
      throw new UsageError(`There is no option \`${unknown}\` here.`, hintFor(unknown, options) ?? help)
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${message.replace(/\.$/, '')}.`, help)
  }
}

/** The first word that reads as an option which the command does not have. */
function findUnknown(words: readonly string[], options: Options): string | undefined {
  const { tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const found = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name))
  return found?.kind === 'option' ? found.rawName : undefined
}

/** Of other tools, and of other days: what people type who mean one of ours. */
const otherWords: Readonly<Record<string, string>> = {
  '-y': 'yes',
  '--auto-approve': 'yes',
  '--approve': 'yes',
  '--no-confirm': 'yes',
  '-f': 'force',
  '-o': 'out',
  '--output': 'format',
  '--target': 'only',
  '--filter': 'only',
  '--exclude': 'except',
  '--environment': 'env',
  '-e': 'env',
  '--sim': 'simulator',
  '--replace': 'redial',
}

function hintFor(word: string, options: Options): string | undefined {
  const other = Object.hasOwn(otherWords, word) ? otherWords[word]! : undefined
  if (other !== undefined && Object.hasOwn(options, other)) return `Did you mean \`--${other}\`?`
  if (['--dry-run', '-n', '--check', '--what-if', '--whatif'].includes(word))
    return '`callctl plan` shows what `apply` would do, and changes nothing.'
  const near = suggest(word.replace(/^-+/, ''), Object.keys(options))
  return near === undefined ? undefined : `Did you mean \`--${near}\`?`
}

/** `--simulator` takes a URL or nothing, which parseArgs cannot say. */
const fillSimulator = (words: readonly string[]): string[] =>
  words.flatMap((word, index) => {
    if (word !== '--simulator') return [word]
    const next = words[index + 1] ?? ''
    if (isBareHost(next))
      throw new UsageError(
        `\`--simulator ${next}\` is no URL.`,
        `Did you mean \`--simulator http://${next}\`?`,
      )
    return /^https?:/.test(next) ? [word] : [`--simulator=${inProcess}`]
  })

/** No path and no address has a port. */
const isBareHost = (word: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?\/?$/i.test(word)

const textsOf = (value: unknown): readonly string[] => {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')
}
