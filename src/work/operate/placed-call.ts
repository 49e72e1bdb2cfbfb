import { type GraphTarget, parseEndpoint } from '../../model/call.js'
import { RecordError, UsageError } from '../../model/errors.js'
import type { Entry, Lockfile } from '../../model/record/lockfile.js'
import { findRecorded } from '../workspace/find-recorded.js'

/** A call that the lockfile has as placed. */
export interface PlacedCall {
  readonly address: string
  readonly callId: string
  readonly entry: Entry
  readonly target: GraphTarget
}

/** The live call of an address; undefined when nobody knows whether there is one. Throws UsageError for all others. */
export function findPlacedCall({ calls }: Lockfile, wanted: string): PlacedCall | undefined {
  const address = findRecorded({ calls }, wanted)
  const entry = calls[address]!
  const { state, callId } = entry
  if (state === 'uncertain') return undefined
  if (state !== 'placed') {
    const words = state === 'ended' ? 'has ended' : 'was not placed'
    throw new UsageError(`The call of \`${address}\` ${words}: there is nothing to do it on.`)
  }
  const target = parseEndpoint(entry.endpoint, entry.cloud)
  if (callId === undefined || target === undefined) {
    throw new RecordError(`${address}: no call can be found by its entry in the lockfile.`)
  }
  return { address, callId, entry, target }
}
