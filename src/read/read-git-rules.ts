import { dirname, join } from 'node:path'
import { readNamedFile } from './read-source.js'

/** The lines of `.gitignore` and `.gitattributes` that may be about a workspace. */
export interface GitRules {
  readonly ignore: readonly string[]
  readonly attributes: readonly string[]
}

/** Reads the files from the workspace up to the top of its repository, and the repository's own. */
export function readGitRules(root: string, top: string, commonFolder: string): GitRules {
  const folders = foldersUp(root, top)
  const own = join(commonFolder, 'info')
  return {
    ignore: linesOf([...folders.map((folder) => join(folder, '.gitignore')), join(own, 'exclude')]),
    attributes: linesOf([
      ...folders.map((folder) => join(folder, '.gitattributes')),
      join(own, 'attributes'),
    ]),
  }
}

const foldersUp = (folder: string, top: string): readonly string[] =>
  folder === top || dirname(folder) === folder ? [folder] : [folder, ...foldersUp(dirname(folder), top)]

/** A file that is missing or cannot be read has no lines. */
const linesOf = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const source = readNamedFile(path, path)
    if ('code' in source) return []
    return source.text.split('\n').map((line) => line.trim())
  })
