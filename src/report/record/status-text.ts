// What became of calls: runs, states, operations, the record's audit and the doctor's findings.

import { isOver } from '../../model/live-calls.js'
import type { Observation } from '../../model/plan.js'
import type { StatusLine } from '../../model/record/status-line.js'
import { plural } from '../../model/words/count.js'
import { explainAnswer, explainEnd } from '../graph/explain-graph.js'
import { type Color, type Look, paint, showText, widthOf, wrapText } from '../text/paint.js'

export function formatStatus(lines: readonly StatusLine[], look: Look): string {
  if (lines.length === 0) return 'No call has been placed yet.\n'
  const width = widthOf(
    lines.map(({ address }) => address),
    look,
  )
  const rows = lines.map((line) => formatLine(line, width, look))
  const live = lines.filter(isLive).length
  return `${rows.join('\n')}\n\n${plural(lines.length, 'call')}, ${live} live.\n`
}

const isLive = ({ observation }: StatusLine): boolean =>
  observation !== undefined && observation.problem === undefined && !isOver(observation.state)

function formatLine(line: StatusLine, width: number, look: Look): string {
  const { address, entry, observation } = line
  const state = stateOf(line)
  const color: Color =
    entry.state === 'uncertain' || entry.state === 'failed' ? 'red' : isLive(line) ? 'green' : 'dim'
  const id = entry.callId === undefined ? '' : `  ${showText(entry.callId)}`
  const problem = observation?.problem ?? (entry.state === 'placed' ? undefined : entry.reason)
  const notes = [problem && showText(problem), ...(observation === undefined ? [] : explain(observation))]
  const note = notes
    .flatMap((text) =>
      text ? [`\n    ${paint(look, 'yellow', wrapText(text, look.columns - 4, '    '))}`] : [],
    )
    .join('')
  return `${showText(address).padEnd(width)}  ${paint(look, color, state.padEnd(12))}${id}${note}`
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

function stateOf({ entry, observation }: StatusLine): string {
  if (entry.state !== 'placed') return entry.state
  if (observation === undefined || observation.problem !== undefined) return 'placed'
  return observation.state === 'gone' ? 'ended' : observation.state
}

/** Status for machines. */
export const describeStatus = (lines: readonly StatusLine[]): object => ({
  calls: lines.map(({ address, entry, observation }) => ({
    address,
    state: entry.state,
    ...(entry.callId !== undefined && { callId: entry.callId }),
    ...(entry.placedAt !== undefined && { placedAt: entry.placedAt }),
    ...(entry.endedAt !== undefined && { endedAt: entry.endedAt }),
    ...(entry.reason !== undefined && { reason: entry.reason }),
    ...(observation !== undefined && {
      live: describeLive(observation),
    }),
  })),
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
