/** The lockfile in git. */
export interface RepositoryPath {
  /** What all worktrees share. */
  readonly gitFolder: string
  /** Of this work tree: it has the HEAD and the index. */
  readonly treeFolder: string
  /** The top of the work tree. */
  readonly top: string
  /** From the top of the work tree, with `/`. */
  readonly path: string
}
