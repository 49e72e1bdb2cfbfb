import type { MapNode, ScalarNode } from './document.js'
import type { TargetSettings } from './settings.js'

/** One call of a file of definitions, read. Nodes still hold expressions. */
export interface Definition {
  readonly name: ScalarNode
  readonly source: string
  readonly description?: string
  /** Name of a template. */
  readonly uses?: ScalarNode
  readonly with?: MapNode
  /** Merged over the template's call. */
  readonly call?: MapNode
  readonly target: TargetSettings
  /** For every call of the file. */
  readonly fileVariables?: MapNode
}
