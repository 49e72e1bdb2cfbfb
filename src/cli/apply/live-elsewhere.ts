import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import { findWorkspaceRoot, settingsName } from '../../read/read-workspace.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { loadRecord } from '../../record/load-record.js'
import { findLiveElsewhere } from '../../record/other-environments.js'
import { formatLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import type { Arguments } from '../frame/arguments.js'

/**
 * For answers about all calls, of which none may be good news that is not true: says which other environments have
 * live calls. Throws UsageError where there is neither workspace nor record, and so nothing to answer about.
 */
export function lookElsewhere(place: RecordPlace, args: Arguments, host: Host): readonly LiveElsewhere[] {
  const root = findWorkspaceRoot(host.cwd)
  const environmentName = args.text('env')
  const elsewhere = findLiveElsewhere(root, {
    simulator: args.has('simulator'),
    temporaryFolder: tmpdir(),
    ...(environmentName !== undefined && { environmentName }),
  })
  if (elsewhere.length === 0 && !isWorkspace(root) && !hasRecord(place)) {
    throw new UsageError(
      'There is no workspace here, and no record of calls.',
      `A workspace is a folder with \`${settingsName}\` and \`calls/\`; \`callctl init\` makes one.`,
    )
  }
  host.stderr.write(formatLiveElsewhere(elsewhere, host.terminal.stderr))
  return elsewhere
}

const isWorkspace = (root: string): boolean =>
  [settingsName, 'calls'].some((name) => existsSync(join(root, name)))

function hasRecord(place: RecordPlace): boolean {
  const { exists, attempts } = loadRecord(place)
  return exists || attempts.length > 0
}
