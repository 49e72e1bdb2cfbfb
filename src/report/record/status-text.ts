// What became of calls: runs, states, operations, the record's audit and the doctor's findings.

import { isOver } from '../../model/live-calls.js'
import type { Observation } from '../../model/plan.js'
import type { StatusLine, Whom } from '../../model/record/status-line.js'
import { plural } from '../../model/words/count.js'
import { explainAnswer, explainEnd } from '../graph/explain-graph.js'
import { describeTouches, formatCallees } from '../plan/callees-text.js'
import { hangCommand } from '../text/command-text.js'
import { type Color, hangText, type Look, paint, showText, widthOf, wrapText } from '../text/paint.js'
import { resolveCommands } from './evidence-text.js'

export interface StatusNotes {
  /** Options that lead to the same record. */
  readonly words: readonly string[]
  readonly showsPeople: boolean
  /** Whether some of the record's calls were left out. */
  readonly isPart: boolean
}

const noNotes: StatusNotes = { words: [], showsPeople: false, isPart: false }

/** Unknown ones first, with whom they ring and the commands that settle them. */
export function formatStatus(lines: readonly StatusLine[], look: Look, notes: StatusNotes = noNotes): string {
  if (lines.length === 0)
    return notes.isPart ? 'No call is in such a state.\n' : 'No call has been placed yet.\n'
  const width = widthOf(
    lines.map(({ address }) => showText(address)),
    look,
  )
  const sorted = [...lines.filter(isUnknown), ...lines.filter((line) => !isUnknown(line))]
  const rows = sorted.map((line) => formatLine(line, width, look, notes))
  return `${rows.join('\n')}\n\n${formatCounts(lines)}\n`
}

const isUnknown = ({ entry, isInFlight }: StatusLine): boolean =>
  entry.state === 'uncertain' && isInFlight === undefined

function formatCounts(lines: readonly StatusLine[]): string {
  const count = (state: StatusLine['entry']['state']): number =>
    lines.filter(({ entry }) => entry.state === state).length
  const flying = lines.filter(({ isInFlight }) => isInFlight === true).length
  const unknown = lines.filter(isUnknown).length
  const parts = [
    `${lines.filter(isLive).length} live`,
    ...(flying > 0 ? [`${flying} in flight`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
  ]
  return `${plural(lines.length, 'call')}, ${parts.join(', ')}.`
}

const isLive = ({ observation }: StatusLine): boolean =>
  observation !== undefined && observation.problem === undefined && !isOver(observation.state)

function formatLine(line: StatusLine, width: number, look: Look, notes: StatusNotes): string {
  const { address, entry, observation, isInFlight } = line
  const state = stateOf(line)
  const color: Color = isUnknown(line) || entry.state === 'failed' ? 'red' : isLive(line) ? 'green' : 'dim'
  const id = entry.callId === undefined ? '' : `  ${showText(entry.callId)}`
  const problem =
    observation?.problem ?? (entry.state === 'placed' || isInFlight === true ? undefined : entry.reason)
  const remarks = [problem && showText(problem), ...(observation === undefined ? [] : explain(observation))]
  const note = remarks
    .flatMap((text) =>
      text ? [`\n    ${paint(look, 'yellow', wrapText(text, look.columns - 4, '    '))}`] : [],
    )
    .join('')
  const shown = showText(address)
  const column = shown.length > width ? 4 : width + 2
  const lead = shown.length > width ? `${shown}\n    ` : `${shown.padEnd(width)}  `
  // An id is copied: it is never broken by the end of a line.
  const isWide = column + Math.max(state.length, 12) + id.length > look.columns
  const where = isWide && id !== '' ? `\n    ${id.trimStart()}` : id
  const advice = isUnknown(line) ? formatAdvice(line, look, notes) : ''
  return `${lead}${paint(look, color, isWide ? state : state.padEnd(12))}${where}${note}${advice}`
}

/** Whom to ask, and what to type then. */
function formatAdvice({ address, whom }: StatusLine, look: Look, notes: StatusNotes): string {
  const commands = resolveCommands(address, notes.words).map((each) => hangCommand(each, look, 4))
  const who = whom === undefined ? [] : [hangText(describeWhom(whom, notes.showsPeople), look, 4)]
  return [...who, ...commands].map((text) => `\n    ${text}`).join('')
}

function describeWhom({ touches, isAsSent }: Whom, showsPeople: boolean): string {
  const callees = formatCallees(touches, showsPeople)
  const text = callees === '' ? describeTouches(touches) : `${describeTouches(touches)}: ${callees}`
  return isAsSent ? text : `by its definition of now, which is not what was sent: ${text}`
}

/** Codes in words, and the id for a support ticket. */
function explain({ answer, end }: Observation): readonly string[] {
  if (end !== undefined) {
    const spelled = `graph/${end.code}-${end.subcode}`
    const known = explainEnd(end)
    if (known === undefined)
      return [`${spelled}: ${showText(end.message ?? 'callctl does not know this code')}`]
    return [`${known.code}: ${[known.meaning, known.fix].filter(Boolean).join(' ')}`]
  }
  if (answer === undefined) return []
  const found = explainAnswer(answer)
  const id = answer.requestId === undefined ? [] : [`request-id ${showText(answer.requestId)}`]
  return found === undefined ? id : [`${found.code}: ${found.fix ?? found.meaning}`, ...id]
}

function stateOf({ entry, observation, isInFlight }: StatusLine): string {
  if (isInFlight === true) return 'in flight'
  if (entry.state !== 'placed') return entry.state
  if (observation === undefined || observation.problem !== undefined) return 'placed'
  return observation.state === 'gone' ? 'ended' : observation.state
}

/** Status for machines. People are counted, not named: this ends up in logs. */
export const describeStatus = (lines: readonly StatusLine[]): object => ({
  calls: lines.map(({ address, entry, observation, whom, isInFlight }) => ({
    address,
    state: entry.state,
    ...(isInFlight === true && { inFlight: true }),
    ...(entry.callId !== undefined && { callId: entry.callId }),
    ...(entry.placedAt !== undefined && { placedAt: entry.placedAt }),
    ...(entry.endedAt !== undefined && { endedAt: entry.endedAt }),
    ...(entry.reason !== undefined && { reason: entry.reason }),
    ...(whom !== undefined && { rings: countWhom(whom) }),
    ...(observation !== undefined && {
      live: describeLive(observation),
    }),
  })),
})

const countWhom = ({ touches: { kind, people, numbers }, isAsSent }: Whom): object => ({
  kind,
  people: people.length,
  numbers: numbers.length,
  isAsSent,
})

function describeLive({ state, at, problem, answer, end }: Observation): object {
  const explanation = end === undefined ? answer && explainAnswer(answer) : explainEnd(end)
  return {
    state,
    at,
    problem,
    ...(answer !== undefined && { answer }),
    ...(end !== undefined && { end }),
    ...(explanation !== undefined && { explanation }),
  }
}
