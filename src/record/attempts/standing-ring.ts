import type { RingOutcome } from '../../model/operation.js'
import type { FileSystem } from '../disk/file-system.js'
import { lineSize } from './attempt-record.js'
import { readRingSlot } from './ring-record.js'

/** The outcome in the slot of a claim that this process holds open. What cannot be read is no sign of a ruling. */
export function readStanding(files: FileSystem, file: number | undefined): RingOutcome | undefined {
  if (file === undefined) return undefined
  try {
    const bytes = Buffer.alloc(lineSize)
    const count = files.readSync(file, bytes, 0, lineSize, lineSize)
    const slot = readRingSlot(bytes.subarray(0, count))
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
