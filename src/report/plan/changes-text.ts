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
  /** Whether the plan is held up, so that what is not done is shown in part: there may be very many. */
  readonly isBlocked: boolean
}

/** Rows of an action, and of those that have a reason in common. */
const [mostRows, mostAlike] = [24, 12]

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
  const groups = action === 'none' ? [changes] : [...groupByReason(changes).values()]
  // Whom to ask must be said of each.
  const isCut = report.isBlocked && action !== 'uncertain'
  const rows: string[] = []
  let shown = 0
  for (const group of groups) {
    const part = isCut ? group.slice(0, Math.min(mostRows - shown, mostAlike)) : group
    if (part.length === 0) break
    shown += part.length
    for (const row of formatGroup({ part, isLong: group.length >= fewest }, width, report, look))
      rows.push(row)
  }
  const more = changes.length - shown
  return more === 0 ? rows : [...rows, `  and ${more} more: \`--json\` names each`]
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
    const reason = partsOf(change).all
    const group = groups.get(reason)
    if (group === undefined) groups.set(reason, [change])
    else group.push(change)
  }
  return groups
}

/** What it has in common with others, and what is its own: most often a time. */
function partsOf({ alike, reason }: Changed): { readonly all: string; readonly own: string } {
  if (alike !== undefined) return alike
  const [found, ...others] = reason.matchAll(/ (?:of )?(\d{4}-\d\d-\d\dT[\d:.]+Z)/g)
  const all = found === undefined ? reason : reason.replace(found[0], '')
  // A word alone is no sentence.
  if (found === undefined || others.length > 0 || !all.includes(' ')) return { all: reason, own: '' }
  return { all, own: found[1]! }
}

/** From so many calls on, what holds for all of them is said once. */
const fewest = 3

function formatGroup(
  { part, isLong }: { readonly part: readonly Changed[]; readonly isLong: boolean },
  width: number,
  report: Shown,
  look: Look,
): readonly string[] {
  const show = (change: Changed, text: string, room: Look): string => {
    const row = formatRow({ name: change.address, width, text }, room, { text: 'dim' })
    return change.action === 'uncertain' ? row + formatWho(change, report, room) : row
  }
  const { action } = part[0]!
  if (!isLong || action === 'none') return part.map((change) => show(change, change.reason, look))
  const inner = { ...look, columns: look.columns - 2 }
  return [
    `  ${paint(look, 'dim', hangText(`${showText(partsOf(part[0]!).all)}:`, look, 2))}`,
    ...part.map((each) => `  ${show(each, partsOf(each).own, inner).replaceAll('\n', '\n  ')}`),
  ]
}
