import { type Action, rings } from '../../model/action.js'
import type { EnvironmentMark, PayloadHead } from '../../model/payload.js'
import type { Change } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'
import { hangText, type Look, paint, showText, widthOf } from '../text/paint.js'
import { formatRow } from '../text/rows.js'
import { describeTouches, formatCallees } from './callees-text.js'
import { formatOwnMarks } from './environment-text.js'

type Changed = Change<PayloadHead>

/** With the marks of the environment that all calls share. */
export type Shown = Pick<PlanReport<PayloadHead>, 'showsPeople'> & {
  readonly common: readonly EnvironmentMark[]
}

/** The changes of one action: those that ring somebody each with whom, the others by their reasons. */
export function formatChanges(
  action: Action,
  changes: readonly Changed[],
  report: Shown,
  look: Look,
): readonly string[] {
  const width = widthOf(
    changes.map(({ address }) => showText(address)),
    look,
  )
  if (rings(action)) return changes.map((change) => formatRinging(change, width, report, look))
  if (action === 'none') return formatGroup(changes, width, report, look)
  return [...groupByReason(changes).values()].flatMap((group) => formatGroup(group, width, report, look))
}

function formatRinging(change: Changed, width: number, report: Shown, look: Look): string {
  const { address, payload } = change
  const head = formatRow({ name: address, width, text: describeTouches(payload!.touches) }, look, {
    name: 'bold',
  })
  const hasReason = change.entry !== undefined || change.hasLeave !== undefined
  const reason = hasReason ? `\n      ${paint(look, 'dim', hangText(change.reason, look, 6))}` : ''
  return head + formatWho(change, report, look) + formatOwnMarks(payload!, report.common, look) + reason
}

function formatWho({ payload }: Changed, { showsPeople }: Shown, look: Look): string {
  const who = payload === undefined ? '' : formatCallees(payload.touches, showsPeople)
  return who === '' ? '' : `\n      ${hangText(who, look, 6)}`
}

function groupByReason(changes: readonly Changed[]): ReadonlyMap<string, readonly Changed[]> {
  const groups = new Map<string, Changed[]>()
  for (const change of changes) {
    const group = groups.get(change.reason)
    if (group === undefined) groups.set(change.reason, [change])
    else group.push(change)
  }
  return groups
}

/** From so many calls on, what holds for all of them is said once. */
const fewest = 3

function formatGroup(group: readonly Changed[], width: number, report: Shown, look: Look): readonly string[] {
  const { reason } = group[0]!
  const show = (change: Changed, text: string): string => {
    const row = formatRow({ name: change.address, width, text }, look, { text: 'dim' })
    // Whom to ask, before anything else is done.
    return change.action === 'uncertain' ? row + formatWho(change, report, look) : row
  }
  if (group.length < fewest || group[0]!.action === 'none')
    return group.map((change) => show(change, change.reason))
  return [
    `  ${paint(look, 'dim', hangText(`${showText(reason)}:`, look, 2))}`,
    ...group.map((each) => `  ${show(each, '')}`),
  ]
}
