/** How a text gives away that it is no id. Nothing is said of what only does not look like one. */
export type NoId = 'placeholder' | 'encoded' | 'link' | 'foreign'

/** Of a person, an application, a tenant: an id has letters, digits and dashes, and is a UUID where Graph made it. */
export function formOfId(id: string): NoId | undefined {
  if (uuid.test(id)) return emptyUuid.test(id) ? 'placeholder' : undefined
  return /^[\w.~-]+$/.test(id) ? formOfWord(id) : formOfMarks(id)
}

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
  /^(?:(?:your|my|enter|insert|put|replace|paste)[-_.].*|todo|tbd|fixme|change-?me|replace-?me|placeholder|undefined|null|none|nan|unknown|x{3,}.*|.*[-_]x{4,})$/i
const nameOfVariable = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/

function formOfMarks(id: string): NoId {
  if (/:\/\//.test(id)) return 'link'
  if (/%[\da-f]{2}/i.test(id)) return 'encoded'
  return /[<>{}[\]$%]/.test(id) ? 'placeholder' : 'foreign'
}
