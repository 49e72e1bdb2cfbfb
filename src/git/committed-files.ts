import type { Environment } from '../model/environment.js'
import { UsageError } from '../model/errors.js'
import type { CommittedFile, CommittedFiles } from '../model/tree.js'
import type { FoundRepository } from './find-repository.js'
import { runGit } from './program.js'

/** Bytes of a listing: well over a hundred thousand files. git writes each by itself, so more would take long. */
const largestListing = 16 * 1024 * 1024
/** Bytes of contents that are read at once. */
const largestBatch = 64 * 1024 * 1024

/** The files of one commit, from git's objects alone: no attribute, filter, hook or checkout has a part in it. */
export function openCommit(
  { gitFolder }: FoundRepository,
  commit: string,
  environment: Environment,
): CommittedFiles {
  const place = { gitFolder, environment }
  const sizes = new Map<string, number>()
  return {
    list(paths) {
      const words = ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...paths]
      const files = parseListing(orRefuse(runGit({ ...place, largestAnswer: largestListing }, words)))
      for (const { id, size } of files) sizes.set(id, size)
      return files
    },
    read(ids) {
      const found = new Map<string, Uint8Array>()
      for (const batch of batchesOf(ids, sizes)) {
        const answer = orRefuse(runGit(place, ['cat-file', '--batch'], `${batch.join('\n')}\n`))
        for (const [id, content] of splitAnswer(answer, batch)) found.set(id, content)
      }
      return found
    },
  }
}

function orRefuse(answer: ReturnType<typeof runGit>): Buffer {
  if (answer instanceof Uint8Array) return answer
  throw new UsageError(
    `A commit’s files cannot be read: ${answer.reason}.`,
    'The repository is damaged, or a clone without all of its objects: fetch them, or clone it anew.',
  )
}

/** Records such as `100644 blob ID    SIZE\tPATH`, each ended by NUL. */
function parseListing(bytes: Buffer): readonly CommittedFile[] {
  const files: CommittedFile[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start)
    const tab = bytes.indexOf(9, start)
    const [mode = '', , id = '', size] = bytes.subarray(start, tab).toString('latin1').split(/ +/)
    const name = bytes.subarray(tab + 1, end)
    const path = name.toString('utf8')
    const isNamed = !path.includes('\ufffd') || Buffer.from(path).equals(name)
    files.push({ path, kind: kindOf(mode), id, size: Number(size) || 0, isNamed })
    start = end + 1
  }
  return files
}

/** A submodule is known by name only, and never entered. */
function kindOf(mode: string): CommittedFile['kind'] {
  if (mode === '120000') return 'link'
  return mode === '160000' ? 'repository' : 'file'
}

function* batchesOf(
  ids: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Generator<readonly string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const id of new Set(ids)) {
    const size = sizes.get(id) ?? 0
    if (batch.length > 0 && bytes + size > largestBatch) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(id)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

/** For each id a line `ID blob SIZE`, the content, and a line end; `ID missing` for what is not there. */
function* splitAnswer(answer: Buffer, ids: readonly string[]): Generator<[string, Uint8Array]> {
  let at = 0
  for (const id of ids) {
    const end = answer.indexOf(10, at)
    const [, type, size] = answer.subarray(at, end).toString('latin1').split(' ')
    at = end + 1
    if (type === 'missing') continue
    const content = answer.subarray(at, at + Number(size))
    at += Number(size) + 1
    if (type === 'blob') yield [id, content]
  }
}
