// A plan before anything happens: who would be rung, what limits and roles say, and what the environment decides.

import { type Action, rings } from '../../model/action.js'
import { maskNumber } from '../../model/mask.js'
import type { Callee, CallKind, EnvironmentMark, PayloadHead, Touches } from '../../model/payload.js'
import type { Change, EarlierOccasions } from '../../model/plan.js'
import type { PlanReport, Sends } from '../../model/plan-report.js'
import { plural } from '../../model/words/count.js'
import { type Color, cutText, type Look, paint, showText, widthOf, wrapText } from '../text/paint.js'
import { findCommonMarks, formatCommonMarks, formatOwnMarks } from './environment-text.js'
import { formatLimits, formatRoles } from './limits-text.js'

/** First how many would be rung, then who, then what else there is to know. */
export function formatPlan(report: PlanReport<PayloadHead>, look: Look): string {
  const { plan, totals } = report
  const sections = [formatSummary(report, look)]
  const common = findCommonMarks(plan.changes)
  for (const action of order) {
    const changes = plan.changes.filter((change) => change.action === action)
    if (changes.length > 0) sections.push(formatSection(action, changes, { ...report, common }, look))
  }
  const { occasions = [] } = plan
  if (occasions.length > 0) sections.push(formatOccasions(occasions, look))
  if (totals.permissions.length > 0) {
    sections.push(wrapText(`Permissions needed: ${totals.permissions.join(', ')}`, look.columns, '  '))
  }
  const { sends, roles } = report
  const notes = [
    ...formatCommonMarks(common, look),
    ...(sends === undefined ? [] : formatSends(sends, look)),
    ...(roles === undefined ? [] : formatRoles(roles, look)),
    ...formatLimits(report, look),
  ]
  return `${[...sections, ...notes].join('\n\n')}\n`
}

function formatSends({ endpoints, tenants, callbackHosts }: Sends, look: Look): readonly string[] {
  const lines = [
    ['Sent to', endpoints],
    ['Tenants', tenants],
    ['Callbacks go to', callbackHosts],
  ] as const
  const shown = lines
    .filter(([, texts]) => texts.length > 0)
    .map(([title, texts]) => wrapText(`${title}: ${texts.map(showText).join(', ')}`, look.columns, '  '))
  return shown.length === 0 ? [] : [shown.join('\n')]
}

const shownOccasions = 12

/** One line a definition, however often it was placed. */
function formatOccasions(occasions: readonly EarlierOccasions[], look: Look): string {
  const lines = occasions.slice(0, shownOccasions).map(({ name, count, live }) => {
    const text = `${showText(name)}: ${plural(count, 'earlier occasion')}, ${live} live`
    return `  ${paint(look, 'dim', wrapText(text, look.columns - 2, '    '))}`
  })
  const more = occasions.length - lines.length
  return [
    paint(look, 'dim', 'Placed for earlier occasions: nothing is done'),
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')
}

const order: readonly Action[] = [
  'uncertain',
  'blocked',
  'place',
  'redial',
  'hang-up',
  'changed',
  'retired',
  'none',
]

const titles: Readonly<Record<Action, readonly [string, Color]>> = {
  place: ['To be placed', 'green'],
  redial: ['To be placed again', 'green'],
  'hang-up': ['To be hung up', 'yellow'],
  uncertain: ['Outcome unknown: a person must look', 'red'],
  blocked: ['Blocked', 'red'],
  changed: ['Changed since they were placed: nothing is sent', 'yellow'],
  retired: ['No longer defined: nothing is sent', 'dim'],
  none: ['Placed already', 'dim'],
}

function formatSummary(
  { plan, totals, destination, isHangUp = false }: PlanReport<PayloadHead>,
  look: Look,
): string {
  const hangUps = totals.actions['hang-up']
  if (hangUps > 0 && totals.calls === 0) {
    return paint(look, 'bold', `${plural(hangUps, 'call')} would be hung up on ${destination}.`)
  }
  if (isHangUp) return paint(look, 'bold', 'Nothing to hang up.')
  if (totals.calls === 0) {
    const words = plan.changes.length === 0 ? 'Nothing to do.' : 'Nothing to place.'
    return paint(look, 'bold', words)
  }
  const others = hangUps > 0 ? ` ${plural(hangUps, 'other call')} would be hung up.` : ''
  const text = `${plural(totals.calls, 'call')} would ring ${formatRings(totals)} through ${destination}.${others}`
  return paint(look, 'bold', wrapText(text, look.columns, '  '))
}

/** `3 people and 1 number`. */
export function formatRings({
  people,
  numbers,
}: {
  readonly people: number
  readonly numbers: number
}): string {
  const parts = [
    people > 0 ? plural(people, 'person', 'people') : '',
    numbers > 0 ? plural(numbers, 'number') : '',
  ]
  return parts.filter((part) => part !== '').join(' and ') || 'nobody'
}

/** With the marks of the environment that all calls share. */
type Shown = PlanReport<PayloadHead> & { readonly common: readonly EnvironmentMark[] }

function formatSection(
  action: Action,
  changes: readonly Change<PayloadHead>[],
  report: Shown,
  look: Look,
): string {
  const [title, color] = titles[action]
  const width = widthOf(
    changes.map(({ address }) => address),
    look,
  )
  const lines = changes.map((change) => formatChange(change, width, report, look))
  return `${paint(look, color, `${title} (${changes.length})`)}\n${lines.join('\n')}`
}

function formatChange(change: Change<PayloadHead>, width: number, report: Shown, look: Look): string {
  const address = showText(change.address).padEnd(width)
  const { payload } = change
  if (rings(change.action)) {
    const head = `  ${paint(look, 'bold', address)}  ${describeTouches(payload!.touches)}`
    const who = formatWho(payload!, report.showsPeople)
    const people = who === '' ? '' : `\n      ${wrapText(who, look.columns - 6, '      ')}`
    const reason =
      change.entry === undefined && change.hasLeave === undefined
        ? ''
        : `\n      ${paint(look, 'dim', wrapText(change.reason, look.columns - 6, '      '))}`
    return head + people + formatOwnMarks(payload!, report.common, look) + reason
  }
  const room = look.columns - width - 4
  return `  ${address}  ${paint(look, 'dim', wrapText(showText(change.reason), room, ' '.repeat(width + 4)))}`
}

const kindWords: Readonly<Record<CallKind, string>> = {
  'peer-to-peer': 'peer-to-peer',
  pstn: 'phone',
  group: 'group',
  'meeting-join': 'joins a meeting',
  'guest-join': 'joins a meeting as guest',
}

/** `group, rings 4 people`. */
export function describeTouches(touches: Omit<Touches, 'permissions'>): string {
  const rings = { people: touches.people.length, numbers: touches.numbers.length }
  const isJoin = touches.kind === 'meeting-join' || touches.kind === 'guest-join'
  return isJoin ? kindWords[touches.kind] : `${kindWords[touches.kind]}, rings ${formatRings(rings)}`
}

const shownCallees = 12

function formatWho({ touches }: PayloadHead, showsPeople: boolean): string {
  const people = touches.people.map((callee) => (showsPeople ? nameOf(callee) : showText(callee.id)))
  const numbers = touches.numbers.map(({ id }) => showText(showsPeople ? id : maskNumber(id)))
  const all = [...people, ...numbers]
  const more = all.length - shownCallees
  return all.slice(0, shownCallees).join(', ') + (more > 0 ? `, and ${more} more` : '')
}

const nameOf = ({ id, name }: Callee): string => cutText(showText(name ?? id), 60)
