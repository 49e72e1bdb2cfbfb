import type { ParameterType, Value } from './helpers.js'

/** What a helper takes, as people say it. */
export const typeWords: Record<ParameterType, string> = {
  any: 'a value',
  text: 'text',
  number: 'a number',
  list: 'a list',
  'text or list': 'text or a list',
  'text or number': 'text or a number',
}

export function hasType(value: Value, type: ParameterType): boolean {
  if (type === 'any') return value !== undefined
  if (type.includes('text') && typeof value === 'string') return true
  if (type.includes('number') && typeof value === 'number') return true
  return type.includes('list') && Array.isArray(value)
}
