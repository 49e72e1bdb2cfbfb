import type { Ring, RungCallee } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { formatRings, kindWords } from '../plan/callees-text.js'
import { code, joinWithin, wholeCode } from './markdown-text.js'

/** A way to show the ring list. None leaves out a call; what else one leaves out, its note says. */
export interface RingForm {
  /** Undefined where it needs more than so many bytes. */
  format(rings: readonly Ring[], room: number): string | undefined
  /** For the summary, where it is shown in bold. */
  note?(rings: readonly Ring[]): string
}

/** From the most telling to the shortest. */
export const ringForms: readonly RingForm[] = [
  { format: formatRows },
  { format: (rings, room) => formatGroups(rings, room, formatCallWithCallees) },
  { format: formatEachOnce },
  { format: (rings, room) => formatGroups(rings, room, formatCallWithCount), note: noteCalleesAbsent },
  { format: () => '', note: noteAbsent },
]

function noteCalleesAbsent(rings: readonly Ring[]): string {
  const who = formatRings({ people: countOnce(rings, 'people'), numbers: countOnce(rings, 'numbers') })
  if (who === 'nobody') return ''
  return `**Whom the calls ring (${who}) is NOT shown here: it is too long for this comment. See the HTML or JSON report.**`
}

const shownGroups = 5

/** What stands in the place of a ring list that is too long. */
function noteAbsent(rings: readonly Ring[]): string {
  const groups = groupRings(rings).toSorted((left, right) => right.length - left.length)
  const counts = groups.slice(0, shownGroups).map((group) => {
    const [{ isNew, kind, template }] = group as [Ring]
    const by = template === undefined ? '' : `, ${code(template, 60)}`
    return `${group.length}${isNew ? ' new' : ''} (${kindWords[kind]}${by})`
  })
  const more = groups.length > shownGroups ? `, and ${groups.length - shownGroups} further groups` : ''
  const words = `The list of the ${plural(rings.length, 'call')} and whom they ring is NOT shown here: it is too long for this comment. See the HTML or JSON report.`
  return `**${words}** It has ${counts.join(', ')}${more}.`
}

/** One call, one row: all there is to know of it. */
function formatRows(rings: readonly Ring[], room: number): string | undefined {
  return joinWithin(rings, room, '\n', formatRow)
}

function formatRow(ring: Ring): string {
  const template = ring.template === undefined ? '' : `, ${code(ring.template)}`
  const again = ring.action === 'redial' ? ', **placed again**' : ''
  const head = `- ${mark(ring)}${wholeCode(ring.address)} (${kindWords[ring.kind]}${template}${again}${describeLikely(ring)}): ${countOf(ring)}`
  return `${head}${formatCallees(calleesOf(ring), (callee) => `${wholeCode(callee.id)}${nameOf(callee)}`)}`
}

const describeLikely = ({ likelyFrom }: Ring): string =>
  likelyFrom === undefined ? '' : `, **most likely ${wholeCode(likelyFrom)} renamed**`

type FormatCall = (ring: Ring, isAllNew: boolean) => string

/** One list for each kind, template and action, those with new calls first. */
function formatGroups(rings: readonly Ring[], room: number, format: FormatCall): string | undefined {
  const groups = groupRings(rings).toSorted(([left], [right]) => Number(right!.isNew) - Number(left!.isNew))
  return joinWithin(groups, room, '\n', (group) => {
    const [{ isNew, kind, template, action }] = group as [Ring]
    const isAllNew = isNew && group.every((ring) => calleesOf(ring).every((callee) => callee.isNew))
    const words = [
      isNew ? '**New** ' : '',
      kindWords[kind],
      template === undefined ? '' : `, ${code(template)}`,
      action === 'redial' ? ', **placed again**' : '',
      isAllNew ? ', all who are rung are **new**' : '',
    ]
    const calls = joinWithin(group, room, '; ', (ring) => format(ring, isAllNew))
    return calls && `- ${words.join('')}, ${plural(group.length, 'call')}: ${calls}`
  })
}

function groupRings(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  const groups = new Map<string, Ring[]>()
  for (const ring of rings) {
    const key = JSON.stringify([ring.isNew, ring.kind, ring.action, ring.template ?? null])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [ring])
    else group.push(ring)
  }
  return [...groups.values()]
}

const formatCallWithCallees = (ring: Ring, isAllNew: boolean): string => {
  const who = calleesOf(ring).map((callee) => `${isAllNew ? '' : mark(callee)}${wholeCode(callee.id)}`)
  return [
    `${wholeCode(ring.address)}${describeLikely(ring)}`,
    ...(who.length === 0 ? [] : [who.join(', ')]),
  ].join(': ')
}

const formatCallWithCount = (ring: Ring): string => {
  const count = ring.people.length + ring.numbers.length
  return count === 1 ? wholeCode(ring.address) : `${wholeCode(ring.address)} (${count})`
}

/** The calls, then everybody once; which call rings whom is for the other reports. */
function formatEachOnce(rings: readonly Ring[], room: number): string | undefined {
  const calls = formatGroups(rings, room, formatCallWithCount)
  if (calls === undefined) return undefined
  const lists = (['people', 'numbers'] as const).flatMap((kind) => {
    const callees = calleesOnce(rings, kind)
    const title = `${kind === 'people' ? 'People' : 'Numbers'} rung, ${callees.length} in all`
    return callees.length === 0 ? [] : [`${title}${formatCallees(callees, ({ id }) => wholeCode(id))}`]
  })
  const rest = lists.length === 0 ? [] : [...lists, 'Which call rings whom is in the HTML and JSON reports.']
  return [calls, ...rest].join('\n\n')
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
