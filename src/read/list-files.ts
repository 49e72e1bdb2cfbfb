import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'

const maximumFiles = 20_000
const maximumDepth = 16

/** The `.yaml` files beneath a folder of the workspace, sorted; paths are relative to its root. */
export function listFiles(root: string, folder: string, diagnostics: Diagnostic[]): readonly string[] {
  const found: string[] = []
  visit(root, folder, { found, diagnostics, depth: 0 })
  return found.sort()
}

interface Walk {
  readonly found: string[]
  readonly diagnostics: Diagnostic[]
  readonly depth: number
}

function visit(root: string, folder: string, walk: Walk): void {
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || walk.found.length >= maximumFiles)
      continue
    if (isFolder(root, path, entry)) {
      if (walk.depth < maximumDepth) visit(root, path, { ...walk, depth: walk.depth + 1 })
    } else if (entry.name.endsWith('.yaml')) walk.found.push(path)
    else if (entry.name.endsWith('.yml')) walk.diagnostics.push(wrongExtension(path))
  }
}

/** A missing folder holds nothing. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
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

const wrongExtension = (path: string): Diagnostic =>
  createDiagnostic('file/extension', `${path} is not read: only .yaml files are.`, {
    range: { source: path, start: 0, end: 0 },
    hint: `Rename it to ${path.replace(/\.yml$/, '.yaml')}.`,
  })
