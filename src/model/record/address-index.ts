import { keyOfAddress } from '../address.js'

/** Known addresses, to be found by any spelling. */
export interface AddressIndex {
  /** How the address is spelled: once; not at all; or, in records of older versions, several times. */
  spellingsOf(address: string): readonly string[]
  /** The known address that this one means: spelled just so, or the only one of its key. */
  find(address: string): string | undefined
}

/** Of the keys of an object, such as a lockfile's `calls`. */
export function indexKeys(object: object): AddressIndex {
  const others = new Map<string, string[]>()
  for (const address in object) addOther(others, address)
  return createIndex((address) => Object.hasOwn(object, address), others)
}

export function indexAddresses(addresses: ReadonlySet<string>): AddressIndex {
  const others = new Map<string, string[]>()
  for (const address of addresses) addOther(others, address)
  return createIndex((address) => addresses.has(address), others)
}

/** Most addresses are their own key, and there may be very many: only the others are written down. */
function addOther(others: Map<string, string[]>, address: string): void {
  const key = keyOfAddress(address)
  if (key === address) return
  const known = others.get(key)
  if (known === undefined) others.set(key, [address])
  else known.push(address)
}

function createIndex(
  has: (address: string) => boolean,
  others: ReadonlyMap<string, readonly string[]>,
): AddressIndex {
  const whole = new Map<string, readonly string[]>()
  const spellingsOf = (address: string): readonly string[] => {
    const key = keyOfAddress(address)
    const rest = others.get(key)
    if (rest === undefined) return has(key) ? [key] : []
    const known = whole.get(key)
    if (known !== undefined) return known
    const all = has(key) ? [key, ...rest] : rest
    whole.set(key, all)
    return all
  }
  return {
    spellingsOf,
    find(address) {
      if (has(address)) return address
      const spellings = spellingsOf(address)
      return spellings.length === 1 ? spellings[0] : undefined
    },
  }
}
