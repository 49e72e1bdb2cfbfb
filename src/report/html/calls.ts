import type { Action } from '../../model/action.js'
import type { PropertyChange, Review, ReviewedCall } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { bdi, code, type Html, html, joinHtml } from './markup.js'
import { badge } from './rings.js'

/** Every call that differs, folded; the page's script draws what is inside as it is opened. */
export function formatCalls(review: Review): Html {
  const { calls, unchanged } = review
  if (calls.length === 0) {
    return html`<section aria-labelledby="_calls"><h2 id="_calls">Calls that differ</h2><p>None: ${plural(unchanged, 'call')} compiled to the same payloads.</p></section>`
  }
  return html`<section aria-labelledby="_calls" class="calls">
<h2 id="_calls">Calls that differ</h2>
<p class="about">${plural(calls.length, 'call')}; ${unchanged} more compiled to the same payload${unchanged === 1 ? '' : 's'}.</p>
<noscript><p class="notice">The payloads below are drawn by the script of this page, which is switched off here. <code>callctl diff --format markdown</code> shows them as text.</p></noscript>
${calls.map(formatCall)}
<p class="none" id="_nocalls" hidden>No call matches.</p>
</section>`
}

const formatCall = (call: ReviewedCall, index: number): Html => {
  const { address, kind } = call
  const payload = call.after ?? call.before
  return html`<details class="call" id="${address}" data-call="${index}" data-kind="${kind}"${hiddenPointers(call)}><summary>${badge(kind)}<bdi class="address">${address}</bdi><span class="template">${
    payload?.template === undefined ? undefined : bdi(payload.template)
  }</span><span class="gist">${describeChanges(call)}</span>${describeAction(call)}</summary><div class="body"></div></details>
`
}

const shownPointers = 3

/** For the search. */
const hiddenPointers = ({ changes }: ReviewedCall): Html | undefined =>
  changes.length <= shownPointers
    ? undefined
    : html` data-pointers="${changes.slice(shownPointers).map(({ pointer }) => html`${pointer} `)}"`

function describeChanges({ kind, movedFrom, changes, before, after }: ReviewedCall): Html | undefined {
  const moved = movedFrom === undefined ? undefined : html`renamed from ${bdi(movedFrom)} `
  if (kind !== 'changed') return moved
  if (changes.length === 0) return before?.digest === after?.digest ? html`${moved}same payload` : moved
  const shown = changes.slice(0, shownPointers).map(formatPointer)
  const more = changes.length - shown.length
  return html`${moved}${joinHtml(shown, ', ')}${more > 0 ? `, and ${more} more` : undefined}`
}

const signs = { added: '+', removed: '-', changed: '' }

/** An item that goes and one that comes may have the same place. */
const formatPointer = ({ kind, pointer }: PropertyChange): Html => code(`${signs[kind]}${pointer}`)

const actions: Readonly<Record<Action, readonly [mark: string, words: string]>> = {
  place: ['new', 'rings'],
  redial: ['again', 'rings again'],
  blocked: ['error', 'blocked'],
  uncertain: ['error', 'uncertain'],
  'hang-up': ['again', 'hangs up'],
  none: ['', 'nothing is sent'],
  changed: ['', 'nothing is sent'],
  retired: ['', 'nothing is sent'],
}

/** What the plan does with it. */
function describeAction({ action }: ReviewedCall): Html | undefined {
  if (action === undefined) return undefined
  const [mark, words] = actions[action]
  return mark === ''
    ? html`<span class="sent">${words}</span>`
    : html`<span class="sent">${badge(mark, words)}</span>`
}
