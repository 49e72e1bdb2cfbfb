import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { Definition } from '../../model/language/definition.js'
import type { ScalarNode } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import { plural } from '../../model/words/count.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import type { Items } from '../data/items.js'
import { textOf } from '../expression/helpers.js'
import type { Frame } from '../expression/scope.js'
import { holdsStandIn } from '../yaml/placeholders.js'
import { type BoundDefinition, frameOf, type Item } from './bind-definition.js'
import { wayDetails } from './report-problem.js'
import { complain, failed, omitted, type Render } from './tools.js'
import { textOf as textAt, waysOfScalar } from './ways-of-node.js'

/** One call of a definition, by name; nothing of its payload is computed yet. */
export interface Instance {
  readonly bound: BoundDefinition
  /** Unique in the workspace. */
  readonly name: string
  /** The name, or `name@VALUE` with `oncePer`. */
  readonly address: string
  readonly item?: Item
}

const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const occasionForm = /^[^\p{Cc}\p{Cs}\p{Cf}\u2028\u2029()]{1,128}$/u

/** The calls that a definition makes: one, or one for each item of its list. A call without a name is reported. */
export function* instancesOf(bound: BoundDefinition): Generator<Instance | undefined> {
  if (bound.list === undefined) {
    yield createInstance(bound, undefined)
    return
  }
  const items = findItems(bound) ?? renderItems(bound, bound.list)
  if (items === undefined) {
    yield undefined
    return
  }
  const { count, width = 0 } = items
  const { spend } = bound.scope.tools
  let index = 0
  let left = 0
  for (const value of items.values()) {
    spend(width * costs.value)
    const item = { value, loop: { index, count } }
    index += 1
    const chosen = isChosen(bound, item)
    if (chosen === false) continue
    left += 1
    yield chosen ? createInstance(bound, item) : undefined
  }
  if (left === 0) bound.reporter.report(emptyList(bound.definition, index))
}

/** Whether an item gets a call; one of which that cannot be told has none either, which is reported. */
function isChosen(bound: BoundDefinition, item: Item): boolean | undefined {
  const { where, definition, reporter } = bound
  if (where === undefined) return true
  const frame = frameOf(bound.scope.table.fork(reporter), item)
  const value = where(frame)
  if (typeof value === 'boolean') return value
  if (value === failed || value === omitted) return undefined
  const node = definition.forEach!.where!
  if (holdsStandIn(value)) reporter.report(unsetAddress(node.range))
  else {
    const details = { hint: whereHint, ...detailsOf(node, bound, frame) }
    reporter.report(createDiagnostic('key/type', '`where` must come to true or false.', details))
  }
  return undefined
}

const whereHint = 'Compare, such as `eq p.oncall "yes"`, or read the text of a cell: `bool p.oncall`.'

/** An empty list, or one of which `where` takes no item. */
function emptyList({ forEach, name }: Definition, items: number): Diagnostic {
  const where = items === 0 ? undefined : forEach?.where
  const cause =
    where === undefined
      ? 'The list of `forEach` is empty'
      : `\`where\` is true of none of the list’s ${plural(items, 'item')}`
  const range = where?.range ?? forEach?.list.range ?? name.range
  return createDiagnostic('definition/empty-list', `${cause}: this definition makes no call.`, { range })
}

/** Of a list that need not be made. */
function findItems({ definition, scope }: BoundDefinition): Items | undefined {
  const text = definition.forEach && textAt(definition.forEach.list)
  if (text?.kind !== 'whole' || text.expression.kind !== 'path') return undefined
  const { isData, parts } = text.expression.path
  return !isData && parts.length === 1 ? scope.table.find(parts[0]!)?.items : undefined
}

function renderItems({ definition, scope, reporter }: BoundDefinition, list: Render): Items | undefined {
  const items = list({ root: scope.table.fork(reporter) })
  if (items === omitted || items === failed) return undefined
  if (Array.isArray(items)) return { count: items.length, values: () => items as readonly JsonValue[] }
  complain(reporter, 'key/type', '`forEach` takes a list.', definition.forEach!.list.range)
  return undefined
}

