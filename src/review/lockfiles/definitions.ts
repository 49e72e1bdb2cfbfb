import { keyOfAddress } from '../../model/address.js'
import type { PayloadHead } from '../../model/payload.js'

/** What a revision's definitions say of addresses, for judging its lockfile. */
export interface Definitions {
  /** Undefined where some definitions could not be read. */
  isDefined(address: string): boolean | undefined
  /** Whether a definition gives the address that name before. */
  isRenamed(address: string, from: string): boolean
}

interface Defined {
  readonly definedAddresses: ReadonlySet<string> | undefined
  readonly allPayloads: readonly PayloadHead[]
}

/** Other occasions (`name@VALUE`) of a definition are its calls as well. */
export function readDefinitions({ definedAddresses, allPayloads }: Defined): Definitions {
  const series = new Set([...(definedAddresses ?? [])].map((address) => keyOfAddress(seriesOf(address))))
  const renames = new Map(
    allPayloads.flatMap(({ address, movedFrom }) =>
      movedFrom === undefined ? [] : [[keyOfAddress(address), keyOfAddress(movedFrom)]],
    ),
  )
  return {
    isDefined: (address) =>
      series.has(keyOfAddress(seriesOf(address))) || (definedAddresses ? false : undefined),
    isRenamed: (address, from) => renames.get(keyOfAddress(address)) === keyOfAddress(from),
  }
}

/** `name@` of `name@VALUE`. */
const seriesOf = (address: string): string => address.slice(0, address.indexOf('@') + 1) || address
