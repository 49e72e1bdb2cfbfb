/** The files of one commit, as git lists them. Paths are from the repository's top, with `/`. */
export interface CommittedFiles {
  /** What lies at these paths or beneath them, without contents; what is not there is left out. */
  list(paths: readonly string[]): readonly CommittedFile[]
  /** The contents of files, by id. */
  read(ids: readonly string[]): ReadonlyMap<string, Uint8Array>
}

export interface CommittedFile {
  readonly path: string
  readonly kind: 'file' | 'link' | 'repository'
  readonly id: string
  /** In bytes. */
  readonly size: number
  /** Whether the path is UTF-8; what is none of it is replaced in `path`. */
  readonly isNamed: boolean
}
