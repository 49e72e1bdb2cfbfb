import type { CommittedFile, CommittedFiles } from '../model/tree.js'
import type { FileTree, Followed, TreeEntry } from './file-tree.js'

/** Where a path leads in a commit: to a file, to a folder, or nowhere that counts. */
export type Found = FoundFile | (Followed & { readonly isFolder: true }) | 'outside' | undefined

export interface FoundFile extends Followed {
  readonly isFolder: false
  readonly file: CommittedFile
}

/** More links on one way are a circle, as far as any system goes. */
const mostLinks = 40
/** A longer text is no path of a file. */
const longestLink = 4096

interface Folder {
  readonly folders: Map<string, Folder>
  readonly files: Map<string, CommittedFile>
}

/**
 * The files of a workspace in a commit. Of the repository only what is asked for is listed, by the first name of its
 * path, so that a large repository around the definitions costs nothing. Links are followed in the commit alone.
 */
export class CommittedTree implements FileTree {
  readonly #files: CommittedFiles
  /** The way to the workspace, from the repository's top. */
  readonly #way: readonly string[]
  readonly #top: Folder = createFolder()
  readonly #listed = new Set<string>()
  readonly #links = new Map<string, string>()

  constructor(files: CommittedFiles, workspace: string) {
    this.#files = files
    this.#way = namesOf(workspace)
  }

  /** Lists what lies under these first names of paths, in one go. */
  load(names: readonly string[]): void {
    const wanted = names.filter((name) => !this.#listed.has(name))
    if (wanted.length === 0) return
    for (const name of wanted) this.#listed.add(name)
    const skipped = this.#way.length
    const found = this.#files.list(wanted.map((name) => [...this.#way, name].join('/')))
    const links = found.filter(({ kind, size }) => kind === 'link' && size <= longestLink)
    const targets = links.length === 0 ? new Map() : this.#files.read(links.map(({ id }) => id))
    for (const { id } of links) {
      const target = targets.get(id)
      if (target !== undefined) this.#links.set(id, Buffer.from(target).toString('utf8'))
    }
    for (const file of found) insert(this.#top, file.path.split('/').slice(skipped), file)
  }

  follow(path: string): Followed | 'outside' | undefined {
    return this.find(path)
  }

  find(path: string): Found {
    const names = namesOf(path)
    return this.#walk([...this.#way, ...names], mostLinks)
  }

  entriesOf(path: string): readonly TreeEntry[] {
    const found = folderAt(this.#top, namesOf(path))
    if (found === undefined) return []
    const folders = [...found.folders.keys()].map((name): TreeEntry => ({ name, kind: 'folder' }))
    const files = [...found.files].flatMap(([name, { kind }]): TreeEntry[] =>
      kind === 'repository' ? [] : [{ name, kind }],
    )
    return [...folders, ...files].sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  /** Name by name, as the system would; `names` begin at the repository's top. */
  #walk(names: readonly string[], links: number): Found {
    const reached: string[] = []
    for (const [index, name] of names.entries()) {
      if (name === '..') {
        if (reached.pop() === undefined) return 'outside'
        continue
      }
      reached.push(name)
      const place = this.#place(reached)
      if (place === 'around') continue
      if (place === 'outside' || place === undefined) return place
      const rest = names.slice(index + 1)
      if ('folders' in place) continue
      if (place.kind !== 'link') return rest.length === 0 ? fileAt(reached, this.#way, place) : undefined
      const target = this.#links.get(place.id)
      if (target === undefined || links === 0) return undefined
      if (target.startsWith('/')) return 'outside'
      return this.#walk([...reached.slice(0, -1), ...target.split('/').filter(isName), ...rest], links - 1)
    }
    return reached.length < this.#way.length
      ? 'outside'
      : { path: reached.slice(this.#way.length).join('/'), isFolder: true }
  }

  #place(reached: readonly string[]): Folder | CommittedFile | 'around' | 'outside' | undefined {
    if (this.#way.some((name, index) => index < reached.length && reached[index] !== name)) return 'outside'
    if (reached.length <= this.#way.length) return 'around'
    const inside = reached.slice(this.#way.length)
    this.load([inside[0]!])
    const parent = folderAt(this.#top, inside.slice(0, -1))
    const name = inside.at(-1)!
    return parent?.files.get(name) ?? parent?.folders.get(name)
  }
}

const fileAt = (
  reached: readonly string[],
  way: readonly string[],
  file: CommittedFile,
): FoundFile | undefined =>
  file.kind === 'file' ? { path: reached.slice(way.length).join('/'), isFolder: false, file } : undefined

/** The first of two entries with one name counts, which only a forged tree has. */
function insert(top: Folder, names: readonly string[], file: CommittedFile): void {
  if (!names.every(isName) || names.includes('..')) return
  let folder = top
  for (const name of names.slice(0, -1)) {
    const inner = folder.folders.get(name) ?? createFolder()
    folder.folders.set(name, inner)
    folder = inner
  }
  const name = names.at(-1)!
  if (!folder.files.has(name)) folder.files.set(name, file)
}

function folderAt(top: Folder, names: readonly string[]): Folder | undefined {
  let folder: Folder | undefined = top
  for (const name of names) folder = folder?.folders.get(name)
  return folder
}

const createFolder = (): Folder => ({ folders: new Map(), files: new Map() })
const isName = (name: string): boolean => name !== '' && name !== '.'
const namesOf = (path: string): readonly string[] => path.split('/').filter(isName)
