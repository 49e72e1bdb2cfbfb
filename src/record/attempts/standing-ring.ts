import type { RingOutcome } from '../../model/operation.js'
import type { FileSystem } from '../disk/file-system.js'
import { readHeldSlot } from './held-claim.js'
import { readRingSlot } from './ring-record.js'

/** The outcome in the slot of a claim that this process holds open. What cannot be read is no sign of a ruling. */
export function readStanding(files: FileSystem, file: number): RingOutcome | undefined {
  try {
    const slot = readRingSlot(readHeldSlot(files, file))
    return slot.kind === 'written' ? slot.outcome : undefined
  } catch {
    return undefined
  }
}

/** As of an attempt's outcomes: a ring outranks a refusal, which outranks not knowing. */
function rankOf(outcome: RingOutcome): number {
  if (outcome.kind === 'accepted') return outcome.graphOperation === undefined ? 3 : 4
  return outcome.kind === 'uncertain' ? 1 : 2
}

/** Whether `next` tells more than `standing`. */
export const isFurtherRing = (next: RingOutcome, standing: RingOutcome): boolean =>
  rankOf(next) > rankOf(standing)
