import { createHash } from 'node:crypto'
import { keyOfAddress } from '../../model/address.js'

// File names for addresses, environments and folders: ASCII, never hidden, never leading out of their folder.

const longestName = 180
/** Most addresses. */
const plainName = /^[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,179}$/

/** Percent-encodes all but `[A-Za-z0-9._@-]`; a name over 180 bytes is cut and ends in `~` and its hash. */
export function encodeName(text: string): string {
  if (plainName.test(text)) return text
  const encoded = Array.from(Buffer.from(text), encodeByte).join('').replace(/^\./, '%2E')
  if (encoded.length <= longestName) return encoded
  const hash = createHash('sha256').update(text).digest('hex')
  return `${encoded.slice(0, longestName - hash.length - 1)}~${hash}`
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte)
  if (/[A-Za-z0-9._@-]/.test(character)) return character
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

interface Numbered {
  readonly address: string
  readonly number: number
}

/** The same for every spelling of the address, so that claims of two spellings want one name. */
export const formatFileName = ({ address, number }: Numbered): string =>
  `${encodeName(keyOfAddress(address))}@${number}`

/** Older versions named files by the address as it was spelled. */
export const formatOldFileName = ({ address, number }: Numbered): string => `${encodeName(address)}@${number}`

export const isFileNameOf = (name: string, attempt: Numbered): boolean =>
  name === formatFileName(attempt) || name === formatOldFileName(attempt)

/** The parts of `ADDRESS@NUMBER`; number 0 where a stranger's file has no such form. */
export function readFileName(name: string): Numbered {
  const at = name.lastIndexOf('@')
  const number = name.slice(at + 1)
  return {
    address: decodeName(name.slice(0, at)),
    number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0,
  }
}

/** As far as it can be told: a cut name stays as it is. */
export function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
