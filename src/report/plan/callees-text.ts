// Whom calls ring, in words: counted, and named as far as whoever reads may know.

import { rings } from '../../model/action.js'
import { keyOfNumber, keyOfPerson } from '../../model/callee-key.js'
import { maskNumber } from '../../model/mask.js'
import type { Callee, CallKind, PayloadHead, Touches } from '../../model/payload.js'
import type { Plan } from '../../model/plan.js'
import { plural } from '../../model/words/count.js'
import { cutText, showText } from '../text/paint.js'

/** `3 people and 1 number`. */
export function formatRings({
  people,
  numbers,
}: {
  readonly people: number
  readonly numbers: number
}): string {
  const parts = [
    people > 0 ? plural(people, 'person', 'people') : '',
    numbers > 0 ? plural(numbers, 'number') : '',
  ]
  return parts.filter((part) => part !== '').join(' and ') || 'nobody'
}

/** How many people and numbers a plan rings: who is in several calls is one. */
export function countCallees({ changes }: Plan<PayloadHead>): {
  readonly people: number
  readonly numbers: number
} {
  const people = new Set<string>()
  const numbers = new Set<string>()
  for (const { action, payload } of changes) {
    if (payload === undefined || !rings(action)) continue
    for (const { id } of payload.touches.people) people.add(keyOfPerson(id))
    for (const { id } of payload.touches.numbers) numbers.add(keyOfNumber(id))
  }
  return { people: people.size, numbers: numbers.size }
}

/** Kinds of calls in words. */
export const kindWords: Readonly<Record<CallKind, string>> = {
  'peer-to-peer': 'peer-to-peer',
  pstn: 'phone',
  group: 'group',
  'meeting-join': 'joins a meeting',
  'guest-join': 'joins a meeting as guest',
}

/** `group, rings 4 people`. */
export function describeTouches(touches: Omit<Touches, 'permissions'>): string {
  const rings = { people: touches.people.length, numbers: touches.numbers.length }
  const isJoin = touches.kind === 'meeting-join' || touches.kind === 'guest-join'
  return isJoin ? kindWords[touches.kind] : `${kindWords[touches.kind]}, rings ${formatRings(rings)}`
}

const shownCallees = 12

/** Names or ids, and numbers, masked where people are not shown; empty where a call rings nobody. */
export function formatCallees(
  { people, numbers }: Pick<Touches, 'people' | 'numbers'>,
  showsPeople: boolean,
): string {
  const all = [
    ...people.map((callee) => (showsPeople ? nameOf(callee) : showText(callee.id))),
    ...numbers.map(({ id }) => showText(showsPeople ? id : maskNumber(id))),
  ]
  const more = all.length - shownCallees
  return all.slice(0, shownCallees).join(', ') + (more > 0 ? `, and ${more} more` : '')
}

const nameOf = ({ id, name }: Callee): string => cutText(showText(name ?? id), 60)
