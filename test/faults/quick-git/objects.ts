// Objects of git, made in this process: starting git for each would take most of a sweep's time. They are written as git
// writes them, so that git reads them too.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, deflateSync } from 'node:zlib'

export interface File {
  /** As git writes it: `100644`, or `120000` for a link. */
  readonly mode: string
  readonly id: string
  readonly size: number
}

export interface Commit {
  readonly id: string
  readonly parent: Commit | undefined
  /** Files by path, in git's order. */
  readonly files: ReadonlyMap<string, File>
  /** Seconds; no two are of one time. */
  readonly time: number
}

/** Contents by path; what begins with `link:` is a link to the rest. */
export type Contents = Readonly<Record<string, string>>

const firstTime = 1_790_000_000

export class Objects {
  readonly #blobs = new Map<string, Buffer>()
  readonly #commits = new Map<string, Commit>()

  /** In this folder, such as `.git/objects`. */
  constructor(readonly folder: string) {}

  readBlob = (id: string): Buffer | undefined => this.#blobs.get(id)

  readCommit = (id: string): Commit | undefined => this.#commits.get(id)

  addCommit(contents: Contents, parent: Commit | undefined): Commit {
    const files = new Map(
      Object.keys(contents)
        .sort(byBytes)
        .map((path) => [path, this.#addBlob(contents[path]!)]),
    )
    const time = firstTime + this.#commits.size
    const kim = `kim <kim@contoso.com> ${time} +0000`
    const lines = [
      `tree ${this.#addTree(files, '')}`,
      ...(parent === undefined ? [] : [`parent ${parent.id}`]),
      `author ${kim}`,
      `committer ${kim}`,
      '',
      'change',
      '',
    ]
    const id = this.#write('commit', Buffer.from(lines.join('\n')))
    const commit = { id, parent, files, time }
    this.#commits.set(id, commit)
    return commit
  }

  #addBlob(content: string): File {
    const isLink = content.startsWith('link:')
    const bytes = Buffer.from(isLink ? content.slice(5) : content)
    const id = this.#write('blob', bytes)
    this.#blobs.set(id, bytes)
    return { mode: isLink ? '120000' : '100644', id, size: bytes.length }
  }

  /** Of the files below a folder; `folder` ends with `/`, or is empty. */
  #addTree(files: ReadonlyMap<string, File>, folder: string): string {
    const parts: Buffer[] = []
    const seen = new Set<string>()
    for (const [path, { mode, id }] of files) {
      if (!path.startsWith(folder)) continue
      const [name = '', ...below] = path.slice(folder.length).split('/')
      if (seen.has(name)) continue
      seen.add(name)
      const isFolder = below.length > 0
      parts.push(Buffer.from(`${isFolder ? '40000' : mode} ${name}\0`))
      parts.push(Buffer.from(isFolder ? this.#addTree(files, `${folder}${name}/`) : id, 'hex'))
    }
    return this.#write('tree', Buffer.concat(parts))
  }

  #write(type: string, content: Buffer): string {
    const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content])
    const id = createHash('sha1').update(bytes).digest('hex')
    const path = join(this.folder, id.slice(0, 2), id.slice(2))
    if (existsSync(path)) return id
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, deflateSync(bytes, { level: constants.Z_BEST_SPEED }))
    return id
  }
}

export const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))
