import { keyOfAddress } from '../../model/address.js'
import { createMatcher } from '../../model/address-pattern.js'
import { UsageError } from '../../model/errors.js'
import { didYouMeanAddress } from '../../model/words/suggest-address.js'
import type { SelectionOptions } from '../options/options.js'

/** Which of the calls are meant that are handed to it, one after the other. */
export interface Selection {
  selects(name: string): boolean
  /** Addresses that are named in full. */
  readonly onlyNames: ReadonlySet<string>
  readonly isSelective: boolean
  /**
   * Throws UsageError where nothing was selected, and where a pattern of `except` matched nothing: it is most likely
   * misspelt, and what it was to hold back would ring.
   */
  requireFound(hint?: string): void
}

/** What is selected among, and how its names are compared. */
interface Kind {
  readonly noun: string
  keyOf(name: string): string
}

const calls: Kind = { noun: 'call', keyOf: keyOfAddress }
/** So many names can be suggested from. */
const mostSeen = 10_000

export function createSelection(
  { only = [], except = [] }: SelectionOptions,
  { noun, keyOf }: Kind = calls,
): Selection {
  const matcherOf = (pattern: string) => createMatcher(keyOf(pattern))
  const wanted = only.map(matcherOf)
  const unwanted = except.map((pattern) => ({ pattern, matches: matcherOf(pattern), isFound: false }))
  const isSelective = only.length > 0 || except.length > 0
  const seen = new Set<string>()
  let isAny = false
  return {
    isSelective,
    onlyNames: new Set(only.filter((pattern) => !pattern.includes('*'))),
    selects(name) {
      if (!isSelective) return true
      if (seen.size < mostSeen) seen.add(name)
      const key = keyOf(name)
      let isExcepted = false
      for (const each of unwanted) {
        if (!each.matches(key)) continue
        each.isFound = true
        isExcepted = true
      }
      const isWanted = !isExcepted && (wanted.length === 0 || wanted.some((matches) => matches(key)))
      isAny ||= isWanted
      return isWanted
    },
    requireFound(hint) {
      const missed = unwanted.find(({ isFound }) => !isFound)
      const known = (pattern: string) => didYouMeanAddress(pattern, seen) ?? hint
      if (missed !== undefined)
        throw new UsageError(`No ${noun} matches \`--except ${missed.pattern}\`.`, known(missed.pattern))
      if (!isSelective || isAny) return
      if (only.length === 0) throw new UsageError(`\`--except\` leaves no ${noun}.`, hint)
      throw new UsageError(`No ${noun} matches \`--only\`.`, known(only[0]!))
    },
  }
}
