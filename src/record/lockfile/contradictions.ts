import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import type { Attempt } from '../../model/record/attempt.js'
import {
  attemptsOf,
  findForgettingFault,
  findFreeingFault,
  hasPersonsWord,
} from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, Lockfile } from '../../model/record/lockfile.js'
import { formatFileName } from '../disk/names.js'

/**
 * A lockfile is edited as easily as any file. Refuses one that frees an address without what the commands leave behind
 * (`failed` with a reason, `forgotten` with that or a time of its end), and one that says of an attempt what its own
 * record on this machine does not: that it failed though it was placed, that its call, payload, route or address is
 * another. What a colleague settled, ended and forgot has its evidence in the lockfile, and is believed.
 */
export function refuseContradictions(lockfile: Lockfile, attempts: readonly Attempt[]): void {
  for (const address of Object.keys(lockfile.calls)) {
    const entry = lockfile.calls[address]!
    refuseFailed(address, entry)
    for (const attempt of entry.attempts ?? []) refuseFailed(address, attempt)
  }
  for (const [address, list] of Object.entries(lockfile.forgotten ?? {})) {
    for (const attempt of list) refuseUnproven(address, attempt, findForgettingFault(attempt))
  }
  refuseForgottenLive(lockfile)
  if (attempts.length > 0) refuseOthers(lockfile, attempts)
}

/** One that ended rings nobody, whatever it lacks: that is looked at where it is forgotten, or known here. */
function refuseFailed(address: string, attempt: EarlierAttempt): void {
  if (attempt.state === 'failed') refuseUnproven(address, attempt, findFreeingFault(attempt))
}

function refuseUnproven(address: string, { attempt }: EarlierAttempt, fault: string | undefined): void {
  if (fault === undefined) return
  throw new RecordError(
    `${address}: the lockfile says of attempt ${attempt} what no command writes: ${fault}`,
    'Restore its entry with git; `callctl diff` shows what was changed.',
  )
}

function refuseForgottenLive({ calls, forgotten = {} }: Lockfile): void {
  const gone = new Set(Object.values(forgotten).flatMap((list) => list.map(({ attempt }) => attempt)))
  if (gone.size === 0) return
  for (const [address, entry] of Object.entries(calls)) {
    const live = attemptsOf(entry).find(
      ({ attempt, state }) => gone.has(attempt) && (state === 'placed' || state === 'uncertain'),
    )
    if (live !== undefined) refuseUnproven(address, live, 'it is forgotten, and may be live')
  }
}

interface Recorded {
  readonly address: string
  readonly attempt: EarlierAttempt
  readonly isForgotten: boolean
  /** Keys of its address, and of the names that its call had. */
  readonly keys: ReadonlySet<string>
}

function refuseOthers(lockfile: Lockfile, attempts: readonly Attempt[]): void {
  const own = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    if (attempt.attemptId === '') continue
    const known = own.get(attempt.attemptId)
    if (known === undefined) own.set(attempt.attemptId, [attempt])
    else known.push(attempt)
  }
  const look = (address: string, list: readonly EarlierAttempt[], isForgotten: boolean): void => {
    let keys: ReadonlySet<string> | undefined
    for (const attempt of list) {
      const found = own.get(attempt.attempt)
      if (found === undefined) continue
      // Files of strangers may repeat an id.
      const mine = found.find((each) => each.address === address) ?? found[0]!
      keys ??= keysOf(address, list)
      refuseOther(mine, { address, attempt, isForgotten, keys })
    }
  }
  for (const address of Object.keys(lockfile.calls))
    look(address, attemptsOf(lockfile.calls[address]!), false)
  for (const [address, list] of Object.entries(lockfile.forgotten ?? {})) look(address, list, true)
}

function keysOf(address: string, list: readonly EarlierAttempt[]): ReadonlySet<string> {
  const names = list.flatMap((each) => (Array.isArray(each['movedFrom']) ? each['movedFrom'] : []))
  return new Set([address, ...names].map((name) => keyOfAddress(String(name))))
}

function refuseOther(mine: Attempt, recorded: Recorded): void {
  const fault = findStateFault(mine, recorded) ?? findIdentityFault(mine, recorded)
  if (fault === undefined) return
  throw new RecordError(
    `${recorded.address}: the lockfile says of attempt ${mine.attemptId} ${fault}, says its own record, ${formatFileName(mine)}`,
    'Restore the lockfile’s entry with git, or take it out and run `callctl lock rebuild`.',
  )
}

function findStateFault(
  { outcome, damage }: Attempt,
  { attempt, isForgotten }: Recorded,
): string | undefined {
  const isEnded = attempt.state === 'ended' && outcome?.kind === 'placed'
  if (isEnded && findFreeingFault(attempt) !== undefined) {
    return 'that it ended, with no time or an impossible one; it was placed'
  }
  if (attempt.state !== 'failed') return undefined
  if (outcome?.kind === 'placed') return 'that it failed; it was placed'
  const isUnknown = outcome === undefined || outcome.kind === 'uncertain' || damage !== undefined
  if (isForgotten && isUnknown && !hasPersonsWord(attempt)) return 'that it failed; its outcome is unknown'
  return undefined
}

/** A damaged record is no witness of what it is of. */
function findIdentityFault(mine: Attempt, { attempt, keys }: Recorded): string | undefined {
  const { outcome, damage } = mine
  if (damage !== undefined) return undefined
  const callId = outcome?.kind === 'placed' ? outcome.callId : undefined
  if (differ(callId, attempt.callId)) return 'that it has another call id'
  if (differ(mine.digest, attempt.digest)) return 'that its payload was another'
  if (differ(mine.endpoint, attempt['endpoint'])) return 'that it was sent elsewhere'
  if (differ(mine.tenantId, attempt['tenantId'])) return 'that it was of another tenant'
  return keys.has(keyOfAddress(mine.address))
    ? undefined
    : `that it is this address’s; it is ${mine.address}’s`
}

const differ = (one: unknown, other: unknown): boolean => Boolean(one) && Boolean(other) && one !== other
