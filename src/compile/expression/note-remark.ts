import { blame } from './blame.js'
import { ExpressionProblem } from './expression-problem.js'
import type { Expression } from './expression-tree.js'
import type { Helper, Value } from './helpers.js'
import type { Sight } from './scope.js'

/** Keeps what a helper finds likely to be wrong for whoever renders the text; it fails nothing. */
export function noteRemark(
  find: NonNullable<Helper['remark']>,
  got: readonly Value[],
  call: Expression & { kind: 'helper' },
  sight: Sight,
): void {
  const { root } = sight.frame
  const found = find(root.cloud, ...got)
  if (found === undefined) return
  const [first] = call.values
  const about = first === undefined ? undefined : blame(first, got[0], sight)
  root.remark = new ExpressionProblem('lint/link-cloud', found.message, wholeText, found.hint, about)
}

/** It may be told with another text than the one that it was found in. */
const wholeText = { start: 0, end: Number.MAX_SAFE_INTEGER }
