import type { CallResult, RunEvent, RunResult } from '../../model/run.js'
import { plural } from '../../model/words/count.js'
import { formatTickets } from '../graph/tickets-text.js'
import { formatCommand } from '../text/command-text.js'
import { type Color, type Look, paint, showText, wrapText } from '../text/paint.js'
import { resolveCommands } from './evidence-text.js'

type Kind = CallResult['kind']

const kinds: Readonly<Record<Kind, readonly [string, Color]>> = {
  placed: ['placed', 'green'],
  ended: ['ended', 'green'],
  refused: ['refused', 'red'],
  'not-sent': ['not sent', 'red'],
  uncertain: ['UNKNOWN', 'red'],
  'hang-up-failed': ['failed', 'red'],
  skipped: ['skipped', 'yellow'],
  elsewhere: ['elsewhere', 'yellow'],
  blocked: ['blocked', 'yellow'],
}

/** One line while a plan is applied; empty for events that people need not see. */
export function formatEvent(event: RunEvent, look: Look): string {
  switch (event.event) {
    case 'result':
      return formatResult(event.result, look)
    case 'waiting':
      return paint(look, 'dim', `waiting ${event.seconds.toFixed(1)} s: ${showText(event.reason)}\n`)
    case 'stopping':
      return paint(look, 'yellow', `stopping: ${showText(event.reason)}\n`)
    default:
      return ''
  }
}

function formatResult(result: CallResult, look: Look): string {
  const [word, color] = kinds[result.kind]
  const lead = paint(look, color, word.padEnd(9))
  const callId = callIdOf(result)
  const address = showText(result.address)
  if (callId !== undefined) return `${lead} ${address}  ${paint(look, 'dim', showText(callId))}\n`
  const indent = ' '.repeat(10)
  return `${lead} ${wrapText(`${address}: ${showText(result.message)}`, look.columns - 10, indent)}\n`
}

/** For a call that went as planned, its id says all. */
function callIdOf({ kind, outcome, ended }: CallResult): string | undefined {
  if (kind === 'placed' && outcome?.kind === 'placed') return outcome.callId
  return kind === 'ended' ? ended?.callId : undefined
}

/** What a run came to, and what a person has to do now; `words` are the options that lead to the same record. */
export function formatRun(
  { results, stopped, signInProblem, recordProblem }: RunResult,
  look: Look,
  words: readonly string[],
): string {
  const lines: string[] = []
  const counts = countKinds(results)
  const parts = [...counts].map(([kind, count]) => `${count} ${kinds[kind][0].toLowerCase()}`)
  if (parts.length > 0)
    lines.push(paint(look, 'bold', `${plural(results.length, 'call')}: ${parts.join(', ')}.`))
  if (signInProblem !== undefined) lines.push(problem('Sign-in failed', signInProblem, look))
  if (recordProblem !== undefined) lines.push(problem('Not recorded', recordProblem, look))
  if (stopped !== undefined && stopped !== signInProblem && stopped !== recordProblem) {
    lines.push(problem('Stopped', stopped, look))
  }
  if ((counts.get('uncertain') ?? 0) > 0) {
    const advice =
      'Whether the calls marked UNKNOWN rang is not known. They are never sent again by themselves: look at who was rung before anything else.'
    lines.push(paint(look, 'red', wrapText(advice, look.columns, '')), ...formatResolving(results, words))
  }
  const sections = [lines.join('\n'), ...formatTickets(results, look)].filter((text) => text !== '')
  return sections.length === 0 ? '' : `${sections.join('\n\n')}\n`
}

const mostCommands = 10

/** What to type for each unknown outcome, with the ids that its answer named. */
function formatResolving(results: readonly CallResult[], words: readonly string[]): readonly string[] {
  const unknown = results.filter(({ kind }) => kind === 'uncertain')
  const shown = unknown.slice(0, mostCommands).flatMap(({ address, outcome }) => {
    const isOthers = outcome?.kind === 'uncertain' && outcome.sharedWith !== undefined
    const named = outcome?.kind === 'uncertain' && !isOthers ? outcome.named : undefined
    return resolveCommands(address, words, named).map((command) => `  ${command}`)
  })
  const rest = unknown.length - mostCommands
  return rest > 0 ? [...shown, `  … and ${rest} more: ${formatCommand('audit', ...words)}`] : shown
}

const problem = (title: string, text: string, look: Look): string =>
  paint(look, 'red', wrapText(`${title}: ${showText(text)}`, look.columns, '  '))

export function countKinds(results: readonly CallResult[]): ReadonlyMap<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const { kind } of results) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
