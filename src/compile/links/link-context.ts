import { plain, quote } from '../../model/diagnostics/wording.js'
import { decode, orWhole, type Part, problem } from './link-part.js'

/** Of a long link: whose meeting it is. */
export interface LinkContext {
  readonly tenantId: string
  readonly organizerId: string
  readonly replyChainMessageId: string | null
}

export function readContext(part: Part | undefined, before: Part): LinkContext {
  const hint = 'It follows `?context=` and has `Tid` and `Oid`. Is the link complete?'
  if (part === undefined) throw problem(before, 'the link has no context', hint)
  const context = parseObject(decode(part))
  if (context === undefined) throw problem(orWhole(part, before), 'the context is not a JSON object', hint)
  return {
    tenantId: readId(context, 'Tid', 'the tenant', part),
    organizerId: readId(context, 'Oid', 'the organizer', part),
    replyChainMessageId: readMessageId(context, part),
  }
}

export type Members = ReadonlyMap<string, unknown>

export function parseObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? new Map(Object.entries(value)) : undefined
  } catch {
    return undefined
  }
}

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function readId(context: Members, name: string, whose: string, part: Part): string {
  const value = context.get(name)
  if (value === undefined) throw problem(part, quote`the context has no ${name}: the id of ${plain(whose)}`)
  if (typeof value === 'string' && idForm.test(value)) return value
  throw problem(
    placeOf(value, part),
    quote`${name}, the id of ${plain(whose)}, is no UUID`,
    'Is the link complete?',
  )
}

function readMessageId(context: Members, part: Part): string | null {
  const value = context.get('MessageId') ?? null
  if (value === null || (typeof value === 'string' && /^\d+$/.test(value))) return value
  throw problem(placeOf(value, part), '`MessageId` is no id of a message')
}

/** Where a value of the context stands, if it stands there as it is. */
function placeOf(value: unknown, part: Part): Part {
  const text = String(value)
  const index = text === '' ? -1 : part.text.indexOf(text)
  return index < 0 ? part : { text, start: part.start + index }
}
