import type { JsonValue } from '../../model/json.js'
import type { Callee, CallKind } from '../../model/payload.js'
import type { Location } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { showText } from '../text/paint.js'

/** `calls/a.yaml:14`. */
export const describePlace = ({ file, line }: Location): string => `${file}:${line}`

/** A value on one line, with nothing invisible in it. */
export const showJson = (value: JsonValue): string => showText(JSON.stringify(value))

/** `3 people and 1 number`. */
export function describeRings(people: number, numbers: number): string {
  const parts = [
    ...(people > 0 ? [plural(people, 'person', 'people')] : []),
    ...(numbers > 0 ? [plural(numbers, 'number')] : []),
  ]
  return parts.join(' and ') || 'nobody'
}

export const kindWords: Readonly<Record<CallKind, string>> = {
  'peer-to-peer': 'peer-to-peer',
  pstn: 'phone',
  group: 'group',
  'meeting-join': 'joins a meeting',
  'guest-join': 'joins as guest',
}

/** A person or a number, as a reader knows them: a masked name needs its id, and a number is always told. */
export interface Named {
  readonly label: string
  readonly id: string
  readonly isNew: boolean
}

interface Rung {
  readonly people: readonly (Callee & { readonly isNew?: boolean })[]
  readonly numbers: readonly (Callee & { readonly isNew?: boolean })[]
}

export function nameCallees({ people, numbers }: Rung, isMasked: boolean): readonly Named[] {
  const named =
    (needsId: boolean) =>
    ({ id, name = '', isNew = false }: Rung['people'][number]) => ({
      label: name.trim() === '' ? id : needsId ? `${name} ${id}` : name,
      id,
      isNew,
    })
  return [...people.map(named(isMasked)), ...numbers.map(named(true))]
}
