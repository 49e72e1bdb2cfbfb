// JSON Pointers (RFC 6901), and names as they stand in them.

/** A name as a pointer spells it. */
export const pointerToken = (name: string): string =>
  name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name

/** `$$name` writes a literal `$name`. */
export const propertyName = (key: string): string => (key.startsWith('$$') ? key.slice(1) : key)

/** The names and indexes that a pointer goes through. */
export const tokensOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
