import { tmpdir } from 'node:os'
import type { Host } from '../../model/host.js'
import { findWorkspaceRoot } from '../../read/read-workspace.js'
import { findRecordPlace, type RecordPlace } from '../../record/folders/folders.js'
import type { Arguments } from '../frame/arguments.js'

/** The record that a command about the record alone is for: no definitions are read, and settings only for `--env`. */
export async function findPlace(args: Arguments, host: Host): Promise<RecordPlace> {
  const environmentName = args.text('env')
  // Throws for an environment that callctl.yaml does not have.
  if (environmentName !== undefined) (await import('./compile-workspace.js')).compileSettings(args, host)
  return findRecordPlace(findWorkspaceRoot(host.cwd), {
    simulator: args.has('simulator'),
    temporaryFolder: tmpdir(),
    ...(environmentName !== undefined && { environmentName }),
  })
}
