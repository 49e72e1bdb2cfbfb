/** Each of them has the list in its reason: of a stranger’s file there may be very many. */
const mostNames = 8

/** The first few of them, and how many more there are. */
export function listNames(names: readonly string[], separator: string): string {
  const left = names.length - mostNames
  return [...names.slice(0, mostNames), ...(left > 0 ? [`${left} more`] : [])].join(separator)
}
