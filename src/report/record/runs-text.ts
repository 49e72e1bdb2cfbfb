import type { SharedRun } from '../../model/record/shared-record.js'
import { plural } from '../../model/words/count.js'
import { type Look, paint, showText } from '../text/paint.js'

/** Who is at work on a shared record, and who was. */
export function formatRuns(runs: readonly SharedRun[], look: Look): string {
  if (runs.length === 0) return 'Nothing has been run yet.\n'
  return runs.map((run) => `${formatRun(run, look)}\n`).join('')
}

function formatRun({ at, command, operator, isAlive, claims, open }: SharedRun, look: Look): string {
  const who = operator === undefined ? '' : ` by ${showText(operator)}`
  const head = `${at}  ${showText(command)}${who}`
  const count = plural(claims, 'claim')
  if (isAlive) return `${head}\n    ${paint(look, 'green', 'at work')}, ${count}, ${open} in flight`
  if (open === 0) return `${head}\n    ${paint(look, 'dim', 'ended')}, ${count}`
  return `${head}\n    ${paint(look, 'red', 'gone')}, ${count}, ${open} of unknown outcome: \`callctl status\``
}
