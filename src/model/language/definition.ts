import type { MapNode, ScalarNode } from './document.js'
import type { TargetSettings } from './settings.js'

/** One definition of a file, read: one call, or with `forEach` one for each item. Nodes still hold expressions. */
export interface Definition {
  readonly name: ScalarNode
  readonly file: DefinitionFile
  readonly description?: string
  /** Name of a template. */
  readonly uses?: ScalarNode
  readonly with?: MapNode
  /** Merged over the template's call. */
  readonly call?: MapNode
  readonly target: TargetSettings
  readonly forEach?: ForEach
  /** The occasion for which the call is placed once; part of its address. */
  readonly oncePer?: ScalarNode
  /** The name that this call had before. */
  readonly movedFrom?: ScalarNode
  /** Leave to place the call again when its payload differs. */
  readonly onChange?: 'redial'
}

export interface ForEach {
  readonly list: ScalarNode
  /** The name that each item has. */
  readonly as: ScalarNode
  /** Which items get a call: all, where it is absent. */
  readonly where?: ScalarNode
}

/** What the definitions of one file share. */
export interface DefinitionFile {
  readonly source: string
  readonly variables?: MapNode
  /** Name to `{ file: PATH }`. */
  readonly data?: MapNode
}
