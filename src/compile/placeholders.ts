/**
 * What stands in outputs, files and digests for a value that must not or cannot be there: a secret, or a property of a
 * call that is not placed yet. It is put in place of the real value before anything is rendered, so that no output can
 * hold that, and replaced in the reviewed text just before sending, so that nothing else can differ from what was seen.
 */
export const secretPlaceholder = (name: string): string => `(secret ${name})`

export const referencePlaceholder = (address: string, property: string): string =>
  `(known after apply: calls.${address}.${property})`

const placeholderForm = /\((?:secret [A-Za-z0-9_-]+|known after apply: calls\.[^()]+)\)/
const allPlaceholders = new RegExp(placeholderForm, 'g')

/** Whether a placeholder stands in a text. */
export const hasPlaceholder = (text: string): boolean => placeholderForm.test(text)

const wholePlaceholder = new RegExp(`^${placeholderForm.source}$`)

/** Whether a text is a placeholder and nothing else, so that its length and form say nothing. */
export const isPlaceholder = (text: string): boolean => text.startsWith('(') && wholePlaceholder.test(text)

/** Whether a value holds the placeholder of one of these secrets anywhere. */
export function hasSecret(value: unknown, secrets: ReadonlySet<string>): boolean {
  if (secrets.size === 0) return false
  if (typeof value === 'string') {
    return value.includes('(secret ') && [...secrets].some((name) => value.includes(secretPlaceholder(name)))
  }
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((each) => hasSecret(each, secrets))
}

/** The placeholders that stand in a payload's text. */
export const placeholdersIn = (text: string): ReadonlySet<string> =>
  new Set(text.match(allPlaceholders) ?? [])

/** A payload's text with placeholders replaced, in one pass; values are written as JSON writes them in a string. */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string | undefined>): string {
  return text.replace(allPlaceholders, (placeholder) => {
    const value = values.get(placeholder)
    return value === undefined ? placeholder : JSON.stringify(value).slice(1, -1)
  })
}
