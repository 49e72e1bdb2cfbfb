import { keyOfAddress } from '../../model/address.js'
import { attemptsOf } from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, Lockfile } from '../../model/record/lockfile.js'

/** An attempt where a lockfile has it. */
export interface KnownAttempt {
  readonly address: string
  readonly isForgotten: boolean
  readonly attempt: EarlierAttempt
}

/** Every attempt by its id. One whose claim could not be read has none: then its address and place stand for it. */
export function indexAttempts({ calls, forgotten = {} }: Lockfile): Map<string, KnownAttempt[]> {
  const index = new Map<string, KnownAttempt[]>()
  const add = (address: string, attempts: readonly EarlierAttempt[], isForgotten: boolean): void => {
    for (const [place, attempt] of attempts.entries()) {
      const id = attempt.attempt.toLowerCase() || `${address} ${place}`
      const known = index.get(id)
      if (known === undefined) index.set(id, [{ address, isForgotten, attempt }])
      else known.push({ address, isForgotten, attempt })
    }
  }
  for (const address of Object.keys(calls)) add(address, attemptsOf(calls[address]!), false)
  for (const address of Object.keys(forgotten)) add(address, forgotten[address]!, true)
  return index
}

/** Addresses, by what tells them apart, that this lockfile keeps from ringing: some attempt rang, or may have. */
export function findHeld({ calls }: Lockfile): ReadonlySet<string> {
  const held = new Set<string>()
  for (const address of Object.keys(calls)) {
    if (attemptsOf(calls[address]!).some(({ state }) => state !== 'failed')) held.add(keyOfAddress(address))
  }
  return held
}
