import { RecordError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Settings } from '../../model/language/settings.js'
import { recordVariable } from '../../model/record/shared-record.js'
import type { WatchedWorld } from '../../model/world.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { refuseUnsaid } from '../../record/shared/noted.js'
import type { GraphOptions } from '../options/options.js'

export interface SharedUse {
  /** Then what lies on this machine has to do where the shared record cannot be read, and it is said. */
  readonly ringsNobody?: boolean
}

/** What a use case adds to its exit codes that has gone by what lies on this machine. */
export const codesOf = ({ isEnough }: RecordPlace): readonly ExitCode[] =>
  isEnough === true ? [exitCodes.record] : []

/**
 * The place with what the workspace's runners share, read, where callctl.yaml says that they do. A runner that cannot reach
 * it is refused, and never goes on by its disk alone. A simulator rings nobody, and its record is its machine's.
 */
export async function withSharedRecord(
  place: RecordPlace,
  { record, limits }: Pick<Settings, 'record' | 'limits'>,
  { environmentName, simulator }: GraphOptions,
  world: WatchedWorld,
  { ringsNobody = false }: SharedUse = {},
): Promise<RecordPlace> {
  if (simulator !== undefined) return place
  if (record === undefined) {
    refuseUnsaid(place)
    if (world.environment[recordVariable]) throw unsaid()
    return place
  }
  const { openSharedRecord } = await import('../../record/shared-record.js')
  try {
    return { ...place, shared: await openSharedRecord(place, { world, environmentName, limits }) }
  } catch (cause) {
    if (!ringsNobody || !(cause instanceof RecordError)) throw cause
    world.warn(
      `${cause.message}. What this machine and its lockfile know is gone by; calls that other runners placed since may be missing.`,
    )
    return { ...place, isEnough: true }
  }
}

const unsaid = (): RecordError =>
  new RecordError(
    `${recordVariable} is set, and callctl.yaml says nothing of a shared record`,
    'Add `record: { kind: postgres }` to it, or unset the variable for this workspace.',
  )
