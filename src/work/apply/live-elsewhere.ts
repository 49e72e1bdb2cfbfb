import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../model/errors.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import type { World } from '../../model/world.js'
import { findWorkspaceRoot, settingsName } from '../../read/read-workspace.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { loadRecord } from '../../record/load-record.js'
import { findLiveElsewhere } from '../../record/other-environments.js'
import type { GraphOptions } from '../options/options.js'
import { recordUse } from '../workspace/find-place.js'

/**
 * For answers about all calls, of which none may be good news that is not true: the other environments that have
 * live calls. Throws UsageError where there is neither workspace nor record, and so nothing to answer about.
 */
export function lookElsewhere(
  place: RecordPlace,
  options: GraphOptions,
  world: World,
): readonly LiveElsewhere[] {
  const root = findWorkspaceRoot(world.cwd)
  const elsewhere = findLiveElsewhere(root, recordUse(options))
  if (elsewhere.length === 0 && !isWorkspace(root) && !hasRecord(place)) {
    throw new UsageError(
      'There is no workspace here, and no record of calls.',
      `A workspace is a folder with \`${settingsName}\` and \`calls/\`; \`callctl init\` makes one.`,
    )
  }
  return elsewhere
}

const isWorkspace = (root: string): boolean =>
  [settingsName, 'calls'].some((name) => existsSync(join(root, name)))

function hasRecord(place: RecordPlace): boolean {
  const { exists, attempts } = loadRecord(place)
  return exists || attempts.length > 0
}
