/** What an expression may be. */
export const expressionLimits = {
  characters: 8192,
  expressions: 64,
  blockDepth: 8,
  nesting: 4,
  parents: 3,
} as const

/** Names that lead to a prototype; no path may have one. */
export const forbiddenParts: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** What Handlebars would run by itself. */
export const forbiddenHelpers: ReadonlySet<string> = new Set([
  'log',
  'lookup',
  'helperMissing',
  'blockHelperMissing',
])
