import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Objects } from './objects.js'

interface Settings {
  /** The top of the work tree. */
  readonly folder: string
  readonly objects: Objects
  /** The branch that is checked out. */
  readonly branch: string
  /** Where it was cloned from; undefined for one that was begun here. */
  readonly origin?: string
}

/** A repository with its refs, their logs and settings in files, as git leaves them after `init` or `clone`. */
export class QuickRepository {
  readonly folder: string
  readonly objects: Objects
  readonly branch: string
  /** Ids by full name. */
  readonly refs = new Map<string, string>()
  /** Of remotes and branches, in the file's order. */
  readonly settings: readonly (readonly [string, string])[]

  constructor({ folder, objects, branch, origin }: Settings) {
    this.folder = folder
    this.objects = objects
    this.branch = branch
    this.settings = origin === undefined ? [] : settingsOf(origin, branch)
    this.#write('HEAD', `ref: refs/heads/${branch}\n`)
    this.#write('config', formatSettings(this.settings))
    mkdirSync(join(this.gitFolder, 'refs'))
    if (objects.folder !== join(this.gitFolder, 'objects'))
      this.#write('objects/info/alternates', `${objects.folder}\n`)
  }

  get gitFolder(): string {
    return join(this.folder, '.git')
  }

  /** Moves a ref, and HEAD with it where it is the branch that is checked out; says so in the logs. */
  move(name: string, id: string, message: string): void {
    const line = `${this.refs.get(name) ?? '0'.repeat(40)} ${id} kim <kim@contoso.com> 1790000000 +0000\t${message}\n`
    const names = name === `refs/heads/${this.branch}` ? [name, 'HEAD'] : [name]
    for (const each of names) this.#write(`logs/${each}`, line, 'a')
    this.#write(name, `${id}\n`)
    this.refs.set(name, id)
  }

  remove(name: string): void {
    for (const path of [name, `logs/${name}`]) rmSync(join(this.gitFolder, path), { force: true })
    this.refs.delete(name)
  }

  #write(name: string, text: string, flag = 'w'): void {
    const path = join(this.gitFolder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { flag })
  }
}

/** As `git clone --single-branch` leaves it. */
export function cloneInto(folder: string, from: QuickRepository, branch: string): QuickRepository {
  const clone = new QuickRepository({ folder, objects: from.objects, branch, origin: from.folder })
  const id = from.refs.get(`refs/heads/${branch}`)
  if (id === undefined) throw new Error(`there is no branch ${branch}`)
  const message = `clone: from ${from.folder}`
  clone.move(`refs/remotes/origin/${branch}`, id, message)
  clone.move(`refs/heads/${branch}`, id, message)
  return clone
}

const settingsOf = (origin: string, branch: string): readonly (readonly [string, string])[] => [
  ['remote.origin.url', origin],
  ['remote.origin.fetch', `+refs/heads/${branch}:refs/remotes/origin/${branch}`],
  [`branch.${branch}.remote`, 'origin'],
  [`branch.${branch}.merge`, `refs/heads/${branch}`],
]

const core =
  '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n'

function formatSettings(settings: QuickRepository['settings']): string {
  const lines = settings.map(([key, value]) => {
    const [section = '', name = '', property = ''] = key.split('.')
    return `[${section} "${name}"]\n\t${property} = ${value}\n`
  })
  return `${core}${lines.join('')}`
}
