import { existsSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import type { Environment } from '../../model/environment.js'

/** How callctl is called in a folder, and whether it has to be installed there first. */
export interface FoundCommand {
  readonly command: string
  readonly isMissing: boolean
}

/**
 * `npx callctl` fetches a package of that name from a registry where none is installed, whoever may have put it there:
 * it is advised only where one is.
 */
export function findCommand(folder: string, environment: Environment): FoundCommand {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', 'callctl', 'package.json')))
      return { command: 'npx callctl', isMissing: false }
    if (dirname(at) === at) break
  }
  const isOnPath = (environment['PATH'] ?? '').split(delimiter).some(holdsCallctl)
  return isOnPath
    ? { command: 'callctl', isMissing: false }
    : { command: 'npx --no callctl', isMissing: true }
}

/** Not where npx puts it for one command, nor where a package's scripts find it. */
const holdsCallctl = (folder: string): boolean =>
  isAbsolute(folder) &&
  !/[\\/](?:_npx|node_modules)[\\/]/.test(`${folder}/`) &&
  ['callctl', 'callctl.cmd'].some((name) => existsSync(join(folder, name)))
