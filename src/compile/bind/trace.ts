import type { Node } from '../../model/language/document.js'
import { pointerToken } from '../../model/pointer.js'
import type { ValuePath } from '../expression/scope.js'
import type { Seen, Trace } from './tools.js'

export interface TracedNode {
  readonly node: Node
  /** Undefined where it has no expressions. */
  readonly seen?: Seen | undefined
}

/** Where the values of one rendering came from: pointer to node. */
export class NodeTrace implements Trace {
  readonly nodes = new Map<string, TracedNode>()

  record(pointer: string, node: Node, seen?: Seen): void {
    this.nodes.set(pointer, { node, seen })
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
