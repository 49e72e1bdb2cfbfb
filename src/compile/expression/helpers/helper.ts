// What a helper is. The files beside this one hold the helpers, by idea; `../helpers.ts` joins them.

import type { Cloud } from '../../../model/call.js'
import type { JsonValue } from '../../../model/json.js'
import type { Shape } from '../shape.js'

/** A pure function that expressions may call. A workspace cannot add any. */
export interface Helper {
  readonly parameters: readonly Parameter[]
  /** Whether the last parameter may be repeated. */
  readonly isVariadic?: true
  readonly meaning: string
  /** An expression and the value that it yields. */
  readonly example: readonly [string, JsonValue]
  /** Whether it looks at all that its lists and objects hold. */
  readonly readsDeep?: true
  /** What is known of every result, where that is more than nothing. */
  readonly yields?: Shape
  /** What is most likely wrong with arguments that it took; told as a lint. */
  readonly remark?: (cloud: Cloud, ...values: readonly Value[]) => Remark | undefined
  /** Gets `undefined` for an argument that is not set or left out, where its parameter accepts that. */
  run(...values: readonly Value[]): JsonValue
}

/** About the first argument. */
export interface Remark {
  readonly message: string
  readonly hint: string
}

export type Helpers = Readonly<Record<string, Helper>>

export type Value = JsonValue | undefined

export interface Parameter {
  readonly name: string
  readonly type: ParameterType
  /** Whether a value that is not set may stand here. */
  readonly mayBeUnset?: true
  /** Whether it may be left out; only later parameters that may be too follow it. */
  readonly isOptional?: true
}

export type ParameterType = 'any' | 'text' | 'number' | 'list' | 'text or list' | 'text or number'

export const any = (name: string): Parameter => ({ name, type: 'any' })
export const unset = (name: string): Parameter => ({ name, type: 'any', mayBeUnset: true })
export const text = (name: string): Parameter => ({ name, type: 'text' })
export const list = (name: string): Parameter => ({ name, type: 'list' })
export const textOrNumber = (name: string): Parameter => ({ name, type: 'text or number' })

/** Text for a place inside text; undefined for what has no text form. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

export const orNull = (value: Value): JsonValue => value ?? null
