import type { Brought } from '../../model/record/shared-record.js'
import type { World } from '../../model/world.js'
import { openAttempts } from '../../record/attempts/attempts.js'
import { openRings } from '../../record/attempts/rings.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { looksAgain } from '../../record/folders/seen-record.js'
import { takeRunLock } from '../../record/run-lock/run-lock.js'

/** For every command that changes the record: from before it is read until it is written. Throws RecordError. */
export async function withRunLock<Value>(
  place: RecordPlace,
  world: World,
  command: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const { processId, operator } = world
  const startedAt = new Date(world.now()).toISOString()
  const lock = await takeRunLock(place, {
    processId,
    command,
    startedAt,
    ...(operator !== undefined && { operator }),
  })
  try {
    looksAgain(place)
    openAttempts(place).sweep()
    openRings(place).sweep()
    place.shared?.begin(command)
    await place.shared?.bring({})
    const value = await work()
    await place.shared?.bring(handedOver[command] ?? {})
    return value
  } finally {
    await place.shared?.close()
    await lock.release()
  }
}

/** What a command makes on this machine alone, for the shared record. */
const handedOver: Readonly<Record<string, Brought>> = {
  resolve: { rulings: true },
  'call settle': { rulings: true },
  import: { claims: true, rulings: true },
}