function createInstance(bound: BoundDefinition, item: Item | undefined): Instance | undefined {
  const frame = frameOf(bound.scope.table.fork(bound.reporter), item)
  const name = renderName(bound, frame)
  if (name === undefined) return undefined
  const occasion = bound.oncePer === undefined ? undefined : renderOccasion(bound, frame)
  if (bound.oncePer !== undefined && occasion === undefined) return undefined
  const address = occasion === undefined ? name : `${name}@${occasion}`
  return { bound, name, address, ...(item !== undefined && { item }) }
}

const nameRule =
  'A call name is letters, digits, `.`, `_` and `-`, at most 128, and begins with a letter or digit.'

function renderName(bound: BoundDefinition, frame: Frame): string | undefined {
  const { name, definition, reporter } = bound
  const text = renderText(name, frame, bound)
  if (text === undefined) return undefined
  if (typeof text === 'string' && nameForm.test(text)) return text
  const message =
    typeof text === 'string' && text !== definition.name.value
      ? quote`${plain(nameRule)} This one is ${text.slice(0, 140)}.`
      : nameRule
  const details = {
    ...(bound.list !== undefined && { hint: nameHint }),
    ...detailsOf(definition.name, bound, frame),
  }
  reporter.report(createDiagnostic('definition/name', message, details))
  return undefined
}

const nameHint =
  'Name the calls by a column that has such texts and stays with the row, such as an id or a login; `replace` and `lower` help with others.'

function renderOccasion(bound: BoundDefinition, frame: Frame): string | undefined {
  const { oncePer, definition, reporter } = bound
  const text = renderText(oncePer!, frame, bound)
  if (text === undefined) return undefined
  if (typeof text === 'string' && occasionForm.test(text) && text.trim() === text) return text
  const message = '`oncePer` is a text of 1 to 128 characters, without control characters and parentheses.'
  reporter.report(createDiagnostic('definition/name', message, detailsOf(definition.oncePer!, bound, frame)))
  return undefined
}

/** What a name is made of is to blame when it comes of a list; else whoever wrote the name. */
function detailsOf(node: ScalarNode, { names }: BoundDefinition, frame: Frame) {
  const ways = waysOfScalar(node, [], { names, frame })
  const isData = ways.every(({ origins }) => origins.at(-1)?.level === 'data')
  return wayDetails(isData ? ways : [], node.range)
}

/** Where a name stands: where it is spelled out, when it comes of a list. */
export const placeOfName = ({ bound, item }: Instance): Range =>
  detailsOf(bound.definition.name, bound, frameOf(bound.scope.table.unheard(), item)).range

/** Undefined when the problem is reported; null for what is no text. An address with a placeholder is none. */
function renderText(
  render: Render,
  frame: Frame,
  { definition }: BoundDefinition,
): string | null | undefined {
  const value = render(frame)
  if (value === omitted || value === failed) return undefined
  if (!holdsStandIn(value)) return textOf(value) ?? null
  frame.root.reporter.report(unsetAddress(definition.name.range))
  return undefined
}

function unsetAddress(range: Range) {
  const message = 'Its address depends on an environment variable that is not set.'
  return createDiagnostic('env/unset', message, { range, hint: 'Set it for the review.' })
}

/** The name that the call had before, when its definition says so. */
export function renderMovedFrom(instance: Instance, reporter: Reporter): string | undefined {
  const { bound, item } = instance
  if (bound.movedFrom === undefined) return undefined
  const text = renderText(bound.movedFrom, frameOf(bound.scope.table.fork(reporter), item), bound)
  if (typeof text === 'string' && /^[A-Za-z0-9][^\p{Cc}]{0,511}$/u.test(text)) return text
  if (text === undefined) return undefined
  complain(
    reporter,
    'definition/name',
    '`movedFrom` is the call’s former address.',
    bound.definition.movedFrom!.range,
  )
  return undefined
}
