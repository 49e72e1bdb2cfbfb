import { digestOfText } from './canonical.js'

const idForm = /[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/g

/**
 * The digest that a call would have with its GUIDs in small letters; undefined where that is its own. Ids of users and
 * tenants are equal whatever their letter case, and lists come with either.
 */
export function foldedDigestOf(canonical: string): string | undefined {
  const folded = canonical.replace(idForm, (id) => id.toLowerCase())
  return folded === canonical ? undefined : digestOfText(folded)
}
