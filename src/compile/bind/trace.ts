import type { Node } from '../../model/language/document.js'
import { pointerToken } from '../../model/pointer.js'
import type { Sight, ValuePath } from '../expression/scope.js'
import type { Trace } from './tools.js'

export interface TracedNode {
  readonly node: Node
  /** What its expressions saw; undefined where it has none. */
  readonly sight?: Sight
}

/** Where the values of one rendering came from: pointer to node. */
export class NodeTrace implements Trace {
  readonly nodes = new Map<string, TracedNode>()

  record(pointer: string, node: Node, sight?: Sight): void {
    this.nodes.set(pointer, sight === undefined ? { node } : { node, sight })
  }

  /** The pointer itself, or the longest one around it that has a node. */
  nearest(pointer: string): string | undefined {
    let at: string | undefined = pointer
    while (at !== undefined && !this.nodes.has(at)) at = parentOf(at)
    return at
  }
}

export function parentOf(pointer: string): string | undefined {
  const end = pointer.lastIndexOf('/')
  return end < 0 ? undefined : pointer.slice(0, end)
}

export const pointerOf = (path: ValuePath): string =>
  path.map((each) => `/${pointerToken(String(each))}`).join('')
