import { findAppRole, type MissingRole, type RoleComparison } from '../../model/app-role.js'
import type { Usage } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'
import { formatCount, plural } from '../../model/words/count.js'
import { type Look, paint, wrapText } from '../text/paint.js'

/** What is worth a word: from four fifths of a limit on, and what exceeds Graph's own quota. */
export function formatLimits(
  { totals, peopleLimit, usage = [] }: Pick<PlanReport, 'totals' | 'peopleLimit' | 'usage'>,
  look: Look,
): readonly string[] {
  const lines: string[] = []
  const rings = totals.people + totals.numbers
  if (peopleLimit !== undefined && rings > 0 && isNear(rings, peopleLimit)) {
    lines.push(`Near the limit: ${rings} of the ${peopleLimit} that limits.people allows.`)
  }
  if (totals.calls > 0) {
    for (const each of usage) if (isNear(each.after, each.allowed)) lines.push(formatUsage(each))
  }
  return lines.map((line) => paint(look, 'yellow', wrapText(line, look.columns, '  ')))
}

const isNear = (count: number, limit: number): boolean => count >= limit * 0.8

function formatUsage({ kind, before, after, allowed, isQuota, month }: Usage): string {
  const isLive = kind === 'concurrent-calls'
  const past = isLive ? 'recorded as live or unknown' : 'placed already'
  const already = before === 0 ? '' : ` (${before} ${past})`
  const what = `${plural(after, 'call')} ${isLive ? 'at once' : `in ${month}, UTC`}${already}`
  if (!isQuota) {
    return `Near the limit: ${what} of the ${allowed} that limits.${isLive ? 'concurrentCalls' : 'callsPerMonth'} allows.`
  }
  const quota = `Graph’s quota of ${formatCount(allowed)} for an app`
  if (after <= allowed) return `Near ${quota}: ${what}.`
  return `Over ${quota}: ${what}. Graph will throttle.`
}

/** What to ask an administrator for. */
export function formatRoles({ isReadable, missing, assumed }: RoleComparison, look: Look): readonly string[] {
  const wrap = (text: string): string => wrapText(text, look.columns, '  ')
  if (!isReadable) {
    return [
      paint(look, 'yellow', wrap('The token’s roles cannot be read: Graph alone decides what is allowed.')),
    ]
  }
  const sections: string[] = []
  if (missing.length > 0) {
    const title = paint(look, 'red', 'Missing permissions')
    const ask =
      'Ask an administrator of the tenant: Entra admin center, App registrations, this app, API permissions, ' +
      'Microsoft Graph, Application permissions; then “Grant admin consent”.'
    sections.push(
      [title, ...missing.map((role) => formatRole(role, look)), wrapText(ask, look.columns, '')].join('\n'),
    )
  }
  if (assumed.length > 0) {
    const names = assumed.map(({ name, addresses }) => `${name} (${plural(addresses.length, 'call')})`)
    const text = `Not in the token, left to the consent of each meeting: ${names.join(', ')}`
    sections.push(wrap(text))
  }
  return sections
}

function formatRole({ name, id, addresses }: MissingRole, look: Look): string {
  const allows = findAppRole(name)?.allows
  const calls = `needed by ${plural(addresses.length, 'call')}`
  const what = allows === undefined ? calls : `to ${allows}; ${calls}`
  const lead = `  ${name}${id === undefined ? '' : `  ${paint(look, 'dim', id)}`}`
  return `${lead}\n      ${wrapText(what, look.columns - 6, '      ')}`
}
