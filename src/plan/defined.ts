import { keyOfAddress } from '../model/address.js'
import type { PayloadHead } from '../model/payload.js'
import { type AddressIndex, indexAddresses } from '../model/record/address-index.js'
import type { PlanInput } from './plan-input.js'

/** What is defined, by addresses in any spelling. */
export interface DefinedAddresses {
  /** Whether all that is defined is known. */
  readonly isWhole: boolean
  has(address: string): boolean
  /**
   * The definition with `oncePer` that an address is another occasion of, by its name: `bridge` of `bridge@INC-1`,
   * `notify-*` of `notify-ada@INC-1`.
   */
  occasionOf(address: string): string | undefined
}

export function indexDefined(input: PlanInput<PayloadHead>): DefinedAddresses {
  const { definedAddresses, payloads, occasionPatterns = [] } = input
  const defined = definedAddresses ?? new Set(payloads.map(({ address }) => address))
  let index: AddressIndex | undefined
  let names: ReadonlyMap<string, string> | undefined
  const patterns = occasionPatterns.map(createPattern)
  return {
    isWhole: definedAddresses !== undefined,
    has(address) {
      if (defined.has(address)) return true
      index ??= indexAddresses(defined)
      return index.spellingsOf(address).length > 0
    },
    occasionOf(address) {
      const name = nameOf(address)
      if (name === undefined) return undefined
      names ??= namesOf(defined)
      const key = keyOfAddress(name)
      return patterns.find(({ matches }) => matches(key))?.text ?? names.get(key)
    },
  }
}

/** `name` of `name@VALUE`; no name has an `@`. */
export function nameOf(address: string): string | undefined {
  const at = address.indexOf('@')
  return at < 0 ? undefined : address.slice(0, at)
}

/** The names that have occasions, by their keys. */
function namesOf(defined: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const address of defined) {
    const name = nameOf(address)
    if (name !== undefined) names.set(keyOfAddress(name), name)
  }
  return names
}

/** A name that is nothing but an expression fits every address, and tells nothing. */
function createPattern(text: string) {
  const [head = '', tail = ''] = keyOfAddress(text).split('*')
  const length = head.length + tail.length
  const matches = (name: string): boolean =>
    length > 0 && name.length > length && name.startsWith(head) && name.endsWith(tail)
  return { text, matches }
}
