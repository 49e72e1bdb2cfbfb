import { tmpdir } from 'node:os'
import type { WatchedWorld } from '../../model/world.js'
import { findWorkspaceRoot } from '../../read/read-workspace.js'
import { findRecordPlace, type RecordPlace } from '../../record/folders/folders.js'
import type { GraphOptions } from '../options/options.js'
import { withSharedRecord } from './open-shared.js'

/** What lies on this machine of the record, without what the workspace's runners share. */
export function findOwnPlace(options: GraphOptions, world: WatchedWorld): RecordPlace {
  return placeOf(options, findWorkspaceRoot(world.cwd))
}

/** The record that a use case about the record alone is for: of definitions and settings only callctl.yaml is read. */
export async function findPlace(options: GraphOptions, world: WatchedWorld): Promise<RecordPlace> {
  // Throws for an environment that callctl.yaml does not have.
  const { compilation } = (await import('./compile-workspace.js')).readWorkspaceSettings(options, world)
  return withSharedRecord(
    placeOf(options, findWorkspaceRoot(world.cwd)),
    compilation.settings,
    options,
    world,
  )
}

export const placeOf = ({ environmentName, simulator }: GraphOptions, root: string): RecordPlace =>
  findRecordPlace(root, recordUse({ environmentName, simulator }))

/** What a record's place depends on, beside its workspace. */
export const recordUse = ({ environmentName, simulator }: GraphOptions) => ({
  simulator: simulator !== undefined,
  temporaryFolder: tmpdir(),
  ...(environmentName !== undefined && { environmentName }),
})
