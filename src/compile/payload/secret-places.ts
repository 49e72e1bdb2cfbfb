import { isJsonObject, type JsonValue } from '../../model/json.js'
import { pointerToken } from '../../model/pointer.js'
import { secretNamesIn } from '../yaml/placeholders.js'

/** A text of a call in which a secret's placeholder stands. */
export interface SecretPlace {
  readonly tokens: readonly string[]
  /** The same as a JSON Pointer. */
  readonly pointer: string
  /** Of the secrets. */
  readonly names: readonly string[]
  readonly text: string
  /** Whether it is the name of the property there, and not its value. */
  readonly isAboutName: boolean
}

export function findSecrets(call: JsonValue): readonly SecretPlace[] {
  const found: SecretPlace[] = []
  visit(call, [], found)
  return found
}

function visit(value: JsonValue, tokens: readonly string[], found: SecretPlace[]): void {
  const look = (at: readonly string[], text: string, isAboutName: boolean): void => {
    const names = secretNamesIn(text)
    if (names.length > 0) found.push({ tokens: at, pointer: pointerOf(at), names, text, isAboutName })
  }
  if (typeof value === 'string') look(tokens, value, false)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item as JsonValue, [...tokens, String(index)], found)
  } else if (isJsonObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      const inner = [...tokens, name]
      look(inner, name, true)
      visit(each, inner, found)
    }
  }
}

const pointerOf = (tokens: readonly string[]): string =>
  tokens.map((token) => `/${pointerToken(token)}`).join('')
