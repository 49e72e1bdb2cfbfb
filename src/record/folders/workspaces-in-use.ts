import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lockfileName } from './folders.js'
import { peekLineage } from './peek-lineage.js'

// Which lockfiles other than this one belong to workspaces that are there. What rang under another lineage is theirs
// then; where nothing is left of a workspace, it may be what this one was before it was moved and begun anew.

export interface InUse {
  /** Lineages of lockfiles that lie beside a workspace's other files, and where, from the top. */
  readonly lineages: ReadonlyMap<string, string>
  /** Lockfiles of this workspace's other environments, as the settings declare them. */
  readonly environments: ReadonlySet<string>
}

/**
 * Looks at these paths in the work tree. `own` is this workspace's lockfile; all from the top, with `/`.
 */
export function findInUse(
  top: string,
  own: string,
  environmentNames: readonly string[],
  candidates: readonly string[],
): InUse {
  const folder = dirname(own)
  const environments = [undefined, ...environmentNames].map((name) => pathIn(folder, lockfileName(name)))
  const lineages = new Map<string, string>()
  for (const path of new Set([...candidates, ...environments])) {
    if (path === own) continue
    const isHere = dirname(path) === folder
    // A lockfile of an environment that was renamed may still lie about.
    if (isHere ? !environments.includes(path) : !isWorkspace(join(top, dirname(path)))) continue
    const lineage = peekLineage(join(top, path))
    if (lineage !== undefined) lineages.set(lineage, path)
  }
  return { lineages, environments: new Set(environments.filter((path) => path !== own)) }
}

const pathIn = (folder: string, name: string): string => (folder === '.' ? name : `${folder}/${name}`)

/** With settings, or, where all defaults hold, with definitions. */
export function isWorkspace(folder: string): boolean {
  if (existsSync(join(folder, 'callctl.yaml'))) return true
  const calls = join(folder, 'calls')
  if (!lstatSync(calls, { throwIfNoEntry: false })?.isDirectory()) return false
  return readdirSync(calls, { recursive: true }).some((name) => String(name).endsWith('.yaml'))
}
