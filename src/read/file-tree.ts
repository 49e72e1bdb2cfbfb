/** A workspace's files, on disk or in a commit, as far as listing them goes. Paths are relative to its root, with `/`. */
export interface FileTree {
  /** Where a path leads, once links are followed; undefined where nothing is. */
  follow(path: string): Followed | 'outside' | undefined
  /** What a real folder holds, sorted by name; or why it cannot be listed. */
  entriesOf(folder: string): readonly TreeEntry[] | Unlisted
}

export interface Followed {
  readonly path: string
  readonly isFolder: boolean
}

export interface TreeEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link'
}

export interface Unlisted {
  /** The system's code of the error. */
  readonly code: string
}
