// Who may be rung by an apply, and who not: the simplest reading of the promises, made without the product.

import type { Lockfile, Revision } from './edits.js'
import { type EnvironmentName, environments, listCalls } from './world.js'

/** Addresses that rang, by environment, as the witness saw them: folded, since letter case is no leave to ring. */
export type Rang = Readonly<Record<EnvironmentName, ReadonlySet<string>>>

export const fold = (address: string): string => address.toLowerCase()

/** Address to person, of each call that an apply of this revision might place. */
export type MayRing = ReadonlyMap<string, number>

export function listMayRing(
  { state, lockfiles }: Revision,
  environment: EnvironmentName,
  rang: Rang,
): MayRing {
  const lockfile = lockfiles[environment]
  const isKnown = (address: string): boolean =>
    hasEntry(lockfile, address) || (rang[environment].has(fold(address)) && !isForgotten(lockfile, address))
  const mayRing = new Map<string, number>()
  for (const [address, person] of listCalls(state, environment)) {
    const call = state.calls.find(({ name }) => name === address)
    const names = [address, ...(call?.movedFrom === undefined ? [] : [call.movedFrom])]
    if (call?.redials || !names.some(isKnown)) mayRing.set(address, person)
  }
  return mayRing
}

const hasEntry = (lockfile: Lockfile | undefined, address: string): boolean =>
  Object.entries(lockfile?.calls ?? {}).some(
    ([name, { state }]) => fold(name) === fold(address) && state !== 'failed',
  )

/** Only with all that the command `forget` leaves: each attempt has ended, or failed, before it was forgotten. */
function isForgotten(lockfile: Lockfile | undefined, address: string): boolean {
  const [, attempts = []] =
    Object.entries(lockfile?.forgotten ?? {}).find(([name]) => fold(name) === fold(address)) ?? []
  return (
    attempts.length > 0 &&
    attempts.every(
      ({ state, endedAt, forgottenAt }) =>
        typeof forgottenAt === 'string' &&
        (state === 'failed' || (state === 'ended' && typeof endedAt === 'string')),
    )
  )
}

export interface Difference {
  readonly environment: EnvironmentName
  readonly address: string
  readonly person: number
  readonly kind: 'rings' | 'stops'
}

/** What merging changes: who may be rung that was not to be, and who no longer. */
export function compareRevisions(base: Revision, head: Revision, rang: Rang): readonly Difference[] {
  return environments.flatMap((environment) => {
    const before = listMayRing(base, environment, rang)
    const after = listMayRing(head, environment, rang)
    const only = (some: MayRing, others: MayRing, kind: Difference['kind']): readonly Difference[] =>
      [...some].flatMap(([address, person]) =>
        isIn(others, address, person) ? [] : [{ environment, address, person, kind }],
      )
    return [...only(after, before, 'rings'), ...only(before, after, 'stops')]
  })

  /** Under another spelling, or a name that the call says that it had, it is the same call. */
  function isIn(mayRing: MayRing, address: string, person: number): boolean {
    const moves = [...base.state.calls, ...head.state.calls]
    return [...mayRing].some(
      ([other, whom]) =>
        whom === person &&
        (fold(other) === fold(address) ||
          moves.some(
            ({ name, movedFrom }) =>
              (name === address && movedFrom === other) || (name === other && movedFrom === address),
          )),
    )
  }
}
