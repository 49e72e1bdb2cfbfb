/**
 * What stands in outputs, files and digests for a value that must not or cannot be there: a secret, or a property of a
 * call that is not placed yet. It is put in place of the real value before anything is rendered, so that no output can
 * hold that, and replaced in the reviewed text just before sending, so that nothing else can differ from what was seen.
 */
export const secretPlaceholder = (name: string): string => `(secret ${name})`

export const referencePlaceholder = (address: string, property: string): string =>
  `(known after apply: calls.${address}.${property})`

/** Of a variable of the environment that is no secret and that a reviewer does not have. Nothing of it is ever sent. */
export const environmentPlaceholder = (name: string): string => `(env ${name})`

/** Whether a placeholder can be told for it. */
export const canStandIn = (name: string): boolean => /^[A-Za-z0-9_-]+$/.test(name)

const placeholderForm = /\((?:(?:secret|env) [A-Za-z0-9_-]+|known after apply: calls\.[^()]+)\)/
const allPlaceholders = new RegExp(placeholderForm, 'g')

/** Whether a placeholder stands in a text. */
export const hasPlaceholder = (text: string): boolean => placeholderForm.test(text)

const wholePlaceholder = new RegExp(`^${placeholderForm.source}$`)

/** Whether a text is a placeholder and nothing else, so that its length and form say nothing. */
export const isPlaceholder = (text: string): boolean => text.startsWith('(') && wholePlaceholder.test(text)

const standInForm = /\(env ([A-Za-z0-9_-]+)\)/
const allStandIns = new RegExp(standInForm, 'g')

/** Whether a variable that is not known here stands anywhere in a value. */
export function holdsStandIn(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('(env ') && standInForm.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsStandIn)
}

/** Variables that are not known here and that stand in a text, sorted. */
export const standInsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(allStandIns)].map(([, name]) => name!))].sort()

/** A text in which only what callctl did not put there can look like a placeholder. */
export const withoutStandIns = (text: string, unset: ReadonlySet<string>): string =>
  text.replace(allStandIns, (found, name: string) => (unset.has(name) ? '\0' : found))

const secretForm = /^\(secret ([A-Za-z0-9_-]+)\)$/

/** The names of the secrets that stand in a text. */
export const secretNamesIn = (text: string): readonly string[] =>
  text.includes('(secret ') ? [...placeholdersIn(text)].flatMap((each) => secretNameOf(each) ?? []) : []

/** The name of the secret that a placeholder stands for; undefined for another placeholder. */
export const secretNameOf = (placeholder: string): string | undefined => secretForm.exec(placeholder)?.[1]

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
