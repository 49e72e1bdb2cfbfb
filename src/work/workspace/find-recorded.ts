import { UsageError } from '../../model/errors.js'
import { type AddressIndex, indexKeys } from '../../model/record/address-index.js'
import { attemptsOf } from '../../model/record/attempt-evidence.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { didYouMeanNamed } from '../../model/words/suggest-address.js'

/** The address in the lockfile that a user means, however it is spelled. Throws UsageError where there is not just one. */
export const findRecorded = ({ calls }: Pick<Lockfile, 'calls'>, wanted: string): string =>
  createRecordedFinder({ calls })(wanted)

export function createRecordedFinder({ calls }: Pick<Lockfile, 'calls'>): (wanted: string) => string {
  let index: AddressIndex | undefined
  return (wanted) => {
    if (Object.hasOwn(calls, wanted)) return wanted
    index ??= indexKeys(calls)
    const found = index.find(wanted)
    if (found !== undefined) return found
    throw unknownAddress(wanted, index.spellingsOf(wanted), calls)
  }
}

export interface RecordedAttempt {
  readonly address: string
  readonly attempt: string
}

/** An address and its attempt as the lockfile spells them. Throws UsageError where it has no such attempt. */
export function requireAttempt(
  lockfile: Pick<Lockfile, 'calls'>,
  wanted: string,
  attempt: string,
): RecordedAttempt {
  const address = findRecorded(lockfile, wanted)
  const known = attemptsOf(lockfile.calls[address]!).map((each) => each.attempt)
  const found = known.find((id) => id !== '' && id.toLowerCase() === attempt.toLowerCase())
  if (found !== undefined) return { address, attempt: found }
  throw new UsageError(
    `\`${attempt}\` is no attempt of \`${address}\`.`,
    `It has ${known.map((id) => `\`${id}\``).join(', ')}; \`callctl audit\` lists them with their calls.`,
  )
}

function unknownAddress(wanted: string, spellings: readonly string[], calls: Lockfile['calls']): UsageError {
  if (spellings.length > 1) {
    const names = spellings.map((each) => `\`${each}\``).join(' or ')
    return new UsageError(
      `\`${wanted}\` is in the lockfile in several spellings.`,
      `Name one just so: ${names}.`,
    )
  }
  const hint = didYouMeanNamed(wanted, Object.keys(calls)) ?? '`callctl lock show` lists its addresses.'
  return new UsageError(`\`${wanted}\` is not in the lockfile.`, hint)
}
