import type { CallKind } from '../model/payload.js'
import type { Ring, RungCallee } from '../model/review.js'
import { code, wholeCode } from './markdown-text.js'
import { plural } from './paint.js'
import { formatRings } from './plan-text.js'

/** A way to show the ring list. No form leaves out a call; what else one leaves out, it says. */
export type RingForm = (rings: readonly Ring[]) => string

export const noRings: RingForm = () => ''

/** From the most telling to the shortest. */
export const ringForms: readonly RingForm[] = [
  formatRows,
  (rings) => formatGroups(rings, formatCallWithCallees),
  (rings) => [formatGroups(rings, formatCallWithCount), ...formatEachOnce(rings)].join('\n\n'),
  (rings) => `**${peopleNotShown(rings)}**\n\n${formatGroups(rings, formatCallWithCount)}`,
]

const peopleNotShown = (rings: readonly Ring[]): string => {
  const who = formatRings({ people: countOnce(rings, 'people'), numbers: countOnce(rings, 'numbers') })
  return `Not shown here, for want of room: whom they ring (${who}). The HTML and JSON reports have all.`
}

const kindWords: Readonly<Record<CallKind, string>> = {
  'peer-to-peer': 'peer-to-peer',
  pstn: 'phone',
  group: 'group',
  'meeting-join': 'joins a meeting',
  'guest-join': 'joins a meeting as guest',
}

/** One call, one row: all there is to know of it. */
function formatRows(rings: readonly Ring[]): string {
  return rings
    .map((ring) => {
      const template = ring.template === undefined ? '' : `, ${code(ring.template)}`
      const again = ring.action === 'redial' ? ', **placed again**' : ''
      const head = `- ${mark(ring)}${wholeCode(ring.address)} (${kindWords[ring.kind]}${template}${again}): ${countOf(ring)}`
      const who = formatCallees(calleesOf(ring), (callee) => `${wholeCode(callee.id)}${nameOf(callee)}`)
      return who === '' ? head : `${head}${who}`
    })
    .join('\n')
}

/** One list for each kind, template and action, those with new calls first. */
function formatGroups(rings: readonly Ring[], format: (ring: Ring) => string): string {
  const groups = [...groupRings(rings).values()]
  groups.sort(([left], [right]) => Number(right!.isNew) - Number(left!.isNew))
  return groups
    .map((group) => {
      const [{ isNew, kind, template, action }] = group as [Ring]
      const words = [
        isNew ? '**New** ' : '',
        `${kindWords[kind]}`,
        template === undefined ? '' : `, ${code(template)}`,
        action === 'redial' ? ', **placed again**' : '',
      ]
      return `- ${words.join('')}, ${plural(group.length, 'call')}: ${group.map(format).join('; ')}`
    })
    .join('\n')
}

export function groupRings(rings: readonly Ring[]): ReadonlyMap<string, Ring[]> {
  const groups = new Map<string, Ring[]>()
  for (const ring of rings) {
    const key = JSON.stringify([ring.isNew, ring.kind, ring.action, ring.template ?? null])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [ring])
    else group.push(ring)
  }
  return groups
}

const formatCallWithCallees = (ring: Ring): string => {
  const who = formatCallees(calleesOf(ring), ({ id }) => wholeCode(id))
  return `${wholeCode(ring.address)}${who}`
}

const formatCallWithCount = (ring: Ring): string => {
  const count = ring.people.length + ring.numbers.length
  return count === 1 ? wholeCode(ring.address) : `${wholeCode(ring.address)} (${count})`
}

/** Everybody once; which call rings whom is for the other reports. */
function formatEachOnce(rings: readonly Ring[]): readonly string[] {
  const lists = (['people', 'numbers'] as const).flatMap((kind) => {
    const callees = calleesOnce(rings, kind)
    const title = kind === 'people' ? 'People' : 'Numbers'
    return callees.length === 0
      ? []
      : [`${title} rung, ${callees.length} in all${formatCallees(callees, ({ id }) => wholeCode(id))}`]
  })
  return lists.length === 0 ? [] : [...lists, 'Which call rings whom is in the HTML and JSON reports.']
}

function calleesOnce(rings: readonly Ring[], kind: 'people' | 'numbers'): readonly RungCallee[] {
  const found = new Map<string, RungCallee>()
  for (const ring of rings) for (const callee of ring[kind]) found.set(callee.id, callee)
  return [...found.values()]
}

const countOnce = (rings: readonly Ring[], kind: 'people' | 'numbers'): number =>
  calleesOnce(rings, kind).length

const calleesOf = ({ people, numbers }: Ring): readonly RungCallee[] => [...people, ...numbers]

const countOf = ({ people, numbers }: Ring): string => {
  const count = formatRings({ people: people.length, numbers: numbers.length })
  return count === 'nobody' ? 'rings nobody' : `rings ${count}`
}

const mark = ({ isNew }: { readonly isNew: boolean }): string => (isNew ? '**new** ' : '')

/** `: all new: …` where they are, else each with its own mark. */
function formatCallees(callees: readonly RungCallee[], format: (callee: RungCallee) => string): string {
  if (callees.length === 0) return ''
  const isAllNew = callees.every(({ isNew }) => isNew)
  if (isAllNew) return `: ${callees.length > 1 ? 'all ' : ''}**new**: ${callees.map(format).join(', ')}`
  return `: ${callees.map((callee) => `${mark(callee)}${format(callee)}`).join(', ')}`
}

const nameOf = ({ name }: RungCallee): string => (name === undefined ? '' : ` (${code(name, 60)})`)
