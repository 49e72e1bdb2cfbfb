import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import { isTestFile, type Source } from '../model/language/source.js'
import type { NamedPath } from '../model/language/workspace.js'
import { openDiskTree } from './disk-tree.js'
import { listTestFiles } from './list-files.js'
import { readSource } from './read-source.js'
import { findNamedPath, findWorkspaceRoot } from './read-workspace.js'

/** Files of tests of definitions, read once. */
export interface TestSources {
  readonly sources: readonly Source[]
  /** What the command line named, or `calls/` and `templates/`, with the files of tests that each stands for. */
  readonly paths: readonly NamedPath[]
  /** Files that could not be read. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The files of tests in `calls/` and `templates/`, or at and beneath the paths; there may be none. */
export function readTests(cwd: string, paths: readonly string[]): TestSources {
  const root = findWorkspaceRoot(cwd)
  // What of other files is wrong is told where those are read.
  const list = (folder: string): readonly string[] => listTestFiles(openDiskTree(root), folder, [])
  const named =
    paths.length === 0
      ? ['calls', 'templates'].map((folder) => ({ text: `${folder}/`, sources: list(folder) }))
      : paths.map((text) => {
          const { path, isFolder } = findNamedPath(root, cwd, text)
          return { text, sources: isFolder ? list(path) : [path].filter(isTestFile) }
        })
  const found = [...new Set(named.flatMap(({ sources }) => sources))].sort()
  const read = found.map((path) => readSource(root, path))
  return {
    sources: read.flatMap((each) => ('code' in each ? [] : each)),
    paths: named,
    diagnostics: read.flatMap((each) => ('code' in each ? each : [])),
  }
}
