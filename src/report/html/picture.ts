import type { Review } from '../../model/review.js'
import { showText } from '../text/paint.js'
import { type Html, html } from './markup.js'
import { createGraph, type Graph, type GraphLink, type GraphNode } from './picture-graph.js'

const row = 26
const boxHeight = 20
const top = 30

interface Column {
  readonly x: number
  readonly width: number
  readonly title: string
}

interface Frame {
  readonly width: number
  /** Absent where there is no room: the list above has the templates. */
  readonly template?: Column
  readonly call: Column
  readonly callee: Column
}

const broad: Frame = {
  width: 1040,
  template: { x: 0, width: 200, title: 'Template' },
  call: { x: 330, width: 300, title: 'Call' },
  callee: { x: 760, width: 280, title: 'Rings' },
}

/** For the screen of a telephone, whole. */
const narrow: Frame = {
  width: 350,
  call: { x: 0, width: 150, title: 'Call' },
  callee: { x: 200, width: 150, title: 'Rings' },
}

/** Which template makes which call, and whom that rings. The list above it has everybody. */
export function formatPicture({ rings = [], isMasked }: Review): Html | undefined {
  if (rings.every(({ people, numbers }) => people.length + numbers.length === 0)) return undefined
  const graph = createGraph(rings, isMasked)
  const grouped = [graph.templates, graph.calls, graph.callees].some((nodes) =>
    nodes.some(({ isGroup }) => isGroup),
  )
  const groupNote = grouped ? ' Dashed boxes stand for several; all of them are in the list above.' : ''
  const maskNote = isMasked ? ' What looks the same when masked is drawn once.' : ''
  return html`<section aria-labelledby="_picture">
<h2 id="_picture">Who is rung by which call and template</h2>
<p class="about">Strong lines and boxes are new with this change.${groupNote}${maskNote}</p>
<div class="wide" role="region" aria-labelledby="_picture" tabindex="0">
${drawPicture(graph, broad, 'broad')}
${drawPicture(graph, narrow, 'narrow')}
</div>
</section>`
}

function drawPicture(graph: Graph, frame: Frame, name: string): Html {
  const { width, template, call, callee } = frame
  const rows = Math.max(
    template === undefined ? 0 : graph.templates.length,
    graph.calls.length,
    graph.callees.length,
  )
  const height = top + rows * row + 4
  const columns = template === undefined ? [call, callee] : [template, call, callee]
  const uses =
    template === undefined
      ? []
      : drawLinks(graph.uses, [template, graph.templates], [call, graph.calls], ['t', 'c'], rows)
  return html`<svg class="picture ${name}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="_picture">
${columns.map(({ x, title }) => html`<text class="column" x="${x}" y="14">${title}</text>`)}
<g class="links">${uses}
${drawLinks(graph.rings, [call, graph.calls], [callee, graph.callees], ['c', 'p'], rows)}</g>
${template === undefined ? undefined : drawNodes(template, graph.templates, 't', rows)}
${drawNodes(call, graph.calls, 'c', rows)}
${drawNodes(callee, graph.callees, 'p', rows)}
</svg>`
}

/** The middle of a node: each column is spread over the whole height. */
const middleOf = (index: number, count: number, rows: number): number =>
  top + Math.round(((index + 0.5) * rows * row) / count)

type Side = readonly [Column, readonly GraphNode[]]

function drawLinks(
  links: readonly GraphLink[],
  [fromColumn, fromNodes]: Side,
  [toColumn, toNodes]: Side,
  [fromName, toName]: readonly [string, string],
  rows: number,
): readonly Html[] {
  const x1 = fromColumn.x + fromColumn.width
  const x2 = toColumn.x
  const bend = Math.round((x2 - x1) / 2)
  // New ones last, and so above the others.
  return links
    .toSorted((left, right) => Number(left.isNew) - Number(right.isNew))
    .map(({ from, to, weight, isNew }) => {
      const y1 = middleOf(from, fromNodes.length, rows)
      const y2 = middleOf(to, toNodes.length, rows)
      const thickness = Math.min(1.25 + Math.log2(weight), 9).toFixed(2)
      return html`<path${isNew ? html` class="fresh"` : undefined} data-ends="${fromName}${from} ${toName}${to}" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" stroke-width="${thickness}"/>`
    })
}

const drawNodes = (
  column: Column,
  nodes: readonly GraphNode[],
  name: string,
  rows: number,
): readonly Html[] =>
  nodes.map((node, index) => {
    const box = drawBox(column, node, middleOf(index, nodes.length, rows))
    const kind = `node${node.isNew ? ' fresh' : ''}${node.isGroup ? ' group' : ''}`
    if (node.address === undefined) return html`<g class="${kind}" data-node="${name}${index}">${box}</g>`
    const link = `#${encodeURIComponent(node.address.toWellFormed())}`
    return html`<a class="${kind}" data-node="${name}${index}" href="${link}">${box}</a>`
  })

function drawBox({ x, width: boxWidth }: Column, { label, title, mark }: GraphNode, y: number): Html {
  const room = boxWidth - 16 - (mark === undefined ? 0 : mark.length * 7 + 12)
  const end = x + boxWidth - 8
  const marked =
    mark === undefined
      ? undefined
      : html`<text class="mark" x="${end}" y="${y + 4}" text-anchor="end">${mark}</text>`
  return html`<title>${title}</title><rect x="${x}" y="${y - boxHeight / 2}" width="${boxWidth}" height="${boxHeight}" rx="4"/><text x="${x + 8}" y="${y + 4}">${fitText(label, room)}</text>${marked}`
}

/** Of the widest of the usual fonts; letters of East Asia and pictures take a whole em. */
const widthOf = (character: string): number =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 13
    : 7.6

/** Cut to so many pixels, in the middle: names that begin alike differ at their ends. Its title has all of it. */
export function fitText(text: string, pixels: number): string {
  const characters = [...showText(text.slice(0, mostMeasured))]
  const all = characters.reduce((sum, character) => sum + widthOf(character), 0)
  if (all <= pixels) return characters.join('')
  const room = pixels - widthOf('…')
  const head = countFitting(characters, room / 2)
  const tail = countFitting(characters.toReversed(), room / 2)
  return `${characters.slice(0, Math.max(head, 1)).join('')}…${characters.slice(characters.length - tail).join('')}`
}

const mostMeasured = 400

/** How many of the first ones have room. */
function countFitting(characters: readonly string[], pixels: number): number {
  let used = 0
  const end = characters.findIndex((character) => {
    used += widthOf(character)
    return used > pixels
  })
  return end === -1 ? characters.length : end
}
