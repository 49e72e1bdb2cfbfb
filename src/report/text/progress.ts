import type { CallResult, RunEvent } from '../../model/run.js'
import { formatCount } from '../../model/words/count.js'
import { cutText, type Look, paint, showText } from './paint.js'

/** How far a run has come. */
export interface Progress {
  readonly total: number
  readonly done: number
  readonly placed: number
  readonly ended: number
  readonly refused: number
  readonly unknown: number
  /** Why nothing goes on just now. */
  readonly waiting?: string
}

export const startProgress = (total: number): Progress => ({
  total,
  done: 0,
  placed: 0,
  ended: 0,
  refused: 0,
  unknown: 0,
})

/** How far it has come once this has happened. */
export function advanceProgress(progress: Progress, event: RunEvent): Progress {
  const { waiting: _, ...rest } = progress
  if (event.event === 'waiting') return { ...rest, waiting: event.reason }
  if (event.event === 'stopping') return { ...rest, waiting: `stopping: ${event.reason}` }
  if (event.event !== 'result') return progress
  const { kind } = event.result
  const column = columns[kind]
  return { ...rest, done: rest.done + 1, ...(column !== undefined && { [column]: rest[column] + 1 }) }
}

type Column = 'placed' | 'ended' | 'refused' | 'unknown'

const columns: Readonly<Partial<Record<CallResult['kind'], Column>>> = {
  placed: 'placed',
  ended: 'ended',
  refused: 'refused',
  'not-sent': 'refused',
  'hang-up-failed': 'refused',
  uncertain: 'unknown',
}

/**
 * One line without its end: `120/500, 118 placed, 2 refused, 9.8/s, 39 s left; waiting: Graph throttles this app`,
 * behind a bar where there is room for one.
 */
export function formatProgress(progress: Progress, seconds: number, look: Look): string {
  const { done, total, waiting } = progress
  const words = (['placed', 'ended', 'refused', 'unknown'] as const)
    .filter((column) => progress[column] > 0)
    .map((column) => `${progress[column]} ${column}`)
  const rate = seconds >= 1 && done > 0 ? formatRate(progress, seconds) : []
  const line = [`${done}/${total}`, ...words, ...rate].join(', ')
  const text = waiting === undefined ? line : `${line}; waiting: ${showText(waiting)}`
  const withBar = `${formatBar(done, total)} ${text}`
  // The last column stays free: a terminal would break the line there.
  const room = look.columns - 1
  return paint(look, 'dim', withBar.length <= room ? withBar : cutText(text, room))
}

const barCells = 20

/** `[#####---------------]`; full only when all is done. */
function formatBar(done: number, total: number): string {
  const full = Math.min(Math.floor((barCells * done) / total), barCells)
  return `[${'#'.repeat(full)}${'-'.repeat(barCells - full)}]`
}

/** At the rate so far. */
function formatRate({ done, total }: Progress, seconds: number): readonly string[] {
  const rate = `${(done / seconds).toFixed(1)}/s`
  if (done >= total) return [rate]
  const left = Math.ceil(((total - done) * seconds) / done)
  return [rate, left < 120 ? `${left} s left` : `${Math.ceil(left / 60)} min left`]
}

/** `compiling 12,400 calls, 3,900/s`; of a rate over less than that nothing is said. */
export function formatCompiling(calls: number, seconds: number, look: Look): string {
  const rate = seconds < 0.5 ? '' : `, ${formatCount(Math.round(calls / seconds))}/s`
  const text = `compiling ${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}${rate}`
  return paint(look, 'dim', cutText(text, look.columns - 1))
}
