import type { MapNode } from '../../model/language/document.js'

export const partsOfDirectives: Readonly<Record<'$each' | '$if', readonly string[]>> = {
  $each: ['$each', '$as', '$do'],
  $if: ['$if', '$then', '$else'],
}
export const directiveKeys = Object.values(partsOfDirectives).flat()

/** Whether a map is a directive: one of its keys is a directive's. */
export const isDirective = (node: MapNode): boolean =>
  node.entries.some((entry) => directiveKeys.includes(String(entry.key.value)))
