// A review as one HTML file that needs nothing else: data and picture are made here, and `page/` is the program in it.
// What strangers wrote is data there, never markup.

import { createHash } from 'node:crypto'
import type { Review } from '../../model/review.js'
import { formatCalls } from './calls.js'
import { formatEnvironments } from './environments.js'
import { bdi, Html, html, scriptJson } from './markup.js'
import { formatCauses, formatDiagnostics, formatGuards, formatPermissions } from './notes.js'
import { script, style } from './page.generated.js'
import { createPageData } from './page-data.js'
import { formatPicture } from './picture.js'
import { formatEdits, formatWritten } from './record.js'
import { createLink, formatRings } from './rings.js'
import { formatFirstLooks, formatHeadline } from './summary.js'

/**
 * One file for a browser that loads nothing else. Who would be rung can be read without its script, which draws the
 * payloads as they are opened, searches and filters.
 */
export function formatReviewHtml(review: Review, { version }: { readonly version: string }): string {
  const title = `Review: ${review.base.name} → ${review.head.name}`
  const link = createLink(review)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#_calls">Skip to the calls</a>
${formatHead(review)}
${searchBar(review)}
<main>
${formatEdits(review, link)}
${formatFirstLooks(review, link)}
${formatRings(review, link)}
${formatWritten(review, link)}
${formatPicture(review)}
${formatGuards(review, link)}
${formatPermissions(review)}
${formatDiagnostics(review, link)}
${formatEnvironments(review)}
${formatCauses(review, link)}
${formatCalls(review)}
</main>
<footer><p>Made by callctl ${version}. This file loads nothing and sends nothing.</p></footer>
<script type="application/json" id="_data">${scriptJson(createPageData(review))}</script>
<script>${new Html(script)}</script>
</body>
</html>
`
  return page.toString().toWellFormed()
}

const sourceOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/** Nothing is loaded, nothing but our own script and style runs, and no script can make markup from text. */
const policy = [
  "default-src 'none'",
  `script-src ${sourceOf(script)}`,
  `style-src ${sourceOf(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const formatHead = (review: Review): Html => html`<header class="head">
<div class="top">
<p class="product">callctl review</p>
<button type="button" id="_theme" class="quiet" hidden>Theme: automatic</button>
</div>
<h1>${bdi(review.base.name)} <span class="arrow" aria-label="to">&rarr;</span> ${bdi(review.head.name)}</h1>
<p class="facts">${describeRevision(review.base)}<span class="sep">&middot;</span>${describeRevision(review.head)}${
  review.isMasked ? html`<span class="sep">&middot;</span>Names and numbers of people are masked` : undefined
}</p>
${formatHeadline(review)}
${formatNavigation(review)}
</header>`

/** The parts that this page has. */
function formatNavigation({
  rings,
  record,
  calls,
  guards,
  newPermissions,
  diagnostics,
  causes,
  environments = [],
}: Review): Html {
  const parts: readonly (readonly [string, string, number])[] = [
    ['_edits', 'Lockfile edited', record.filter(({ isEdit }) => isEdit).length],
    ['_rings', 'Rings', rings?.length ?? 0],
    ['_record', 'Lockfile', record.filter(({ isEdit }) => !isEdit).length],
    ['_guards', 'Guards', guards.length],
    ['_permissions', 'Permissions', newPermissions.length],
    ['_diagnostics', 'Diagnostics', diagnostics.length],
    ['_environments', 'Environments', environments.length],
    ['_causes', 'Causes', causes.filter(({ addresses }) => addresses.length > 1).length],
    ['_calls', 'Calls that differ', calls.length],
  ]
  const links = parts
    .filter(([, , count]) => count > 0)
    .map(([id, words, count]) => html`<li><a href="#${id}">${words}</a> ${count}</li>`)
  return html`<nav aria-label="Parts of this page"><ul>${links}</ul></nav>`
}

function describeRevision({ name, commit, calls }: Review['base']): Html {
  const id =
    commit === undefined ? undefined : html` at <code title="${commit}">${commit.slice(0, 10)}</code>`
  return html`<span>${bdi(name)}${id}: ${calls} ${calls === 1 ? 'call' : 'calls'}</span>`
}

/** Shown by the script, without which it would do nothing. */
const searchBar = ({ totals }: Review): Html => html`<div class="bar" id="_bar" role="search" hidden>
<label class="search"><span class="unseen">Search address, template, person, file or property</span>
<input type="search" id="_search" placeholder="Search address, template, person, file, property" autocomplete="off" spellcheck="false" aria-describedby="_hits" aria-keyshortcuts="/"></label>
<fieldset class="chips"><legend class="unseen">Show calls that were</legend>
${(['all', 'added', 'changed', 'removed'] as const).map((kind) => chip(kind, totals))}
</fieldset>
<div class="folds">
<button type="button" id="_expand">Expand all</button>
<button type="button" id="_fold">Fold all</button>
</div>
<p id="_hits" class="hits" role="status"></p>
</div>`

const chip = (kind: 'all' | 'added' | 'changed' | 'removed', totals: Review['totals']): Html => {
  const count = kind === 'all' ? totals.added + totals.changed + totals.removed : totals[kind]
  const checked = kind === 'all' ? html` checked` : undefined
  return html`<label class="chip"><input type="radio" name="kind" value="${kind}"${checked}><span>${kind} <b>${count}</b></span></label>`
}
