import { createDiagnostic, type Diagnostic } from '../model/diagnostics/diagnostic.js'
import { isTestFile } from '../model/language/source.js'
import type { FileTree, TreeEntry } from './file-tree.js'
import { isHidden } from './read-source.js'

const maximumFiles = 20_000
const maximumDepth = 16

/** The `.yaml` files beneath a folder of the workspace but tests, sorted; paths are relative to its root. */
export const listFiles = (tree: FileTree, folder: string, diagnostics: Diagnostic[]): readonly string[] =>
  walkFolder(tree, folder, diagnostics).filter((path) => !isTestFile(path))

/** The tests beneath a folder of the workspace, likewise. */
export const listTestFiles = (tree: FileTree, folder: string, diagnostics: Diagnostic[]): readonly string[] =>
  walkFolder(tree, folder, diagnostics).filter(isTestFile)

function walkFolder(tree: FileTree, folder: string, diagnostics: Diagnostic[]): readonly string[] {
  const walk: Walk = { found: [], links: [], visited: new Set(), diagnostics, depth: 0 }
  visit(tree, folder, walk)
  // Links come last, so that a file that also lies here is known by its own name, and links in a circle end.
  for (const link of walk.links) visit(tree, link, walk)
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

function visit(tree: FileTree, folder: string, walk: Walk): void {
  const real = tree.follow(folder)
  if (real === 'outside') walk.diagnostics.push(unreadable(folder, 'leads out of the workspace'))
  if (real === undefined || real === 'outside' || walk.visited.has(real.path)) return
  walk.visited.add(real.path)
  for (const entry of entriesOf(tree, folder, real.path, walk.diagnostics)) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || walk.found.length >= maximumFiles)
      continue
    if (isFolder(tree, path, entry)) {
      if (entry.kind === 'link') walk.links.push(path)
      else if (walk.depth < maximumDepth) visit(tree, path, { ...walk, depth: walk.depth + 1 })
    } else if (entry.name.endsWith('.yaml')) walk.found.push(path)
    else if (nearExtension.test(entry.name)) walk.diagnostics.push(wrongExtension(path))
  }
}

/** What people take for files that are read. */
const nearExtension = /\.(?:ya?ml(?:\.txt)?|json)$/i

/** A missing folder holds nothing; what is there and cannot be listed is complained about. */
function entriesOf(
  tree: FileTree,
  folder: string,
  real: string,
  diagnostics: Diagnostic[],
): readonly TreeEntry[] {
  const entries = tree.entriesOf(real)
  if (!('code' in entries)) return entries
  if (entries.code !== 'ENOENT') diagnostics.push(unreadable(folder, `cannot be listed (${entries.code})`))
  return []
}

/** A link to a folder is walked only when it stays in the workspace. */
function isFolder(tree: FileTree, path: string, entry: TreeEntry): boolean {
  if (entry.kind !== 'link') return entry.kind === 'folder'
  const target = tree.follow(path)
  // The workspace itself is around whatever leads to it.
  return typeof target === 'object' && target.isFolder && target.path !== '' && !isHidden(target.path)
}

const unreadable = (folder: string, why: string): Diagnostic =>
  createDiagnostic('file/unreadable', `${folder}/ ${why}.`, { range: { source: folder, start: 0, end: 0 } })

const wrongExtension = (path: string): Diagnostic =>
  createDiagnostic('file/extension', `${path} is not read: only .yaml files are.`, {
    range: { source: path, start: 0, end: 0 },
    hint: `If it is one of them, rename it to ${path.replace(nearExtension, '.yaml')}.`,
  })
