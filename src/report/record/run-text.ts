import { byAddress } from '../../model/address-order.js'
import type { Touches } from '../../model/payload.js'
import type { CallResult, RunEvent, RunResult } from '../../model/run.js'
import { plural } from '../../model/words/count.js'
import { formatTickets } from '../graph/tickets-text.js'
import { describeTouches, formatCallees } from '../plan/callees-text.js'
import { formatCommand, hangCommand } from '../text/command-text.js'
import { type Color, hangText, type Look, paint, showText, wrapText } from '../text/paint.js'
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
  if (callId !== undefined) {
    const id = showText(callId)
    const fits = wordWidth + address.length + 2 + id.length <= look.columns
    const between = fits ? '  ' : `\n${' '.repeat(wordWidth)}`
    return `${lead} ${address}${between}${paint(look, 'dim', id)}\n`
  }
  const message = showText(withoutWord(result.message))
  return `${lead} ${hangText(`${address}: ${message}`, look, wordWidth)}\n`
}

const wordWidth = 10

/** The line has said it. */
const withoutWord = (message: string): string =>
  message.replace(/^(?:outcome unknown|refused|not sent|not placed): /, '')

/** For a call that went as planned, its id says all. */
function callIdOf({ kind, outcome, ended }: CallResult): string | undefined {
  if (kind === 'placed' && outcome?.kind === 'placed') return outcome.callId
  return kind === 'ended' ? ended?.callId : undefined
}

/** What else there is to say of a run. */
export interface RunNotes {
  /** Options that lead to the same record. */
  readonly words: readonly string[]
  /** Whom the calls ring whose outcome is unknown, by address. */
  readonly unknown: ReadonlyMap<string, Touches>
  readonly showsPeople: boolean
}

/** What a run came to, and what a person has to do now. */
export function formatRun(
  { results, stopped, signInProblem, recordProblem }: RunResult,
  look: Look,
  notes: RunNotes,
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
  const unknown = results.filter(({ kind }) => kind === 'uncertain')
  const sections = [
    lines.join('\n'),
    ...formatTickets(results, look),
    ...(unknown.length > 0 ? [formatUnknown(unknown, look, notes)] : []),
  ].filter((text) => text !== '')
  return sections.length === 0 ? '' : `${sections.join('\n\n')}\n`
}

const mostCommands = 40

/** Last, as it is what has to be done: whom each unknown one rings, and what to type once that is known. */
function formatUnknown(results: readonly CallResult[], look: Look, notes: RunNotes): string {
  const { words } = notes
  const sorted = results.toSorted(byAddress)
  const advice =
    sorted.length === 1
      ? 'Whether one call rang is not known. It is never sent again by itself: ask whom it was to ring, or look into the call records, then type for it:'
      : `Whether ${sorted.length} calls rang is not known. They are never sent again by themselves: ask whom they were to ring, or look into the call records, then type for each:`
  const blocks = sorted
    .slice(0, mostCommands)
    .map((result) => formatWhom(result, look, notes, commandsFor(result, words)))
  const rest = sorted.slice(mostCommands)
  const more =
    rest.length === 0
      ? []
      : [
          ...rest.map((result) => formatWhom(result, look, notes, [])),
          `  Commands for all: ${formatCommand('status', ...words)}`,
        ]
  return [paint(look, 'red', wrapText(advice, look.columns, '')), ...blocks, ...more].join('\n')
}

function formatWhom(
  { address }: CallResult,
  look: Look,
  { unknown, showsPeople }: RunNotes,
  commands: readonly string[],
): string {
  const touches = unknown.get(address)
  const who = touches === undefined ? '' : formatCallees(touches, showsPeople)
  const text = [touches && describeTouches(touches), who].filter(Boolean).join(': ')
  const row = hangText(`${showText(address)}${text === '' ? '' : `: ${text}`}`, look, 2)
  return [`  ${row}`, ...commands.map((command) => `    ${hangCommand(command, look, 4)}`)].join('\n')
}

/** With the ids that its answer named. */
function commandsFor({ address, outcome }: CallResult, words: readonly string[]): readonly string[] {
  const isOthers = outcome?.kind === 'uncertain' && outcome.sharedWith !== undefined
  const named = outcome?.kind === 'uncertain' && !isOthers ? outcome.named : undefined
  return resolveCommands(address, words, named)
}

const problem = (title: string, text: string, look: Look): string =>
  paint(look, 'red', wrapText(`${title}: ${showText(text)}`, look.columns, '  '))

export function countKinds(results: readonly CallResult[]): ReadonlyMap<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const { kind } of results) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
