import { keyOfAddress } from '../address.js'
import { compareAddresses } from '../address-order.js'
import { didYouMean } from './suggest.js'

const most = 3

/** For an address that is not known: those of its occasions and items, such as `bridge@INC-1` for `bridge`, or a near one. */
export function didYouMeanAddress(wanted: string, known: Iterable<string>): string | undefined {
  const key = keyOfAddress(wanted)
  const all = [...known]
  const longer =
    key === '' ? [] : all.filter((address) => beginsWith(keyOfAddress(address), key)).sort(compareAddresses)
  if (longer.length === 0) return didYouMean(wanted, all)
  const shown = longer.slice(0, most).map((address) => `\`${address}\``)
  const more = longer.length - shown.length
  return `Did you mean ${shown.join(' or ')}${more > 0 ? `, or one of ${more} more` : ''}?`
}

/** The same for an address that somebody names where no pattern is taken. */
export const didYouMeanNamed = (wanted: string, known: Iterable<string>): string | undefined =>
  wanted.includes('*')
    ? 'A `*` stands for any text in `--only` and `--except` alone.'
    : didYouMeanAddress(wanted, known)

/** At the end of a word: `page` is no name of `pages-1`. */
const beginsWith = (address: string, key: string): boolean =>
  address.length > key.length && address.startsWith(key) && !/[\p{L}\p{N}]/u.test(address[key.length]!)
