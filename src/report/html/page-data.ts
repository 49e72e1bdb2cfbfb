import { formatEndpoint } from '../../model/call.js'
import type { Cause, Review, ReviewedCall, ReviewedPayload } from '../../model/review.js'
import { describeMarks } from '../plan/environment-text.js'
import { alignPayloads } from './align.js'
import { describePlace, nameCallees, showJson } from './words.js'

/** What the page's script draws payloads from, as JSON in the page. Every text stands in `texts` once. */
export interface PageData {
  readonly texts: readonly string[]
  readonly causes: readonly PageCause[]
  /** As a reader knows them, and the id where that is not all of it. */
  readonly callees: readonly (readonly string[])[]
  /** In the order of the page. */
  readonly calls: readonly PageCall[]
  readonly names: { readonly before: string; readonly after: string }
}

export interface PageCause {
  /** Which revision has the line. */
  readonly revision: string
  readonly place: string
  /** Absent where it could tell of a person. */
  readonly text?: string
  /** `incident (file, calls/a.yaml:3)`. */
  readonly variables: readonly string[]
}

export interface PageCall {
  /** Label and text, in order. */
  readonly facts: readonly (readonly [string, string])[]
  /** Into `callees`. */
  readonly rings: readonly number[]
  /** Left, right and cause of each line, flat; -1 for none. Left equals right where nothing changed. */
  readonly rows: readonly number[]
  /** Pointer, before, after and cause of changes that no line of the payload shows. */
  readonly extras: readonly (readonly [string, string, string, number])[]
}

/** Gives each text a number, the same one each time. */
class Table<Value> {
  readonly values: Value[] = []
  readonly #numbers = new Map<string, number>()

  add(key: string, value: Value): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}

interface Tables {
  readonly texts: Table<string>
  readonly causes: Table<PageCause>
  readonly callees: Table<readonly string[]>
}

export function createPageData(review: Review): PageData {
  const tables: Tables = { texts: new Table(), causes: new Table(), callees: new Table() }
  const calls = review.calls.map((call) => describeCall(call, review, tables))
  return {
    texts: tables.texts.values,
    causes: tables.causes.values,
    callees: tables.callees.values,
    calls,
    names: { before: review.base.name, after: review.head.name },
  }
}

function describeCall(call: ReviewedCall, review: Review, tables: Tables): PageCall {
  const addCause = (cause: Cause | undefined): number => {
    if (cause === undefined) return -1
    const described = describeCause(cause, review)
    return tables.causes.add(JSON.stringify(described), described)
  }
  const addText = (text: string | undefined): number =>
    text === undefined ? -1 : tables.texts.add(text, text)
  const { rows, extras } = alignPayloads(call)
  const touches = (call.after ?? call.before)?.touches ?? { people: [], numbers: [] }
  return {
    facts: listFacts(call),
    rings: nameCallees(touches, review.isMasked).map(({ label, id }) => {
      const words = label === id ? [id] : [label, id]
      return tables.callees.add(JSON.stringify(words), words)
    }),
    rows: rows.flatMap(({ left, right, cause }) => [addText(left), addText(right), addCause(cause)]),
    extras: extras.map(({ pointer, before, after, cause }) => [
      pointer,
      before === undefined ? '' : showJson(before),
      after === undefined ? '' : showJson(after),
      addCause(cause),
    ]),
  }
}

export const describeCause = (cause: Cause, review: Review): PageCause => ({
  revision: (cause.revision === 'base' ? review.base : review.head).name,
  place: describePlace(cause.place),
  ...(cause.text !== undefined && { text: cause.text }),
  variables: cause.variables.map(
    ({ name, level, place }) => `${name} (${level}${place === undefined ? '' : `, ${describePlace(place)}`})`,
  ),
})

function listFacts(call: ReviewedCall): PageCall['facts'] {
  const { before, after } = call
  const both = (tell: (payload: ReviewedPayload) => string | undefined): string | undefined =>
    change(before === undefined ? undefined : tell(before), after === undefined ? undefined : tell(after))
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['About', both(({ description }) => description)],
    ['Renamed from', call.movedFrom],
    ['Plan', call.reason],
    ['Defined at', both(({ place }) => describePlace(place))],
    ['Template', both(({ template }) => template)],
    ['Posted to', both(({ target }) => formatEndpoint(target))],
    ['Permissions', both(({ touches }) => touches.permissions.join(', ') || undefined)],
    ['From the environment', both(({ environment }) => describeMarks(environment))],
    ['On change', both(({ onChange }) => onChange)],
    ['Digest', both(({ digest }) => digest.slice(0, 16))],
  ]
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]))
}

const change = (before: string | undefined, after: string | undefined): string | undefined => {
  if (before === undefined || before === after) return after
  return after === undefined ? before : `${before} → ${after}`
}
