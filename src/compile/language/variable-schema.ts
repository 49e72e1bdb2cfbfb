import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import { literalValue, type MapNode, type Node } from '../../model/language/document.js'
import type { SchemaType, TextPattern, VariableSchema } from '../../model/language/template.js'
import { Fields } from './fields.js'

export const schemaKeys = [
  ...['type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'items'],
  ...['properties', 'required', 'additionalProperties', 'title', 'description', 'examples', '$comment'],
]
const schemaTypes: readonly SchemaType[] = [
  'string',
  'number',
  'integer',
  'boolean',
  'null',
  'array',
  'object',
]
export const formats = ['uuid', 'uri', 'email', 'date', 'date-time', 'e164'] as const

/** Reads the part of JSON Schema in which variables are declared, and refuses the rest rather than ignore it. */
export function readSchema(
  map: MapNode,
  diagnostics: Diagnostic[],
  extraKeys: readonly string[] = [],
): VariableSchema {
  const codes = { unknown: 'variable/schema', type: 'variable/schema' } as const
  const fields = new SchemaFields(map, [...schemaKeys, ...extraKeys], diagnostics, codes)
  const listed = fields.listNode('enum')?.items.map(literalValue)
  const constant = fields.node('const')
  const items = fields.mapNode('items')
  return {
    ...optional('types', fields.types()),
    ...optional('enum', constant === undefined ? listed : [literalValue(constant)]),
    ...fields.numbers(),
    ...optional('pattern', fields.pattern()),
    ...optional('format', fields.oneOf('format', formats)),
    ...optional('uniqueItems', fields.boolean('uniqueItems')),
    ...optional('items', items && readSchema(items, diagnostics)),
    ...optional('properties', fields.properties(diagnostics)),
    ...optional('required', fields.required()),
    ...optional('additionalProperties', fields.additional(diagnostics)),
  }
}

const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { [Each in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { [Each in Key]?: Value }

/** Most workspaces have none. */
const loadPatterns = () => require('./pattern.js') as typeof import('./pattern.js')

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems'] as const
const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const

class SchemaFields extends Fields {
  types(): readonly SchemaType[] | undefined {
    const node = this.node('type')
    if (node === undefined) return undefined
    const nodes = node.kind === 'list' ? node.items : [node]
    const types = nodes.flatMap((each) => this.#type(each))
    return types.length === 0 ? undefined : types
  }

  #type(node: Node): SchemaType[] {
    const type = schemaTypes.find((each) => node.kind === 'scalar' && each === node.value)
    // `type: null` without quotes is YAML's null, and can only mean the type.
    if (type === undefined && node.kind === 'scalar' && node.value === null) return ['null']
    if (type !== undefined) return [type]
    this.complain('variable/schema', `A type is one of ${schemaTypes.join(', ')}.`, node.range)
    return []
  }

  numbers(): VariableSchema {
    const found: Record<string, number> = {}
    for (const name of [...counts, ...bounds]) {
      const node = this.node(name)
      if (node === undefined) continue
      const value = node.kind === 'scalar' ? node.value : undefined
      const isCount = (counts as readonly string[]).includes(name)
      const fits = typeof value === 'number' && (!isCount || (Number.isInteger(value) && value >= 0))
      if (fits && !(name === 'multipleOf' && value <= 0)) found[name] = value
      else
        this.complain(
          'variable/schema',
          quote`${name} must be a ${plain(isCount ? 'count' : 'number')}.`,
          node.range,
        )
    }
    return found
  }

  pattern(): TextPattern | undefined {
    const text = this.text('pattern')
    const pattern = text === undefined ? undefined : loadPatterns().readPattern(text)
    if (pattern === undefined || !('problem' in pattern)) return pattern
    this.complain('variable/schema', pattern.problem, this.node('pattern')!.range)
    return undefined
  }

  properties(diagnostics: Diagnostic[]): Readonly<Record<string, VariableSchema>> | undefined {
    const map = this.mapNode('properties')
    if (map === undefined) return undefined
    const entries = map.entries.flatMap(({ key, value }) => {
      if (value.kind === 'map') return [[String(key.value), readSchema(value, diagnostics)] as const]
      this.complain('variable/schema', 'A property is described by a map.', value.range)
      return []
    })
    return Object.fromEntries(entries)
  }

  required(): readonly string[] | undefined {
    return this.listNode('required')?.items.map((item) => String(item.kind === 'scalar' ? item.value : ''))
  }

  additional(diagnostics: Diagnostic[]): boolean | VariableSchema | undefined {
    const node = this.node('additionalProperties')
    if (node?.kind === 'map') return readSchema(node, diagnostics)
    return this.boolean('additionalProperties')
  }
}
