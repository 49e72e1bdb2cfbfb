import type { Review, Ring } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { bdi, type Html, html, joinHtml } from './markup.js'
import { describeRings, kindWords, type Named, nameCallees } from './words.js'

/** The whole list of who would be rung: never cut, and read without a script. */
export function formatRings({ rings, calls, totals, isMasked }: Review, link: Link): Html {
  const listed = new Set(calls.map(({ address }) => address))
  if (rings === undefined || rings.length === 0) {
    const text =
      rings === undefined
        ? 'There is no plan, and so no list of who would be rung.'
        : 'Applying would ring nobody.'
    return html`<section aria-labelledby="_rings"><h2 id="_rings">Who would be rung</h2><p>${text}</p></section>`
  }
  return html`<section aria-labelledby="_rings">
<h2 id="_rings">Who would be rung</h2>
<p class="about">${plural(totals.calls, 'call')} to ${describeRings(totals.people, totals.numbers)}. ${badge('new')} marks what would not be placed, and who would not be rung, without this change; new calls stand first.</p>
<div class="wide" role="region" aria-labelledby="_rings" tabindex="0">
<table class="rings">
<thead><tr><th scope="col">Call</th><th scope="col">Template</th><th scope="col">Rings</th><th scope="col">Why</th></tr></thead>
<tbody>
${groupAlike(sortRings(rings)).map((alike) => formatAlike(alike, (ring) => formatRing(ring, listed.has(ring.address), link, isMasked)))}</tbody>
</table>
</div>
<p class="none" id="_norings" hidden>No ring matches the search.</p>
</section>`
}

/** New calls, then those that ring somebody new, then the rest. */
const sortRings = (rings: readonly Ring[]): readonly Ring[] =>
  rings.toSorted((left, right) => newsOf(left) - newsOf(right))

const newsOf = ({ isNew, people, numbers }: Ring): number =>
  isNew ? 0 : [...people, ...numbers].some((callee) => callee.isNew) ? 1 : 2

/** Calls of which all but the name and whom they ring is the same, in the order of the first. */
function groupAlike(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  const groups = new Map<string, Ring[]>()
  for (const ring of rings) {
    const { kind, template, action, reason, people, numbers } = ring
    const key = [newsOf(ring), kind, template, action, reason, people.length, numbers.length]
    const name = JSON.stringify(key)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [ring])
    else group.push(ring)
  }
  return [...groups.values()]
}

/** From so many on, calls that are alike are one row, which opens. */
const fewestFolded = 12

function formatAlike(alike: readonly Ring[], formatOne: (ring: Ring) => Html): Html {
  const [first, last] = [alike[0]!, alike.at(-1)!]
  if (alike.length < fewestFolded) return html`${alike.map(formatOne)}`
  const callees = (kind: 'people' | 'numbers'): number =>
    new Set(alike.flatMap((ring) => ring[kind].map(({ id }) => id))).size
  const whom = describeRings(callees('people'), callees('numbers'))
  return html`<tr class="alike${first.isNew ? ' fresh' : ''}"><td colspan="4"><details><summary><b>${plural(alike.length, 'call')}</b> ${marksOf(first)} ${bdi(first.address)} to ${bdi(last.address)}, ${describeKind(first)}, ring <b>${whom}</b> <span class="dim">${bdi(first.reason)}</span></summary><table class="inner"><tbody>
${alike.map(formatOne)}</tbody></table></details></td></tr>
`
}

const marksOf = ({ isNew, action, people, numbers }: Ring): Html =>
  html`${isNew ? badge('new') : undefined} ${action === 'redial' ? badge('again') : undefined} ${
    !isNew && [...people, ...numbers].some((callee) => callee.isNew)
      ? badge('new', 'rings somebody new')
      : undefined
  }`

export const badge = (kind: string, text = kind): Html => html`<span class="badge ${kind}">${text}</span>`

/** Its name is its place in the page, unless the payload below is. */
function formatRing(ring: Ring, isListed: boolean, link: Link, isMasked: boolean): Html {
  const { address } = ring
  const id = isListed ? undefined : html` id="${address}"`
  const name = isListed ? link(address) : html`<bdi class="address">${address}</bdi>`
  return html`<tr${id}${ring.isNew ? html` class="fresh"` : undefined}><th scope="row">${name} ${ring.isNew ? badge('new') : undefined}${ring.action === 'redial' ? badge('again') : undefined}</th><td>${describeKind(ring)}</td><td>${formatRung(nameCallees(ring, isMasked))}</td><td class="dim">${bdi(ring.reason)}</td></tr>
`
}

const describeKind = ({ template, kind }: Ring): Html => {
  const words = html`<span class="dim">${kindWords[kind]}</span>`
  return template === undefined ? words : html`${bdi(template)} ${words}`
}

const shownCallees = 16

/** Whoever is new stands first. */
function formatRung(all: readonly Named[]): Html {
  const fresh = all.filter(({ isNew }) => isNew)
  const others = all.filter(({ isNew }) => !isNew)
  if (all.length === 0) return html`<span class="dim">nobody</span>`
  return html`${
    fresh.length === 0
      ? undefined
      : html`<div class="newcomers">${badge('new')} ${formatCallees(fresh)}</div>`
  }${others.length === 0 ? undefined : html`<div>${formatCallees(others)}</div>`}`
}

/** All of them; the later ones folded. */
function formatCallees(callees: readonly Named[]): Html {
  const shown = listCallees(callees.slice(0, shownCallees))
  const rest = callees.slice(shownCallees)
  if (rest.length === 0) return shown
  return html`${shown}<details class="more"><summary>and ${rest.length} more</summary>${listCallees(rest)}</details>`
}

export const listCallees = (callees: readonly Named[]): Html => joinHtml(callees.map(formatCallee), ', ')

const formatCallee = ({ label, id }: Named): Html =>
  label === id ? bdi(id) : html`<bdi title="${id}">${label}</bdi>`

/** An address as a link to its place in the page, where it has one. */
export type Link = (address: string) => Html

export function createLink({ calls, rings = [] }: Review): Link {
  const known = new Set([...calls, ...rings].map(({ address }) => address))
  return (address) =>
    known.has(address)
      ? html`<a class="address" href="#${encodeURIComponent(address.toWellFormed())}">${bdi(address)}</a>`
      : html`<bdi class="address">${address}</bdi>`
}

const shownAddresses = 8

/** All of them; the later ones folded. */
export function formatAddresses(addresses: readonly string[], link: Link): Html {
  const shown = joinHtml(addresses.slice(0, shownAddresses).map(link), ', ')
  const rest = addresses.slice(shownAddresses)
  if (rest.length === 0) return shown
  return html`${shown}<details class="more"><summary>and ${rest.length} more</summary>${rest.join(', ')}</details>`
}
