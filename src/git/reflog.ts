import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../model/errors.js'

// What refs were before, as git notes it in files. Where git keeps them otherwise (reftable), there are none.

export interface LogEntry {
  readonly from: string
  readonly to: string
  /** In git's own words, which are the same in every language. */
  readonly message: string
}

/** The entries of a ref's log, oldest first; undefined when there is none. */
export function readLog(gitFolder: string, name: string): readonly LogEntry[] | undefined {
  try {
    return parseLog(readFileSync(join(gitFolder, 'logs', name), 'utf8'))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
    throw new RecordError(`git’s log of ${name} cannot be read (${code})`, undefined, { cause })
  }
}

function parseLog(text: string): readonly LogEntry[] {
  return text.split('\n').flatMap((line) => {
    const [from = '', to = ''] = line.split(' ', 2)
    const tab = line.indexOf('\t')
    return idForm.test(to) ? [{ from, to, message: tab === -1 ? '' : line.slice(tab + 1) }] : []
  })
}

const idForm = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
const noId = /^0+$/

/** The names of all refs that have a log. */
export function listLogs(gitFolder: string, folder = 'refs'): readonly string[] {
  try {
    return readdirSync(join(gitFolder, 'logs', folder), { withFileTypes: true }).flatMap((entry) => {
      const name = `${folder}/${entry.name}`
      return entry.isDirectory() ? listLogs(gitFolder, name) : [name]
    })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new RecordError(`git’s logs of ${folder} cannot be read (${code})`, undefined, { cause })
  }
}

/** Every commit that a ref was at. */
export const allIds = (entries: readonly LogEntry[]): readonly string[] =>
  entries.flatMap(({ from, to }) => [from, to]).filter((id) => !noId.test(id))

/** Commits that were made here; a message that is not known counts as making one. */
export const madeIds = (entries: readonly LogEntry[]): readonly string[] =>
  entries.filter((entry) => !isMove(entry)).map(({ to }) => to)

/** A new worktree's HEAD begins where it is put, without a word. */
const isMove = ({ from, message }: LogEntry): boolean =>
  moves.test(message) || (message === '' && noId.test(from))

/** HEAD or a branch went to a commit that was there already. */
const moves =
  /^(?:checkout: |reset: |branch: |clone: |fetch\b|worktree add\b|rebase\b.*(?:\(start\)|returning to|checkout )|(?:pull|merge|rebase)\b.*: Fast-forward|pull\b.*\(start\))/i
