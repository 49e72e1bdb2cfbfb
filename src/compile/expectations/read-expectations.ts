import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { Expectation, Expectations } from '../../model/language/definition-test.js'
import type { ListNode, MapNode, ScalarNode } from '../../model/language/document.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { Fields } from '../language/fields.js'

export const callKinds = ['peer-to-peer', 'pstn', 'group', 'meeting-join', 'guest-join'] as const

/** In the order in which they are looked at. */
export const expectationKeys = [
  'addresses',
  'diagnostics',
  'kind',
  'endpoint',
  'people',
  'numbers',
  'permissions',
  'payload',
  'values',
  'absent',
] as const satisfies readonly Expectation[]

export function readExpectations(map: MapNode, diagnostics: Diagnostic[]): Expectations {
  const fields = new Fields(map, expectationKeys, diagnostics)
  const kind = fields.oneOf('kind', callKinds)
  const values = fields.mapNode('values')
  for (const { key } of values?.entries ?? []) checkPointer(key, fields)
  const absent = textList('absent', fields)
  for (const item of absent?.items ?? []) checkPointer(item as ScalarNode, fields)
  const codes = textList('diagnostics', fields)
  for (const item of codes?.items ?? []) checkCode(item as ScalarNode, fields)
  return withoutGaps({
    addresses: textList('addresses', fields),
    diagnostics: codes,
    kind: kind && fields.textNode('kind'),
    endpoint: fields.textNode('endpoint'),
    people: textList('people', fields),
    numbers: textList('numbers', fields),
    permissions: textList('permissions', fields),
    payload: fields.mapNode('payload'),
    values,
    absent,
  })
}

/** The list, without those of its items that are no text: they are complained about. */
function textList(name: string, fields: Fields): ListNode | undefined {
  const list = fields.listNode(name)
  if (list === undefined) return undefined
  const items = list.items.filter((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return true
    fields.complain('key/type', quote`${name} must be a list of texts.`, item.range, 'Write it in quotes.')
    return false
  })
  return { ...list, items }
}

function checkPointer({ value, range }: ScalarNode, fields: Fields): void {
  const pointer = String(value)
  if (/^(?:\/(?:[^~]|~[01])*)?$/.test(pointer)) return
  const hint = 'Such as `/targets/0`; in a name, `~1` stands for `/` and `~0` for `~`.'
  fields.complain('key/type', 'A JSON Pointer begins with `/`.', range, hint)
}

function checkCode({ value, range }: ScalarNode, fields: Fields): void {
  const code = String(value)
  if (Object.hasOwn(diagnosticCodes, code)) return
  const message = quote`There is no diagnostic code ${code}.`
  fields.complain('key/type', message, range, suggestionFor(code, Object.keys(diagnosticCodes)))
}

type Gaps<Whole> = { readonly [Key in keyof Whole]: Whole[Key] | undefined }

const withoutGaps = (found: Gaps<Required<Expectations>>): Expectations =>
  Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
