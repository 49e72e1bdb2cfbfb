import type { PlanBlock, Review, Ring, RungCallee } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { describeTouches } from '../plan/callees-text.js'
import { cutText, type Look, paint, showText, widthOf, wrapText } from '../text/paint.js'
import { formatRow } from '../text/rows.js'

/** All of it, whatever its length: this is what a review is for. */
export function formatRingList({ rings = [] }: Review, look: Look): string {
  if (rings.length === 0) return ''
  const width = widthOf(
    rings.map(({ address }) => address),
    look,
  )
  const sorted = [...rings.filter(isNews), ...rings.filter((ring) => !isNews(ring))]
  const title = paint(look, 'green', `Would be rung (${plural(rings.length, 'call')}; + is new)`)
  return [title, ...sorted.map((ring) => formatRing(ring, width, look))].join('\n')
}

const isNews = ({ isNew, people, numbers }: Ring): boolean =>
  isNew || [...people, ...numbers].some((callee) => callee.isNew)

function formatRing(ring: Ring, width: number, look: Look): string {
  const { address, action, reason, kind, template, people, numbers, isNew, likelyFrom } = ring
  const what = `${describeTouches({ kind, people, numbers })}${template === undefined ? '' : `, ${template}`}`
  const mark = isNew ? paint(look, 'green', '+') : ' '
  const lines = [`${mark}${formatRow({ name: address, width, text: what }, look, { name: 'bold' }).slice(1)}`]
  if (action === 'redial')
    lines.push(`      again: ${wrapText(showText(reason), look.columns - 13, '      ')}`)
  if (likelyFrom !== undefined) lines.push(`      ${wrapText(showText(reason), look.columns - 6, '      ')}`)
  for (const callee of [...people, ...numbers]) lines.push(formatCallee(callee, look))
  return lines.join('\n')
}

function formatCallee({ id, name, isNew }: RungCallee, look: Look): string {
  const mark = isNew ? paint(look, 'green', '+') : ' '
  const who = name === undefined || name === id ? '' : ` ${showText(name)}`
  return `    ${mark} ${cutText(`${showText(id)}${who}`, look.columns - 6)}`
}

const shownAddresses = 10

/** Calls that would ring if nothing held them back. */
export function formatBlocks(blocks: readonly PlanBlock[], look: Look): string {
  if (blocks.length === 0) return ''
  const lines = blocks.map(({ action, reason, addresses }) => {
    const head = `  ${action}: ${wrapText(showText(reason), look.columns - action.length - 4, '    ')}`
    return `${head}\n    ${paint(look, 'dim', formatAddresses(addresses, look.columns - 4))}`
  })
  return [paint(look, 'red', 'Held back: nothing is sent'), ...lines].join('\n')
}

/** `a, b, c, and 197 more`. */
export function formatAddresses(addresses: readonly string[], columns: number): string {
  const more = addresses.length - shownAddresses
  const shown = addresses.slice(0, shownAddresses).map(showText).join(', ')
  return wrapText(`${shown}${more > 0 ? `, and ${more} more` : ''}`, columns, '    ')
}
