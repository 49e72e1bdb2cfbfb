/** How a text gives away that it is no id. Nothing is said of what only does not look like one. */
export type NoId = 'placeholder' | 'encoded' | 'link' | 'foreign' | 'other'

/**
 * Of a person, an application, a tenant: an id has letters, digits and dashes, and is a UUID where Graph made it.
 */
export function formOfId(id: string): NoId | undefined {
  if (uuid.test(id)) return emptyUuid.test(id) ? 'placeholder' : undefined
  if (!/^[\w.~-]+$/.test(id)) return formOfMarks(id)
  return formOfWord(id) ?? (nearUuid.test(id) || ofOthers.test(id) ? 'other' : undefined)
}

/** One digit short, one too many, a letter o for a zero; or without its dashes. */
const nearUuid = /^(?:[\da-fol]{6,10}(?:-[\da-fol]{3,5}){3}-[\da-fol]{10,14}|[\da-f]{30,34})$/i
/** Of Windows, of programs that alert and chat, and a sign in an empty cell. */
const ofOthers = /^(?:S-1-\d+-[\d-]+|(?=.*\d)[PUW][A-Z\d]{6,13}|[\W_]+)$/

/** Of a chat or a message in it. */
export function formOfThread(id: string): NoId | undefined {
  return /^[\w.~:@+=-]+$/.test(id) ? formOfWord(id) : formOfMarks(id)
}

export const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
const emptyUuid = /^(?:[0-]+|[fF-]+)$/

/** Words that stand in examples, and those that programs write for nothing. */
const formOfWord = (id: string): NoId | undefined =>
  placeholderWord.test(id) || nameOfVariable.test(id) ? 'placeholder' : undefined

const placeholderWord =
  /^(?:(?:your|my|enter|insert|put|replace|paste)[-_.].*|todo|tbd|fixme|change-?me|replace-?me|placeholder|undefined|null|none|nan|unknown|x{3,}.*|.*[-_]here|(?:user|object|tenant|app|client)[-_]?id|.*[-_]x{4,})$/i
const nameOfVariable = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/

function formOfMarks(id: string): NoId {
  if (/:\/\//.test(id)) return 'link'
  if (/%[\da-f]{2}/i.test(id)) return 'encoded'
  return /[<>{}[\]$%]/.test(id) ? 'placeholder' : 'foreign'
}
