import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import type { Source } from '../model/language/source.js'
import type { Workspace } from '../model/language/workspace.js'
import type { CommittedFiles } from '../model/tree.js'
import { CommittedTree } from './committed-tree.js'
import { listFiles } from './list-files.js'
import {
  behindLink,
  decodeText,
  describeEncoding,
  largestFile,
  leadsToHidden,
  refuseFile,
} from './read-source.js'
import { settingsName } from './read-workspace.js'

/** A commit's workspace, by the same rules as one on disk. */
export interface Revision {
  readonly workspace: Workspace
  /** Whether it has `calls/`. */
  readonly hasCalls: boolean
  /** callctl's own file, such as the lockfile, which is never a link; undefined where there is none. */
  readOwn(path: string, largest: number): Source | Diagnostic | undefined
}

/** Texts by id, and why a file is none: revisions of one repository share most of their files. */
export type TextCache = Map<string, string | { readonly why: string }>

export interface RevisionPlace {
  readonly files: CommittedFiles
  /** The way from the repository's top to the workspace. */
  readonly folder: string
  /** The workspace on disk, for messages alone. */
  readonly root: string
  readonly cache: TextCache
  /** Own files that will be asked for in any case: git is started once for them and the others. */
  readonly own?: readonly string[]
}

/** Reads settings, templates and definitions from git's objects. Nothing is taken from the disk. */
export function readRevision({ files, folder, root, cache, own = [] }: RevisionPlace): Revision {
  const tree = new CommittedTree(files, folder)
  tree.load([settingsName, 'calls', 'templates', ...own])
  const diagnostics: Diagnostic[] = []
  const callPaths = listFiles(tree, 'calls', diagnostics)
  const templatePaths = listFiles(tree, 'templates', diagnostics).filter(
    (path) => path.split('/').length === 2,
  )
  const reader = createReader(tree, files, cache)
  const isFile = (path: string): boolean =>
    tree.entriesOf('').some(({ name, kind }) => name === path && kind === 'file')
  reader.fetch([settingsName, ...templatePaths, ...callPaths, ...own.filter(isFile)])
  const read = (path: string): readonly Source[] => {
    const found = reader.read(path)
    if ('text' in found) return [found]
    diagnostics.push(found)
    return []
  }
  const [settings] = tree.find(settingsName) === undefined ? [] : read(settingsName)
  return {
    hasCalls: tree.find('calls') !== undefined,
    readOwn(path, largest) {
      tree.load([path])
      const entry = tree.entriesOf('').find(({ name }) => name === path)
      if (entry === undefined) return undefined
      return entry.kind === 'link'
        ? refuseFile('file/unreadable', path, 'is a symbolic link')
        : reader.read(path, largest)
    },
    workspace: {
      root,
      templates: templatePaths.flatMap(read),
      calls: callPaths.flatMap(read),
      selected: new Set(callPaths),
      paths: [{ text: 'calls/', sources: callPaths }],
      openFile: (path) =>
        isItself(tree, path) ? reader.read(path) : refuseFile('file/unreadable', path, behindLink),
      diagnostics,
      ...(settings !== undefined && { settings }),
    },
  }
}

/** Whether a path leads to the file of that name, or nowhere. */
function isItself(tree: CommittedTree, path: string): boolean {
  const found = tree.find(path)
  return found === undefined || (found !== 'outside' && found.path === path)
}

interface Reader {
  /** Fetches what is not cached, with one process. */
  fetch(paths: readonly string[]): void
  read(path: string, largest?: number): Source | Diagnostic
}

function createReader(tree: CommittedTree, files: CommittedFiles, cache: TextCache): Reader {
  const fetchIds = (ids: readonly string[]): void => {
    const missing = ids.filter((id) => !cache.has(id))
    for (const [id, bytes] of missing.length === 0 ? [] : files.read(missing)) {
      cache.set(id, decodeText(bytes) ?? { why: describeEncoding(bytes) })
    }
  }
  return {
    fetch(paths) {
      const found = paths.map((path) => tree.find(path))
      fetchIds(
        found.flatMap((each) =>
          typeof each === 'object' && !each.isFolder && each.file.size <= largestFile ? [each.file.id] : [],
        ),
      )
    },
    read(path, largest = largestFile) {
      const found = tree.find(path)
      if (found === 'outside') return refuseFile('file/unreadable', path, 'leads out of the workspace')
      if (found === undefined) return refuseFile('file/unreadable', path, 'cannot be read (ENOENT)')
      if (leadsToHidden(path, found.path))
        return refuseFile('file/unreadable', path, 'leads to a hidden file')
      if (found.isFolder) return refuseFile('file/unreadable', path, 'is no regular file')
      const { file } = found
      if (!file.isNamed) return refuseFile('file/unreadable', path, 'has a name that is not UTF-8')
      if (file.size > largest) return refuseFile('file/too-large', path, `is over ${largest >> 20} MiB`)
      fetchIds([file.id])
      const text = cache.get(file.id)
      if (text === undefined) return refuseFile('file/unreadable', path, 'is missing in this clone')
      return typeof text === 'string' ? { path, text } : refuseFile('file/encoding', path, text.why)
    },
  }
}
