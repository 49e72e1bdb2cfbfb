import { keyOfAddress } from '../model/address.js'
import { RecordError, UsageError } from '../model/errors.js'
import { indexKeys } from '../model/record/address-index.js'
import type { Claim, Witness } from '../model/record/attempt.js'
import type { Lockfile } from '../model/record/lockfile.js'
import { openAttempts } from './attempts/attempts.js'
import type { FileSystem } from './disk/file-system.js'
import { nodeFileSystem } from './disk/file-system.js'
import type { RecordPlace } from './folders/folders.js'
import { createLockfile, loadRecord, saveLockfile } from './load-record.js'
import { requireCallId } from './settle-by-person.js'

export interface ImportedCall {
  readonly callId: string
  readonly claim: Omit<Claim, 'number'>
  readonly witness: Witness
}

/**
 * Records a call that was placed elsewhere as if it had been placed here: with an attempt of its own, so that no
 * older lockfile makes the address look free. `lineage` is a new UUID, for a workspace without lockfile.
 */
export function importCall(
  place: RecordPlace,
  { callId, claim, witness }: ImportedCall,
  lineage: string,
  files: FileSystem = nodeFileSystem,
): void {
  const { lockfile, attempts } = loadRecord(place, files)
  const { address } = claim
  requireImportable(lockfile, callId, address)
  createLockfile(place, lineage, files)
  const key = keyOfAddress(address)
  let last = 0
  for (const attempt of attempts)
    if (keyOfAddress(attempt.address) === key) last = Math.max(last, attempt.number)
  const whole = { ...claim, number: last + 1 }
  const session = openAttempts(place, files)
  if (!session.claim(whole)) throw new RecordError(`${address}: another run has just claimed it`)
  session.settle(whole, { kind: 'placed', callId, evidence: 'person', witness, at: witness.at })
  saveLockfile(place, loadRecord(place, files).lockfile, files)
}

/** An address that is free, and an id that no other address has. Throws UsageError or RefusedError. */
export function requireImportable(lockfile: Lockfile, callId: string, address: string): void {
  const [known] = indexKeys(lockfile.calls).spellingsOf(address)
  if (known !== undefined) {
    throw new UsageError(
      `\`${known}\` is known already: ${lockfile.calls[known]!.state}.`,
      'An uncertain address is settled by `callctl resolve`; an ended one may be forgotten first.',
    )
  }
  requireCallId(lockfile, callId, address)
}
