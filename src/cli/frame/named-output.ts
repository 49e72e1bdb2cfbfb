import { resolve } from 'node:path'
import type { Host } from '../../model/host.js'
import { findWorkspaceRoot } from '../../read/read-workspace.js'
import { findOutput, findOutputFolder, type NamedOutput } from '../../record/disk/named-output.js'
import { findPremises } from '../../record/disk/real-path.js'
import type { Arguments } from './arguments.js'

/** The file that an option names; undefined without it. Refused at once where it may not be written. */
export function readOutput(
  args: Arguments,
  host: Host,
  isOwn: NamedOutput['isOwn'],
  option = 'out',
): NamedOutput | undefined {
  const named = args.text(option)
  if (named === undefined) return undefined
  const premises = findPremises(findWorkspaceRoot(host.cwd))
  const output = { path: resolve(host.cwd, named), named, premises, isOwn }
  findOutput(output)
  return output
}

/** The folder that `--out` names, as a real path; it need not exist yet. */
export function readOutputFolder(named: string, host: Host): string {
  const premises = findPremises(findWorkspaceRoot(host.cwd))
  return findOutputFolder({ path: resolve(host.cwd, named), named, premises })
}
