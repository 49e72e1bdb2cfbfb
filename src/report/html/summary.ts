import type { PlanBlock, Review, Ring } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { bdi, code, type Html, html, joinHtml } from './markup.js'
import { formatAddresses, type Link, listCallees } from './rings.js'
import { describeRings, nameCallees } from './words.js'

/** What matters most, in one sentence, and the numbers behind it. */
export function formatHeadline(review: Review): Html {
  const { totals } = review
  const isNew = review.rings !== undefined && totals.newPeople + totals.newNumbers > 0
  return html`<p class="verdict${isNew ? ' warns' : ''}">${describeVerdict(review)}</p>
${isNew ? formatNewcomers(review.rings, review.isMasked) : undefined}
<dl class="tiles">
${review.rings === undefined ? undefined : tile('Newly rung', describeRings(totals.newPeople, totals.newNumbers), isNew)}
${review.rings === undefined ? undefined : tile('Newly placed', plural(totals.newCalls, 'call'))}
${review.rings === undefined ? undefined : tile('Rung in all', `${describeRings(totals.people, totals.numbers)}, ${plural(totals.calls, 'call')}`)}
${tile('Definitions', `${totals.added} added, ${totals.changed} changed, ${totals.removed} removed, ${review.unchanged} the same`)}
</dl>`
}

const tile = (label: string, text: string, warns = false): Html =>
  html`<div class="tile${warns ? ' warns' : ''}"><dt>${label}</dt><dd>${text}</dd></div>
`

function describeVerdict({ rings, totals }: Review): Html {
  if (rings === undefined) return html`Whom applying this would ring is not known.`
  if (totals.calls === 0) return html`Applying this would ring <strong>nobody</strong>.`
  if (totals.newPeople + totals.newNumbers > 0) {
    return html`Applying this would newly ring <strong>${describeRings(totals.newPeople, totals.newNumbers)}</strong>.`
  }
  const all = describeRings(totals.people, totals.numbers)
  return html`Nobody is newly rung. Applying this would ring <strong>${all}</strong> in ${plural(totals.calls, 'call')}, as before.`
}

/** The rest of them stand, marked, in the list of rings. */
function formatNewcomers(rings: readonly Ring[], isMasked: boolean): Html | undefined {
  const callees = rings.flatMap((ring) => nameCallees(ring, isMasked)).filter(({ isNew }) => isNew)
  const unique = [...new Map(callees.map((callee) => [`${callee.id} ${callee.label}`, callee])).values()]
  const shown = unique.slice(0, shownNewcomers)
  const more = unique.length - shown.length
  const rest = more > 0 ? html`, and <a href="#_rings">${more} more, marked in the list below</a>` : undefined
  return html`<p class="newcomers">${listCallees(shown)}${rest}</p>`
}

const shownNewcomers = 24

/** Problems first; where there are none, that is said. */
export function formatFirstLooks(review: Review, link: Link): Html {
  const looks = listLooks(review, link)
  if (looks.length === 0) {
    return html`<section class="looks calm" aria-label="Look at first">
<p>Nothing else stands out: the change loosens no guard, needs no new permission, and has no new diagnostic.</p>
</section>`
  }
  return html`<section class="looks" aria-labelledby="_looks">
<h2 id="_looks">Look at first</h2>
<ul>
${looks.map(({ text, isBad }) => html`<li${isBad ? html` class="bad"` : undefined}>${text}</li>\n`)}</ul>
</section>`
}

interface Look {
  readonly text: Html
  readonly isBad: boolean
}

function listLooks(review: Review, link: Link): readonly Look[] {
  return [
    ...(review.planProblem === undefined
      ? []
      : [bad(html`<b>No plan could be made.</b> ${bdi(review.planProblem)}`)]),
    ...[review.head, review.base].flatMap(({ name, errors }) =>
      errors === 0
        ? []
        : [
            bad(
              html`<b>${bdi(name)} has ${plural(errors, 'error')}.</b> Calls with errors are missing from this comparison.`,
            ),
          ],
    ),
    ...describeUnseen(review),
    ...(review.blocks ?? []).map((block) => describeBlock(block, link)),
    ...describeRedials(review.rings ?? [], link),
    ...describeEnvironments(review),
    ...describeRest(review, link),
  ]
}

function describeUnseen({ head: { unseen = [] } }: Review): readonly Look[] {
  if (unseen.length === 0) return []
  const names = joinHtml(unseen.map(bdi), ', ')
  return [
    bad(
      html`<b>${plural(unseen.length, 'untracked list')} in no commit</b>: ${names}. Calls made of it are missing from this comparison, and whom they ring is not known.`,
    ),
  ]
}

function describeEnvironments({ environments = [] }: Review): readonly Look[] {
  if (environments.length === 0) return []
  const names = joinHtml(
    environments.map(({ name }) => bdi(name)),
    ', ',
  )
  return [
    bad(
      html`<b>In ${plural(environments.length, 'environment')} it does more</b>: ${names}. <a href="#_environments">See environments</a>`,
    ),
  ]
}

const bad = (text: Html): Look => ({ text, isBad: true })
const plain = (text: Html): Look => ({ text, isBad: false })

function describeBlock({ action, reason, addresses }: PlanBlock, link: Link): Look {
  const [some] = addresses
  const which = addresses.length === 0 ? undefined : html`: ${formatAddresses(addresses, link)}`
  const head = some === undefined ? `The plan is ${action}` : `${plural(addresses.length, 'call')} ${action}`
  return bad(html`<b>${head}</b>${which}. ${bdi(sentence(reason))}`)
}

const sentence = (text: string): string => {
  const [first = '', ...rest] = text
  return `${first.toUpperCase()}${rest.join('')}${/[.!?]$/.test(text) ? '' : '.'}`
}

function describeRedials(rings: readonly Ring[], link: Link): readonly Look[] {
  const again = rings.filter(({ action }) => action === 'redial').map(({ address }) => address)
  if (again.length === 0) return []
  const text = again.length === 1 ? 'though it was placed before' : 'though they were placed before'
  const head = `${plural(again.length, 'call')} would be placed again`
  return [bad(html`<b>${head}</b>, ${text}: ${formatAddresses(again, link)}`)]
}

function describeRest({ guards, newPermissions, diagnostics }: Review, link: Link): readonly Look[] {
  const looser = guards.filter(({ isLooser }) => isLooser)
  const errors = diagnostics.filter(({ diagnostic }) => diagnostic.severity === 'error').length
  const warnings = diagnostics.length - errors
  const found = [
    ...(errors > 0 ? [plural(errors, 'new error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'new warning')] : []),
  ].join(' and ')
  const shown = looser
    .slice(0, 6)
    .map(({ name, address }) =>
      address === undefined ? code(name) : html`${code(name)} of ${link(address)}`,
    )
  const more = looser.length > 6 ? html`, and ${looser.length - 6} more` : undefined
  return [
    ...(looser.length === 0
      ? []
      : [
          bad(
            html`<b>${plural(looser.length, 'guard')} loosened:</b> ${joinHtml(shown, ', ')}${more}. <a href="#_guards">See guards</a>`,
          ),
        ]),
    ...(newPermissions.length === 0
      ? []
      : [
          plain(
            html`<b>${plural(newPermissions.length, 'permission')} newly needed:</b> ${joinHtml(newPermissions.map(code), ', ')}`,
          ),
        ]),
    ...(found === ''
      ? []
      : [{ text: html`<b>${found}.</b> <a href="#_diagnostics">See diagnostics</a>`, isBad: errors > 0 }]),
  ]
}
