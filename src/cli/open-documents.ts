import type { Host } from '../model/host.js'
import type { Workspace } from '../model/workspace.js'
import type { DocumentCache } from '../record/document-cache.js'
import { parserBuild } from '../version.js'
import type { Arguments } from './arguments.js'

/** In UTF-16 units. Less than this is parsed before a cache is found and read. */
const worthwhile = 64 * 1024

/** What earlier runs parsed; only for commands that have `--no-cache`: what `apply` rings comes from the files alone. */
export function openDocuments(
  { root, templates, calls }: Workspace,
  { mayCache }: Arguments,
  { environment, processId }: Host,
): DocumentCache | undefined {
  if (mayCache !== true || parserBuild === undefined) return undefined
  const size = [...templates, ...calls].reduce((sum, { text }) => sum + text.length, 0)
  if (size < worthwhile) return undefined
  return loadCache().openDocumentCache({ root, environment, fingerprint: parserBuild, processId })
}

/** When it is needed: it loads node:crypto. */
const loadCache = () => require('../record/document-cache.js') as typeof import('../record/document-cache.js')
