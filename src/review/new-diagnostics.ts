import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import type { ReviewedDiagnostic } from '../model/review.js'
import type { Places } from './places.js'

/** Head's diagnostics that base does not have. Lines do not count: whatever is put in above moves them. */
export function findNewDiagnostics(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
  places: Places,
): readonly ReviewedDiagnostic[] {
  const inSameFile = takeKnown(base, head, (each) => `${keyOf(each)}\n${each.range?.source ?? ''}`)
  // What is left may have come along with a file that was renamed.
  return takeKnown(inSameFile.base, inSameFile.head, keyOf).head.map((diagnostic) => ({
    diagnostic,
    ...(diagnostic.range !== undefined && { place: places.placeOf(diagnostic.range) }),
  }))
}

/** What of both sides is left when each of head's is matched with one of base's, as long as there are any. */
function takeKnown(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
  keyFor: (diagnostic: Diagnostic) => string,
) {
  const known = new Map<string, Diagnostic[]>()
  for (const each of base.toReversed()) {
    const key = keyFor(each)
    if (!known.get(key)?.push(each)) known.set(key, [each])
  }
  const left = head.filter((each) => known.get(keyFor(each))?.pop() === undefined)
  return { base: [...known.values()].flat(), head: left }
}

const keyOf = ({ code, message, address = '', pointer = '' }: Diagnostic): string =>
  [code, message, address, pointer].join('\n')
