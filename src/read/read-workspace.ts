// 1. Disk to workspace. The only reader of users' files. It writes nothing, runs nothing, and follows no link that
// leads out of the workspace.

import { existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import { UsageError } from '../model/errors.js'
import { isTestFile, type Source } from '../model/language/source.js'
import type { NamedPath, Workspace } from '../model/language/workspace.js'
import { suggest } from '../model/words/suggest.js'
import { openDiskTree } from './disk-tree.js'
import { listFiles } from './list-files.js'
import { readData, readSource } from './read-source.js'
import {
  refuseNearSettings,
  refuseNestedWorkspaces,
  refuseStrayLockfile,
  settingsName,
} from './stray-workspace.js'

export { settingsName }

/**
 * The nearest folder, from `cwd` upward, that holds `callctl.yaml`; without one, `cwd`. Throws UsageError where a
 * nearer one, or one above, has a lockfile alone, or settings of a near name.
 */
export function findWorkspaceRoot(cwd: string): string {
  const found = findSettingsFolder(cwd)
  refuseNearSettings(cwd, found)
  refuseStrayLockfile(cwd, found ?? cwd, found !== undefined)
  return realpathSync(found ?? cwd)
}

function findSettingsFolder(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, settingsName))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Reads the settings, all templates and all definitions; `paths` select what the command is about. */
export function readWorkspace(cwd: string, paths: readonly string[]): Workspace {
  const root = findWorkspaceRoot(cwd)
  const diagnostics: Diagnostic[] = []
  const named = namePaths(root, cwd, paths, diagnostics)
  // Without paths, `calls/` has just been listed.
  const everywhere = paths.length === 0 ? [] : listFiles(openDiskTree(root), 'calls', diagnostics)
  return readNamed(root, { named, everywhere, diagnostics })
}

/** The same without paths, even where there is no `calls/`. */
export function readWorkingTree(cwd: string): { readonly workspace: Workspace; readonly hasCalls: boolean } {
  const root = findWorkspaceRoot(cwd)
  const diagnostics: Diagnostic[] = []
  const named = [{ text: 'calls/', sources: listFiles(openDiskTree(root), 'calls', diagnostics) }]
  const hasCalls = existsSync(join(root, 'calls'))
  return { workspace: readNamed(root, { named, everywhere: [], diagnostics }), hasCalls }
}

interface Listed {
  readonly named: readonly NamedPath[]
  readonly everywhere: readonly string[]
  readonly diagnostics: Diagnostic[]
}

function readNamed(root: string, { named, everywhere, diagnostics }: Listed): Workspace {
  const read = (path: string): Source | undefined => {
    const found = readSource(root, path)
    if ('code' in found) diagnostics.push(found)
    return 'code' in found ? undefined : found
  }
  const selected = new Set(named.flatMap((each) => each.sources))
  const callPaths = [...new Set([...everywhere, ...selected])].sort()
  refuseNestedWorkspaces(root, callPaths)
  const templatePaths = listFiles(openDiskTree(root), 'templates', diagnostics).filter(
    (path) => path.split('/').length === 2,
  )
  const settings = existsSync(join(root, settingsName)) ? read(settingsName) : undefined
  return {
    root,
    templates: templatePaths.flatMap((path) => read(path) ?? []),
    calls: callPaths.flatMap((path) => read(path) ?? []),
    selected,
    paths: named,
    openFile: (path) => readData(root, path),
    diagnostics,
    ...(settings !== undefined && { settings }),
  }
}

function namePaths(
  root: string,
  cwd: string,
  paths: readonly string[],
  diagnostics: Diagnostic[],
): NamedPath[] {
  if (paths.length === 0) {
    if (!existsSync(join(root, 'calls'))) {
      throw new UsageError(
        'There is no folder `calls/` here.',
        `A workspace is a folder with \`${settingsName}\` and \`calls/\`.`,
      )
    }
    return [{ text: 'calls/', sources: listFiles(openDiskTree(root), 'calls', diagnostics) }]
  }
  return paths.map((text) => ({ text, sources: sourcesOf(root, cwd, text, diagnostics) }))
}

/** A path of the command line from the workspace's root, with forward slashes. */
export function findNamedPath(root: string, cwd: string, text: string): { path: string; isFolder: boolean } {
  const absolute = resolve(cwd, text)
  const stats = statsOf(absolute, text)
  const inside = relative(root, realpathSync(absolute))
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new UsageError(`${text} lies outside the workspace ${root}.`)
  }
  return { path: inside.split(sep).join('/'), isFolder: stats.isDirectory() }
}

function sourcesOf(root: string, cwd: string, text: string, diagnostics: Diagnostic[]): readonly string[] {
  const { path, isFolder } = findNamedPath(root, cwd, text)
  if (isFolder) return listFiles(openDiskTree(root), path, diagnostics)
  if (!path.endsWith('.yaml')) throw new UsageError(`${text} is no .yaml file.`)
  if (isTestFile(path)) throw new UsageError(`${text} holds tests.`, 'Run them with `callctl test`.')
  return [path]
}

function statsOf(absolute: string, text: string): Stats {
  try {
    return statSync(absolute)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new UsageError(`There is no file or folder ${text}.`, hintForPath(absolute, text))
    throw new UsageError(`${text} cannot be read (${code}).`)
  }
}

/** A near name beside it; what looks like an address is most likely one. */
function hintForPath(absolute: string, text: string): string | undefined {
  const near = suggest(basename(absolute), namesIn(dirname(absolute)))
  if (near !== undefined) return `Did you mean \`${join(dirname(text), near)}\`?`
  if (text.includes('/') || /\.(?:ya?ml|json)$/i.test(text)) return undefined
  return `Calls are chosen by address: \`--only ${text}\`.`
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
