import type {
  EnvironmentReview,
  GuardChange,
  PropertyChange,
  RecordChange,
  Review,
  ReviewedCall,
} from '../../model/review.js'
import { editsOf, writtenOf } from '../review/record-changes.js'
import { summarizeReview } from '../review/review-summary.js'
import { bdi, code, type Html, html, joinHtml } from './markup.js'
import { badge, listCallees } from './rings.js'
import { nameCallees, showJson } from './words.js'

/** What a change does in environments of callctl.yaml, and without one does not. */
export function formatEnvironments({ environments = [] }: Review): Html | undefined {
  if (environments.length === 0) return undefined
  return html`<section aria-labelledby="_environments">
<h2 id="_environments">In environments</h2>
<p class="about">What the change does in these, beside what is told above.</p>
${environments.map(formatEnvironment)}</section>`
}

function formatEnvironment({ name, review }: EnvironmentReview): Html {
  const items = [
    ...(review.planProblem === undefined ? [] : [html`<b>No plan:</b> ${bdi(review.planProblem)}`]),
    ...editsOf(review).map(formatRecord),
    ...formatRings(review),
    ...writtenOf(review).map(formatRecord),
    ...(review.blocks ?? []).map(
      ({ action, reason, addresses }) => html`${badge(action)} ${bdi(addresses.join(', '))}: ${bdi(reason)}`,
    ),
    ...review.guards.map(formatGuard),
    ...review.newPermissions.map((permission) => html`Permission newly needed: ${code(permission)}`),
    ...review.diagnostics.map(
      ({ diagnostic: { severity, code: name, message }, place }) =>
        html`${badge(severity)} ${code(name)} ${place && `${place.file}:${place.line}:${place.column} `}${bdi(message)}`,
    ),
    ...review.calls.map(formatCall),
  ]
  return html`<h3>${bdi(name)}</h3>
<p>${summarizeReview(review).join(' ')}</p>
<ul class="plain">${items.map(
    (item) => html`<li>${item}</li>
`,
  )}</ul>
`
}

const formatRings = ({ rings = [], isMasked }: Review): readonly Html[] =>
  rings.map((ring) => {
    const callees = nameCallees(ring, isMasked)
    const fresh = callees.filter(({ isNew }) => isNew)
    const others = callees.filter(({ isNew }) => !isNew)
    const rung = [
      ...(fresh.length === 0 ? [] : [html`${badge('new')} ${listCallees(fresh)}`]),
      ...(others.length === 0 ? [] : [listCallees(others)]),
    ]
    const marks = [
      ring.isNew ? badge('new') : undefined,
      ring.action === 'redial' ? badge('again') : undefined,
    ]
    return html`${bdi(ring.address)} ${marks} rings ${rung.length === 0 ? 'nobody' : joinHtml(rung, ', ')}`
  })

const formatRecord = ({ isEdit, effect, kind, message, address }: RecordChange): Html =>
  html`${badge(isEdit || effect === 'rings' ? 'looser' : 'same', kind)} ${bdi(message)}${
    address === undefined ? undefined : html`: ${bdi(address)}`
  }`

const formatGuard = ({ name, address, before, after, isLooser }: GuardChange): Html =>
  html`${isLooser ? badge('looser', 'lets more pass') : undefined} ${code(name)}${
    address === undefined ? undefined : html` of ${bdi(address)}`
  }: ${formatValue(before)} &rarr; ${formatValue(after)}`

const formatCall = ({ kind, address, changes }: ReviewedCall): Html =>
  html`${badge(kind)} ${bdi(address)}${changes.map((change) => html`<br>${formatChange(change)}`)}`

const formatChange = ({ pointer, before, after }: PropertyChange): Html =>
  html`${code(pointer)}: ${formatValue(before)} &rarr; ${formatValue(after)}`

const formatValue = (value: GuardChange['before']): Html =>
  value === undefined ? html`<span class="dim">not set</span>` : code(showJson(value))
