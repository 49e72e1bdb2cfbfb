import type { JsonValue } from '../../model/json.js'
import type { CommonCause, GuardChange, Review, ReviewedDiagnostic } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { bdi, code, type Html, html } from './markup.js'
import { describeCause } from './page-data.js'
import { badge, formatAddresses, type Link } from './rings.js'
import { describePlace, showJson } from './words.js'

/** What decides about rings, and what this change does to it; the looser first. */
export function formatGuards({ guards }: Review, link: Link): Html | undefined {
  if (guards.length === 0) return undefined
  const sorted = [...guards.filter(({ isLooser }) => isLooser), ...guards.filter(({ isLooser }) => !isLooser)]
  return html`<section aria-labelledby="_guards">
<h2 id="_guards">Guards and limits</h2>
<div class="wide" role="region" aria-labelledby="_guards" tabindex="0">
<table class="guards">
<thead><tr><th scope="col">Guard</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Effect</th></tr></thead>
<tbody>
${[...groupGuards(sorted).values()].map((group) => formatGuard(group, link))}</tbody>
</table>
</div>
</section>`
}

/** What happens to many calls alike is one row. */
function groupGuards(guards: readonly GuardChange[]): ReadonlyMap<string, readonly GuardChange[]> {
  const groups = new Map<string, GuardChange[]>()
  for (const guard of guards) {
    const key = JSON.stringify([guard.name, guard.before ?? null, guard.after ?? null, guard.isLooser])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [guard])
    else group.push(guard)
  }
  return groups
}

function formatGuard(group: readonly GuardChange[], link: Link): Html {
  const { name, before, after, isLooser } = group[0]!
  const addresses = group.flatMap(({ address }) => (address === undefined ? [] : [address]))
  const count = addresses.length > 1 ? html` <b>${plural(addresses.length, 'call')}</b>` : undefined
  const which = addresses.length === 0 ? undefined : html`<small>${formatAddresses(addresses, link)}</small>`
  return html`<tr><th scope="row">${code(name)}${count}${which}</th><td data-label="before">${formatValue(before)}</td><td data-label="after">${formatValue(after)}</td><td>${
    isLooser ? badge('looser', 'lets more pass') : html`<span class="dim">stricter or the same</span>`
  }</td></tr>
`
}

const formatValue = (value: JsonValue | undefined): Html =>
  value === undefined ? html`<span class="dim">not set</span>` : code(showJson(value))

export function formatPermissions({ newPermissions }: Review): Html | undefined {
  if (newPermissions.length === 0) return undefined
  return html`<section aria-labelledby="_permissions">
<h2 id="_permissions">Permissions newly needed</h2>
<p class="about">An administrator has to consent to them before these calls can be placed.</p>
<ul class="plain">${newPermissions.map((name) => html`<li>${code(name)}</li>`)}</ul>
</section>`
}

/** Errors first. */
export function formatDiagnostics(
  { diagnostics, oldDiagnostics, base }: Review,
  link: Link,
): Html | undefined {
  if (diagnostics.length === 0) return undefined
  const errors = diagnostics.filter(({ diagnostic }) => diagnostic.severity === 'error')
  const warnings = diagnostics.filter(({ diagnostic }) => diagnostic.severity !== 'error')
  const older =
    oldDiagnostics === 0
      ? undefined
      : html` ${plural(oldDiagnostics, 'other')} ${oldDiagnostics === 1 ? 'is' : 'are'} in ${bdi(base.name)}, too.`
  return html`<section aria-labelledby="_diagnostics">
<h2 id="_diagnostics">New diagnostics</h2>
<p class="about">${plural(errors.length, 'error')} and ${plural(warnings.length, 'warning')} that this change brings.${older}</p>
<ul class="findings">
${[...errors, ...warnings].map((each) => formatDiagnostic(each, link))}</ul>
</section>`
}

function formatDiagnostic({ diagnostic, place }: ReviewedDiagnostic, link: Link): Html {
  const { code: name, severity, message, hint, address } = diagnostic
  const at =
    place === undefined ? undefined : html`<span class="place">${describePlace(place)}:${place.column}</span>`
  const of = address === undefined ? undefined : html` ${link(address)}`
  return html`<li class="${severity}"><p>${badge(severity)} ${code(name)} ${at}${of}</p><p>${bdi(message)}</p>${
    hint === undefined ? undefined : html`<p class="dim">${bdi(hint)}</p>`
  }</li>
`
}

/** One line that changed many calls is read once. */
export function formatCauses(review: Review, link: Link): Html | undefined {
  const causes = review.causes.filter(({ addresses }) => addresses.length > 1)
  if (causes.length === 0) return undefined
  return html`<section aria-labelledby="_causes">
<h2 id="_causes">Common causes</h2>
<p class="about">Places that changed the same property of several calls.</p>
<div class="wide" role="region" aria-labelledby="_causes" tabindex="0">
<table class="causes">
<thead><tr><th scope="col">Property</th><th scope="col">Line</th><th scope="col">Calls</th></tr></thead>
<tbody>
${causes.map((cause) => formatCommonCause(cause, review, link))}</tbody>
</table>
</div>
</section>`
}

function formatCommonCause({ pointer, cause, addresses }: CommonCause, review: Review, link: Link): Html {
  const { place, text, variables } = describeCause(cause, review)
  const find = html`<button type="button" class="quiet find" data-find="${place} ${pointer}" hidden>Show these calls</button>`
  return html`<tr><th scope="row">${code(pointer)}</th><td><span class="place">${place}</span>${
    text === undefined ? undefined : html`<br>${code(text)}`
  }${variables.map((variable) => html`<small>by ${bdi(variable)}</small>`)}</td><td><b>${addresses.length}</b> ${find}<small>${formatAddresses(addresses, link)}</small></td></tr>
`
}
