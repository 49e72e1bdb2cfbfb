// A plan before anything happens: who would be rung, what limits and roles say, and what the environment decides.

import type { Action } from '../../model/action.js'
import type { PayloadHead } from '../../model/payload.js'
import type { Change, EarlierOccasions } from '../../model/plan.js'
import type { PlanReport, Sends } from '../../model/plan-report.js'
import { plural } from '../../model/words/count.js'
import { type Color, type Look, paint, showText, wrapText } from '../text/paint.js'
import { countCallees, formatRings } from './callees-text.js'
import { formatChanges } from './changes-text.js'
import { findCommonMarks, formatCommonMarks } from './environment-text.js'
import { formatLimits, formatRoles } from './limits-text.js'

/** First how many would be rung, then who, then what else there is to know. */
export function formatPlan(report: PlanReport<PayloadHead>, look: Look): string {
  const { plan, totals } = report
  const sections = [formatSummary(report, look)]
  const common = findCommonMarks(plan.changes)
  const isBlocked = totals.actions.blocked > 0 && totals.calls === 0
  for (const action of order) {
    const changes = plan.changes.filter((change) => change.action === action)
    if (changes.length === 0) continue
    const [title, color] = titles[action]
    const lead = paint(look, color, `${title} (${changes.length})`)
    const rows = formatChanges(action, changes, { ...report, common, isBlocked }, look)
    sections.push([lead, ...rows, ...formatAdvice(action, changes, look)].join('\n'))
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

/** What to do where nothing goes on without a person. */
function formatAdvice(
  action: Action,
  changes: readonly Change<PayloadHead>[],
  look: Look,
): readonly string[] {
  const limit = changes.map(({ code }) => limits.find((each) => each.code === code)).find(Boolean)
  const text =
    action === 'uncertain'
      ? '`callctl status --state unknown` says for each what to type.'
      : limit && `${limit.fewer}; more needs a reviewed change of \`limits.${limit.name}\` in callctl.yaml.`
  return text === undefined ? [] : [paint(look, 'cyan', `  ${wrapText(text, look.columns - 2, '  ')}`)]
}

const limits = [
  { code: 'plan/people-limit', name: 'people', fewer: '`--only` takes fewer' },
  {
    code: 'plan/concurrent-calls',
    name: 'concurrentCalls',
    fewer: '`callctl status --refresh` records which calls have ended, `--only` takes fewer',
  },
  { code: 'plan/calls-per-month', name: 'callsPerMonth', fewer: '`--only` takes fewer' },
] as const

function formatSends(sends: Sends, look: Look): readonly string[] {
  const { endpoints, tenants, callbackHosts, secrets = [], references = [] } = sends
  const lines = [
    ['Sent to', endpoints],
    ['Tenants', tenants],
    ['Callbacks go to', callbackHosts],
    ['Secrets filled in', secrets.map(({ name, pointers }) => `${name} (${pointers.join(', ')})`)],
    ['Ids filled in', references],
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
  const callees = countCallees(plan)
  const rings = totals.people + totals.numbers
  const times = callees.people + callees.numbers < rings ? ` (${plural(rings, 'ring')})` : ''
  const text = `${plural(totals.calls, 'call')} would ring ${formatRings(callees)}${times} through ${destination}.${others}`
  return paint(look, 'bold', wrapText(text, look.columns, '  '))
}
