import type { Budget } from '../../model/budget.js'
import type { Node } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import { costs } from '../base/costs.js'

/** Before a file is parsed, or found parsed already: it costs the same. */
export const chargeText = ({ text }: Source, budget: Budget): void =>
  budget.spend(
    text.length * costs.yamlCharacter + Math.max(countOf('\n', text), countOf(',', text)) * costs.yamlLine,
  )

function countOf(mark: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) count += 1
  return count
}

/** What is done with a document follows the number of its nodes, aliases counted with all that they stand for. */
export function chargeNodes(node: Node, budget: Budget): void {
  budget.spend(countNodes(node) * costs.node)
}

function countNodes(node: Node): number {
  let count = 1
  if (node.kind === 'list') for (const item of node.items) count += countNodes(item)
  else if (node.kind === 'map') for (const { value } of node.entries) count += 1 + countNodes(value)
  return count
}
