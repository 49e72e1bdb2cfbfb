import type { JsonValue } from '../../model/json.js'

/** What a list holds, one after the other. */
export interface Items {
  readonly count: number
  /** How many values each is made of, where each is made when it is asked for. */
  readonly width?: number
  values(): Iterable<JsonValue>
}
