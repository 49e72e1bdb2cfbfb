import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../model/errors.js'

// A workspace whose settings are gone, or which another one is taken for, would be rung by other settings and with
// another record: with none, everybody again.

export const settingsName = 'callctl.yaml'

/**
 * Settings of a near name are none of those that are read: limits, cloud and tenant in them would not be in force,
 * and nobody would know. `found` is the folder of those that are; without any, all up to the repository's is looked at.
 */
export function refuseNearSettings(from: string, found: string | undefined): void {
  for (let folder = from; ; folder = dirname(folder)) {
    const near = namesIn(folder).find((name) => nearForm.test(name) && name !== settingsName)
    if (near !== undefined) {
      throw new UsageError(
        `${join(folder, near)} is not read: settings stand in ${settingsName}.`,
        `Rename it to ${settingsName}, or give it another name if it is none.`,
      )
    }
    if (folder === found || folder === dirname(folder)) return
    if (found === undefined && existsSync(join(folder, '.git'))) return
  }
}

const nearForm =
  /^[._]?callctl(?:[._-]?(?:settings|config))?\.(?:ya?ml|json[c5]?|toml|ya?ml\.(?:txt|ya?ml))$/i

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  } catch {
    // A folder above that cannot be listed is nobody's workspace here.
    return []
  }
}

/** In a folder between `from` and `root`, which are the same where there are no settings above. */
export function refuseStrayLockfile(from: string, root: string, hasSettings: boolean): void {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (folder === root && (hasSettings || hasLockfile(folder))) return
    if (hasLockfile(folder)) {
      throw new UsageError(
        `${folder} has a lockfile, and no ${settingsName}: most likely that was renamed or is gone.`,
        `Restore ${settingsName} there, or run callctl there if it had none.`,
      )
    }
    if (existsSync(join(folder, '.git'))) return
  }
}

/** Among the folders that definitions lie in, below the workspace. Paths are from its root. */
export function refuseNestedWorkspaces(root: string, paths: readonly string[]): void {
  const folders = new Set<string>()
  for (const path of paths) for (const folder of foldersAbove(path)) folders.add(folder)
  for (const folder of [...folders].sort()) {
    const found = existsSync(join(root, folder, settingsName)) ? settingsName : lockfileIn(join(root, folder))
    if (found === undefined) continue
    throw new UsageError(
      `${folder}/${found} lies between ${root} and definitions beneath it: they belong to a workspace of their own.`,
      `Run callctl in ${folder}; where ${settingsName} is gone from there, restore it.`,
    )
  }
}

/** `a` and `a/b` for `a/b/c.yaml`. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

const hasLockfile = (folder: string): boolean => lockfileIn(folder) !== undefined

function lockfileIn(folder: string): string | undefined {
  try {
    return readdirSync(folder).find((name) => /^calls\.(?:.+\.)?lock\.json$/.test(name))
  } catch {
    return undefined
  }
}
