import { didYouMean, suggest } from '../model/words/suggest.js'
import { findOperation } from '../plan/operations.js'

/** Commands of other tools that mean one of ours. */
const otherTools: Readonly<Record<string, string>> = {
  delete: 'hangup',
  destroy: 'hangup',
  end: 'hangup',
  'hang-up': 'hangup',
  kill: 'hangup',
  stop: 'hangup',
  terminate: 'hangup',
  preview: 'plan',
  deploy: 'apply',
  dial: 'apply',
  place: 'apply',
  ring: 'apply',
  run: 'apply',
  send: 'apply',
  start: 'apply',
  up: 'apply',
  check: 'validate',
  lint: 'validate',
  build: 'compile',
  render: 'compile',
  format: 'fmt',
  list: 'status',
  ls: 'status',
  ps: 'status',
  refresh: 'status --refresh',
  show: 'status',
  state: 'status',
  watch: 'status --watch',
  history: 'audit',
  log: 'audit',
  logs: 'audit',
  new: 'init',
  remove: 'forget',
  rm: 'forget',
  'force-unlock': 'lock release',
  unlock: 'lock release',
  redial: 'apply --redial',
  taint: 'apply --redial',
  login: 'doctor',
  rings: 'call rings',
  settle: 'call settle',
  templates: 'template list',
}

/** What is most likely meant by a first word that is no command. */
export function hintForCommand(wanted: string, rest: readonly string[], commands: readonly string[]): string {
  if (wanted.startsWith('-')) return hintForOptionFirst(wanted, rest, commands)
  if (Object.hasOwn(otherTools, wanted)) return `Did you mean \`${otherTools[wanted]}\`?`
  if (findOperation(wanted) !== undefined) return `Did you mean \`call ${wanted}\`?`
  return didYouMean(wanted, commands) ?? '`callctl help` lists them.'
}

function hintForOptionFirst(wanted: string, rest: readonly string[], commands: readonly string[]): string {
  const command = rest.find((word) => commands.includes(word))
  if (command !== undefined) return `The command comes first: \`callctl ${command} ${wanted}\`.`
  if (/^-v$/i.test(wanted)) return 'Did you mean `--version`?'
  const near = suggest(wanted, ['--version', '--help'])
  return near === undefined ? '`callctl help` lists them.' : `Did you mean \`${near}\`?`
}
