import { tmpdir } from 'node:os'
import type { Host } from '../model/host.js'
import { findWorkspaceRoot } from '../read/read-workspace.js'
import { findRecordPlace, type RecordPlace } from '../record/folders.js'
import type { Arguments } from './arguments.js'

/** The record that a command about the record alone is for: no settings or definitions are read. */
export const findPlace = (args: Arguments, host: Host): RecordPlace =>
  findRecordPlace(findWorkspaceRoot(host.cwd), {
    simulator: args.has('simulator'),
    temporaryFolder: tmpdir(),
  })
