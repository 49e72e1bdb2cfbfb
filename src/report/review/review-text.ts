// A review of two revisions, in text, Markdown, JSON and for GitHub. What matters most stands first, and nothing is cut
// without a count.

import type { Review, ReviewedDiagnostic, ReviewedRevision } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { formatRings } from '../plan/callees-text.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'
import { formatChanges } from './review-text-changes.js'
import { formatGuards } from './review-text-guards.js'
import { formatEdits, formatWritten } from './review-text-record.js'
import { formatBlocks, formatRingList } from './review-text-rings.js'

/** First what nobody may overlook, then what it comes to, then who would be rung, then what is allowed and wrong, then the changes by their causes. */
export function formatReview(review: Review, look: Look): string {
  const environments = (review.environments ?? []).map(
    ({ name, review: more }) =>
      `${paint(look, 'bold', `In the environment ${showText(name)}, beside the above`)}\n\n${formatOne(more, look)}`,
  )
  return [formatOne(review, look), ...environments].join('\n')
}

function formatOne(review: Review, look: Look): string {
  const sections = [
    formatEdits(review, look),
    formatSummary(review, look),
    formatRingList(review, look),
    formatBlocks(review.blocks ?? [], look),
    formatWritten(review, look),
    formatGuards(review.guards, look),
    formatPermissions(review.newPermissions, look),
    formatNewDiagnostics(review, look),
    ...formatChanges(review, look),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function formatSummary(review: Review, look: Look): string {
  const { base, head, totals, unchanged } = review
  const { added, removed, changed } = totals
  const counts = [
    changed > 0 ? `${changed} changed` : '',
    added > 0 ? `${added} added` : '',
    removed > 0 ? `${removed} removed` : '',
    `${unchanged} unchanged`,
  ].filter((part) => part !== '')
  const names = `${nameOf(base)} → ${nameOf(head)}`
  return [
    paint(
      look,
      review.rings === undefined ? 'red' : 'bold',
      wrapText(formatVerdict(review), look.columns, '  '),
    ),
    `Calls: ${counts.join(', ')}.`,
    paint(look, 'dim', wrapText(names, look.columns, '  ')),
    ...[base, head].flatMap((revision) => formatErrors(revision, look)),
    ...formatUnseen(head, look),
  ].join('\n')
}

function nameOf({ name, commit }: ReviewedRevision): string {
  const id = commit?.slice(0, 12)
  return id === undefined || id === name ? showText(name) : `${showText(name)} (${id})`
}

function formatVerdict({ rings, planProblem = '', totals }: Review): string {
  if (rings === undefined) return `Who would be rung is not known: ${showText(planProblem)}.`
  if (totals.calls === 0) return 'Applying this would ring nobody.'
  const all = `Applying this would ring ${formatRings(totals)} in ${plural(totals.calls, 'call')}`
  const { newCalls, newPeople, newNumbers } = totals
  if (newCalls + newPeople + newNumbers === 0) return `${all}, and nobody new.`
  const people = formatRings({ people: newPeople, numbers: newNumbers })
  if (newPeople + newNumbers === 0) return `${all}; new: ${plural(newCalls, 'call')}, to nobody new.`
  return `${all}; new: ${newCalls === 0 ? '' : `${plural(newCalls, 'call')}, `}${people}.`
}

function formatErrors({ name, errors }: ReviewedRevision, look: Look): readonly string[] {
  if (errors === 0) return []
  const text = `${showText(name)} has ${plural(errors, 'error')}: calls with errors are not compared.`
  return [paint(look, 'red', wrapText(text, look.columns, '  '))]
}

function formatUnseen({ unseen = [] }: ReviewedRevision, look: Look): readonly string[] {
  if (unseen.length === 0) return []
  const text = `Not in any commit (\`untracked: true\`): ${unseen.map(showText).join(', ')}. Calls made of it are not compared, and whom they ring is not known.`
  return [paint(look, 'yellow', wrapText(text, look.columns, '  '))]
}

function formatPermissions(permissions: readonly string[], look: Look): string {
  if (permissions.length === 0) return ''
  return paint(
    look,
    'yellow',
    wrapText(`Permissions newly needed: ${permissions.map(showText).join(', ')}`, look.columns, '  '),
  )
}

const shownDiagnostics = 20

function formatNewDiagnostics({ diagnostics, oldDiagnostics }: Review, look: Look): string {
  if (diagnostics.length === 0) return ''
  const errors = diagnostics.filter(({ diagnostic }) => diagnostic.severity === 'error')
  const warnings = diagnostics.filter(({ diagnostic }) => diagnostic.severity !== 'error')
  const shown = [...errors, ...warnings].slice(0, shownDiagnostics)
  const hidden = diagnostics.length - shown.length
  const title = `New problems (${diagnostics.length})${oldDiagnostics > 0 ? `, and ${oldDiagnostics} old` : ''}`
  const lines = shown.map((each) => formatDiagnostic(each, look))
  const more = hidden > 0 ? [`  ${hidden} not shown here (--format json has all)`] : []
  return [paint(look, errors.length > 0 ? 'red' : 'yellow', title), ...lines, ...more].join('\n')
}

function formatDiagnostic({ diagnostic, place }: ReviewedDiagnostic, look: Look): string {
  const { severity, code, message, address, hint } = diagnostic
  const title = `${severity}[${code}]`
  const room = look.columns - title.length - 4
  const head = `  ${paint(look, severity === 'error' ? 'red' : 'yellow', title)}: ${wrapText(showText(message), room, '    ')}`
  const at = place && `${showText(place.file)}:${place.line}:${place.column}`
  const where = [at, address && `in the call ${showText(address)}`].filter((part) => part !== undefined)
  const lines = [
    ...(where.length > 0 ? [where.join(', ')] : []),
    ...(hint === undefined ? [] : [wrapText(showText(hint), look.columns - 4, '    ')]),
  ]
  return [head, ...lines.map((line) => `    ${paint(look, 'dim', line)}`)].join('\n')
}
