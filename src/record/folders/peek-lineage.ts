import { nodeFileSystem, readFile } from '../disk/file-system.js'
import { isUuid } from '../disk/forms.js'
import { longestLockfile } from '../lockfile/parse-lockfile.js'

/** As callctl writes it, so that a long lockfile need not be read for it. */
const normalHead = /^\{\s*"lockfileVersion":\s*\d+,\s*"lineage":\s*"([0-9a-fA-F-]{36})"/

/** The lineage of a lockfile on disk; undefined where there is none that can be read. Says nothing of the rest. */
export function peekLineage(path: string): string | undefined {
  try {
    const head = readFile(nodeFileSystem, path, 256).bytes.toString('utf8')
    return normalHead.exec(head)?.[1] ?? readWhole(path)
  } catch {
    return undefined
  }
}

function readWhole(path: string): string | undefined {
  const text = readFile(nodeFileSystem, path, longestLockfile).bytes.toString('utf8')
  const { lineage } = JSON.parse(text) as { readonly lineage?: unknown }
  return isUuid(lineage) ? String(lineage) : undefined
}
