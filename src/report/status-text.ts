import type { Entry } from '../model/lockfile.js'
import type { Observation } from '../model/plan.js'
import { type Color, type Look, paint, plural, showText } from './paint.js'

/** One address of the lockfile, with what Graph said of its call just now. */
export interface StatusLine {
  readonly address: string
  readonly entry: Entry
  readonly observation?: Observation
}

export function formatStatus(lines: readonly StatusLine[], look: Look): string {
  if (lines.length === 0) return 'No call has been placed yet.\n'
  const width = Math.min(Math.max(...lines.map((line) => line.address.length)), Math.floor(look.columns / 2))
  const rows = lines.map((line) => formatLine(line, width, look))
  const live = lines.filter(isLive).length
  return `${rows.join('\n')}\n\n${plural(lines.length, 'call')}, ${live} live.\n`
}

const isLive = ({ observation }: StatusLine): boolean =>
  observation !== undefined && observation.problem === undefined && !endedStates.has(observation.state)

const endedStates = new Set(['gone', 'terminated', 'terminating'])

function formatLine(line: StatusLine, width: number, look: Look): string {
  const { address, entry, observation } = line
  const state = stateOf(line)
  const color: Color =
    entry.state === 'uncertain' || entry.state === 'failed' ? 'red' : isLive(line) ? 'green' : 'dim'
  const id = entry.callId === undefined ? '' : `  ${showText(entry.callId)}`
  const problem = observation?.problem ?? (entry.state === 'placed' ? undefined : entry.reason)
  const note = problem === undefined ? '' : `\n    ${paint(look, 'yellow', showText(problem))}`
  return `${showText(address).padEnd(width)}  ${paint(look, color, state.padEnd(12))}${id}${note}`
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
      live: { state: observation.state, at: observation.at, problem: observation.problem },
    }),
  })),
})
