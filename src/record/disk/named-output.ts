import { closeSync, constants, openSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { UsageError } from '../../model/errors.js'
import { nodeFileSystem, readFile, writeAll } from './file-system.js'
import { type Landing, landAt, type Premises } from './real-path.js'
import { replaceFile } from './replace-file.js'

/** A file that somebody names for callctl to write, such as after `--out`. */
export interface NamedOutput {
  /** Absolute. */
  readonly path: string
  /** As it was typed, for messages. */
  readonly named: string
  readonly premises: Premises
  /** Whether a text is what callctl writes, and so may give way to another. */
  isOwn(text: string): boolean
}

/**
 * Finds where an output belongs. Throws UsageError where a link of the workspace leads elsewhere, where the
 * workspace keeps its own files, and where something stands that callctl did not write.
 */
export function findOutput(output: NamedOutput): Landing {
  const { path, named, premises } = output
  const landing = landAt(premises, path, named)
  refuseReserved(landing.path, named, premises)
  const { status, isStream, isInside } = landing
  if (isStream || status === undefined) return landing
  if (status.isDirectory()) throw new UsageError(`${named} is a folder.`)
  // A pipe or device of the user's own.
  if (!status.isFile() && !isInside) return { ...landing, isStream: true }
  if (!status.isFile()) throw new UsageError(`${named} is no regular file.`)
  // Such as `mktemp` makes; inside, an empty file may be there for a purpose.
  if (status.size === 0 && !isInside) return landing
  if (output.isOwn(readOld(landing.path))) return landing
  throw new UsageError(
    `${named} is there already, and callctl did not write it.`,
    'Name another file, or remove this one first.',
  )
}

/** The same for a folder. */
export function findOutputFolder({ path, named, premises }: Omit<NamedOutput, 'isOwn'>): string {
  const landing = landAt(premises, path, named)
  if (landing.isStream || landing.status?.isDirectory() === false) {
    throw new UsageError(`${named} is no folder.`)
  }
  if (landing.path === premises.root) {
    throw new UsageError(`${named} is the workspace itself.`, 'Give payloads a folder of their own.')
  }
  refuseReserved(landing.path, named, premises)
  return landing.path
}

/** A text, or its UTF-8 in pieces. */
export function writeOutput(output: NamedOutput, text: string | readonly Uint8Array[]): void {
  const { path, isStream } = findOutput(output)
  if (isStream) writeStream(path, typeof text === 'string' ? [Buffer.from(text)] : text)
  else replaceFile(path, text)
}

/** At its end: where it is a file, `> FILE` has emptied that, and `>> FILE` has not. */
function writeStream(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND)
  try {
    for (const piece of pieces) writeAll(nodeFileSystem, file, piece, 0)
  } finally {
    closeSync(file)
  }
}

/** More is no output of callctl that somebody looks at. */
const longestOld = 256 * 1024 * 1024

function readOld(path: string): string {
  try {
    return readFile(nodeFileSystem, path, longestOld).bytes.toString('utf8')
  } catch {
    return ''
  }
}

/** Names by which callctl finds a workspace's files, whatever stands there now. */
export function refuseReserved(path: string, named: string, { root, top }: Premises): void {
  const isReserved = [root, top].some((base) => {
    const names = relative(base, path).split(sep)
    return names[0] !== '..' && reserved.test(`/${names.join('/')}`)
  })
  if (!isReserved) return
  throw new UsageError(
    `${named} is a place of the workspace’s own files.`,
    'Write outside calls/, templates/, .callctl/ and .git/, under a name that callctl does not read.',
  )
}

const reserved =
  /^\/(?:calls|templates)(?:\/|$)|\/\.git(?:\/|$)|\/\.callctl(?:\/(?!simulator-calls\.ndjson$)|$)|\/callctl\.ya?ml$|\/calls(?:\.[^/]*)?\.lock\.json$/i
