import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import { isTestFile } from '../model/source.js'

const maximumFiles = 20_000
const maximumDepth = 16

/** The `.yaml` files beneath a folder of the workspace but tests, sorted; paths are relative to its root. */
export const listFiles = (root: string, folder: string, diagnostics: Diagnostic[]): readonly string[] =>
  walkFolder(root, folder, diagnostics).filter((path) => !isTestFile(path))

/** The tests beneath a folder of the workspace, likewise. */
export const listTestFiles = (root: string, folder: string, diagnostics: Diagnostic[]): readonly string[] =>
  walkFolder(root, folder, diagnostics).filter(isTestFile)

function walkFolder(root: string, folder: string, diagnostics: Diagnostic[]): readonly string[] {
  const walk: Walk = { found: [], links: [], visited: new Set(), diagnostics, depth: 0 }
  visit(root, folder, walk)
  // Links come last, so that a file that also lies here is known by its own name, and links in a circle end.
  for (const link of walk.links) visit(root, link, walk)
  return walk.found.sort()
}

interface Walk {
  readonly found: string[]
  readonly links: string[]
  /** Real paths of folders: none is walked twice. */
  readonly visited: Set<string>
  readonly diagnostics: Diagnostic[]
  readonly depth: number
}

function visit(root: string, folder: string, walk: Walk): void {
  const real = realpathOrNothing(join(root, folder))
  if (real === undefined || walk.visited.has(real)) return
  if (real !== root && !real.startsWith(root + sep)) {
    walk.diagnostics.push(unreadable(folder, 'leads out of the workspace'))
    return
  }
  walk.visited.add(real)
  for (const entry of entriesOf(root, folder, walk.diagnostics)) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || walk.found.length >= maximumFiles)
      continue
    if (isFolder(root, path, entry)) {
      if (entry.isSymbolicLink()) walk.links.push(path)
      else if (walk.depth < maximumDepth) visit(root, path, { ...walk, depth: walk.depth + 1 })
    } else if (entry.name.endsWith('.yaml')) walk.found.push(path)
    else if (entry.name.endsWith('.yml')) walk.diagnostics.push(wrongExtension(path))
  }
}

/** A missing folder holds nothing; what is there and cannot be listed is complained about. */
function entriesOf(root: string, folder: string, diagnostics: Diagnostic[]): Dirent[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    diagnostics.push(unreadable(folder, `cannot be listed (${code})`))
    return []
  }
}

/** A link to a folder is walked only when it stays in the workspace. */
function isFolder(root: string, path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const target = realpathOrNothing(join(root, path))
  if (target === undefined || !target.startsWith(root + sep)) return false
  return statSync(target).isDirectory()
}

function realpathOrNothing(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const unreadable = (folder: string, why: string): Diagnostic =>
  createDiagnostic('file/unreadable', `${folder}/ ${why}.`, { range: { source: folder, start: 0, end: 0 } })

const wrongExtension = (path: string): Diagnostic =>
  createDiagnostic('file/extension', `${path} is not read: only .yaml files are.`, {
    range: { source: path, start: 0, end: 0 },
    hint: `Rename it to ${path.replace(/\.yml$/, '.yaml')}.`,
  })
