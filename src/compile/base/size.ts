import type { JsonValue } from '../../model/json.js'

/**
 * Whether a value is within so many characters and values, what it shares counted each time, and within so many
 * levels. Values that hold one another could otherwise unfold without end when they are written out.
 */
export function isWithin(value: JsonValue, limit: number, levels: number): boolean {
  return measure(value, limit, levels) >= 0
}

/** What is left of the limit; negative when it is used up. */
export function measure(value: JsonValue, limit: number, levels: number): number {
  let left = limit - (typeof value === 'string' ? value.length : 1)
  if (typeof value !== 'object' || value === null) return left
  if (levels === 0) return -1
  for (const [name, each] of Object.entries(value)) {
    if (left < 0) return left
    left = measure(each, Array.isArray(value) ? left : left - name.length, levels - 1)
  }
  return left
}
