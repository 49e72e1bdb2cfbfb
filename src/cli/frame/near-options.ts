import { suggest } from '../../model/words/suggest.js'

/** Of other tools, and of other days: what people type who mean one of ours. The first that the command has is meant. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  '-y': ['yes'],
  '--approve': ['yes'],
  '--assume-yes': ['yes'],
  '--auto-approve': ['yes'],
  '--confirm': ['yes'],
  '--no-confirm': ['yes'],
  '--no-input': ['yes'],
  '--non-interactive': ['yes'],
  '-f': ['force', 'var-file', 'body'],
  '--force': ['redial'],
  '--again': ['redial'],
  '--recreate': ['redial'],
  '--replace': ['redial'],
  '--retry': ['redial'],
  '-o': ['out'],
  '--output': ['out', 'format', 'json'],
  '--format': ['json'],
  '-t': ['only'],
  '--address': ['only'],
  '--filter': ['only'],
  '--include': ['only'],
  '--match': ['only'],
  '--select': ['only'],
  '--target': ['only'],
  '--exclude': ['except'],
  '--ignore': ['except'],
  '--skip': ['except'],
  '--without': ['except'],
  '-e': ['env'],
  '--environment': ['env'],
  '--profile': ['env'],
  '--stage': ['env'],
  '--workspace': ['env'],
  '--set': ['var'],
  '--variable': ['var'],
  '--values': ['var-file'],
  '--emulator': ['simulator'],
  '--fake': ['simulator'],
  '--local': ['simulator'],
  '--mock': ['simulator'],
  '--sim': ['simulator'],
  '-j': ['concurrency'],
  '--jobs': ['concurrency'],
  '--parallel': ['concurrency'],
  '--parallelism': ['concurrency'],
  '--timeout': ['deadline'],
  '-a': ['all'],
  '-w': ['watch'],
  '--follow': ['watch'],
  '--interval': ['every'],
  '--status': ['state'],
  '--delete': ['prune'],
  '--destroy': ['prune'],
}

const dryRuns: readonly string[] = ['-n', 'dry', 'dryrun', 'check', 'whatif', 'noop', 'preview', 'plan']

/** What is most likely meant by an option that the command does not have. */
export function hintForOption(word: string, options: Readonly<Record<string, object>>): string | undefined {
  const others = Object.hasOwn(otherWords, word) ? otherWords[word]! : []
  const other = others.find((name) => Object.hasOwn(options, name))
  if (other !== undefined) return `Did you mean \`--${other}\`?`
  const name = word.replace(/^-+/, '')
  if (dryRuns.includes(word) || dryRuns.includes(name.replaceAll(/[-_]/g, '').toLowerCase()))
    return '`callctl plan` shows what `apply` would do, and changes nothing.'
  const near = suggest(name, Object.keys(options))
  return near === undefined ? undefined : `Did you mean \`--${near}\`?`
}
