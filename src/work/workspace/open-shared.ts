import { RecordError } from '../../model/errors.js'
import type { Settings } from '../../model/language/settings.js'
import { recordVariable } from '../../model/record/shared-record.js'
import type { World } from '../../model/world.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { refuseUnsaid } from '../../record/shared/noted.js'
import type { GraphOptions } from '../options/options.js'

/**
 * The place with what the workspace's runners share, read, where callctl.yaml says that they do. A runner that cannot reach
 * it is refused, and never goes on by its disk alone. A simulator rings nobody, and its record is its machine's.
 */
export async function withSharedRecord(
  place: RecordPlace,
  { record }: Pick<Settings, 'record'>,
  { environmentName, simulator }: GraphOptions,
  world: World,
): Promise<RecordPlace> {
  if (simulator !== undefined) return place
  if (record === undefined) {
    refuseUnsaid(place)
    if (world.environment[recordVariable]) throw unsaid()
    return place
  }
  const { openSharedRecord } = await import('../../record/shared-record.js')
  return { ...place, shared: await openSharedRecord(place, { world, environmentName }) }
}

const unsaid = (): RecordError =>
  new RecordError(
    `${recordVariable} is set, and callctl.yaml says nothing of a shared record`,
    'Add `record: { kind: postgres }` to it, or unset the variable for this workspace.',
  )
