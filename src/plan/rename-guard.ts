import { rings } from '../model/action.js'
import { keyOfAddress } from '../model/address.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import type { EarlierAttempt, Entry } from '../model/record/lockfile.js'
import { type DefinedAddresses, nameOf } from './defined.js'
import { describePlaced, foldedDigestOf, isSameCall } from './entries.js'
import type { PlanInput } from './plan-input.js'

type Known = Pick<PlanInput<PayloadHead>, 'payloads' | 'lockfile' | 'onlyNames' | 'redialNames'>

/** An address under which a payload rang, or may have, and which does not mean that payload now. */
interface Former {
  readonly address: string
  readonly entry: Entry
  /** Whether the address is defined, and means another payload. */
  readonly isDefined: boolean
}

/**
 * Blocks the ringing of a payload that was placed under another address, where that address is no longer defined or
 * means another payload now: most likely the same call under another name, whose people have been rung. An uncertain
 * one counts too: it may have rung. Whoever names the address with `--only` or `--redial` may ring it.
 */
export function createRenameGuard<Held extends PayloadHead>(
  input: Known,
  defined: DefinedAddresses,
): (change: Change<Held>) => Change<Held> {
  const leave = new Set([...(input.onlyNames ?? []), ...(input.redialNames ?? [])].map(keyOfAddress))
  // Made when the first call is met that would ring: many plans have none.
  let formers: Index | undefined
  let looks = 0
  const look = (): boolean => ++looks < mostLooks
  return (change) => {
    const { address, payload, entry } = change
    if (payload === undefined || !rings(change.action) || leave.has(keyOfAddress(address))) return change
    // Whoever gave leave for the attempt that failed need not give it again.
    if (entry !== undefined && isSameCall(payload, entry)) return change
    formers ??= indexFormers(input, defined)
    const former = findFormer(payload, formers, { defined, look })
    if (former === undefined) return change
    const { action: _, code: __, movedFrom: ___, ...kept } = change
    return { ...kept, action: 'blocked', code: 'plan/renamed', ...describe(former, defined) }
  }
}

/**
 * Occasions of one call are held against one another. No lockfile that callctl writes needs as many looks: beyond these
 * what was found last counts, so that nobody is rung.
 */
const mostLooks = 20_000_000

/** By digest, and by that of the payload with ids in small letters. */
type Index = ReadonlyMap<string, readonly Former[]>

interface Looking {
  readonly defined: DefinedAddresses
  /** False when there were too many. */
  look(): boolean
}

function findFormer(payload: PayloadHead, index: Index, { defined, look }: Looking): Former | undefined {
  const own = [payload.address, payload.movedFrom].flatMap((each) =>
    each === undefined ? [] : keyOfAddress(each),
  )
  for (const digest of digestsOf(payload))
    for (const former of index.get(digest) ?? [])
      if (
        !own.includes(keyOfAddress(former.address)) &&
        (!look() || !isOccasion(payload.address, former.address, defined))
      )
        return former
  return undefined
}

/** Another value of `oncePer` is another occasion, not a rename. */
function isOccasion(address: string, former: string, defined: DefinedAddresses): boolean {
  const [name, oldName] = [nameOf(address), nameOf(former)]
  if (name === undefined || oldName === undefined) return false
  if (keyOfAddress(name) === keyOfAddress(oldName)) return true
  const isOther = keyOfAddress(address.slice(name.length)) !== keyOfAddress(former.slice(oldName.length))
  const definition = defined.occasionOf(address)
  return isOther && definition !== undefined && definition === defined.occasionOf(former)
}

function indexFormers({ payloads, lockfile }: Known, defined: DefinedAddresses): Index {
  const { calls } = lockfile
  // A long lockfile holds far more digests than anybody will ask for.
  const wanted = new Set<string | undefined>()
  for (const payload of payloads) wanted.add(payload.digest).add(foldedDigestOf(payload))
  const index = new Map<string, Former[]>()
  let byKey: ReadonlyMap<string, PayloadHead> | undefined
  const isWanted = (attempt: Entry | EarlierAttempt): boolean =>
    wanted.has(attempt.digest) || wanted.has(attempt.foldedDigest)
  const add = (address: string, entry: Entry, attempt: Entry | EarlierAttempt): void => {
    if (attempt.state === 'failed' || !isWanted(attempt)) return
    byKey ??= new Map(payloads.map((payload) => [keyOfAddress(payload.address), payload]))
    const present = byKey.get(keyOfAddress(address))
    // What is defined and not selected is taken to mean what it meant.
    if (present === undefined ? defined.has(address) : isSameCall(present, attempt)) return
    const former = { address, entry, isDefined: present !== undefined }
    for (const digest of digestsOf(attempt)) {
      const known = index.get(digest)
      if (known === undefined) index.set(digest, [former])
      else if (known.at(-1)?.address !== address) known.push(former)
    }
  }
  for (const address in calls) {
    const entry = calls[address]!
    add(address, entry, entry)
    for (const attempt of entry.attempts ?? []) add(address, entry, attempt)
  }
  return index
}

function digestsOf(call: PayloadHead | Entry | EarlierAttempt): readonly string[] {
  const { digest } = call
  const folded = foldedDigestOf(call)
  return [...new Set([digest, folded])].filter((each) => each !== undefined && each !== '') as string[]
}

function describe(
  { address, entry, isDefined }: Former,
  { isWhole }: DefinedAddresses,
): Pick<Change, 'reason' | 'alike'> {
  const when = entry.state === 'uncertain' ? 'outcome unknown' : describePlaced(entry)
  const own = `${address} (${when})`
  const ring = 'to ring all the same, name it with --only'
  if (isDefined) {
    const why = 'which means another call now: most likely rows of a list have changed places'
    const advice = `name calls by what they are about, not by position; ${ring}`
    return {
      reason: `same payload as ${address} was (${when}), ${why}; ${advice}`,
      alike: { all: `same payload as another address was, ${why}; ${advice}`, own: `as ${own}` },
    }
  }
  const why = isWhole
    ? 'no longer defined: most likely renamed'
    : 'which may be this call under its old name (not every definition could be read)'
  return {
    reason: `same payload as ${own}, ${why}; \`movedFrom: ${address}\` says so; ${ring}`,
    alike: {
      all: `same payload as another address, ${why}; \`movedFrom: OLD\` in each says so; ${ring}`,
      own: `as ${own}`,
    },
  }
}
