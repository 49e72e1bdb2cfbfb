import { join } from 'node:path'
import type { Document, KnownDocuments } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import type { Workspace } from '../../model/language/workspace.js'
import type { World } from '../../model/world.js'
import type { DocumentCache } from '../../record/cache/document-cache.js'
import { parserBuild } from '../../version.js'
import type { WorkspaceOptions } from '../options/options.js'
import type { ParseThreads } from './parse-threads.js'

/** In UTF-16 units. Less than this is parsed before a cache is found and read. */
const worthCaching = 64 * 1024
/** The same for a thread and what it runs. */
const worthThreads = 1024 * 1024

interface OpenDocuments extends KnownDocuments {
  /** Writes the cache. To be called when all is compiled. */
  save(): void
  /** Ends what still goes on. */
  close(): void
}

/**
 * Compiles with what spares parsing one file after the other: what earlier runs parsed, and threads for the rest. The
 * cache is only for use cases that may have it: what is rung comes from the files alone.
 */
export function withDocuments<Result>(
  workspace: Workspace,
  options: WorkspaceOptions,
  world: World,
  work: (workspace: Workspace) => Result,
): Result {
  const documents = openDocuments(workspace, options, world)
  if (documents === undefined) return work(workspace)
  try {
    const result = work({ ...workspace, documents })
    documents.save()
    return result
  } finally {
    documents.close()
  }
}

function openDocuments(
  { root, templates, calls }: Workspace,
  { mayCache }: WorkspaceOptions,
  { environment, processId }: World,
): OpenDocuments | undefined {
  const sources = [...templates, ...calls]
  if (parserBuild === undefined || sizeOf(sources) < worthCaching) return undefined
  const cache =
    mayCache === true
      ? loadCache().openDocumentCache({ root, environment, fingerprint: parserBuild, processId })
      : undefined
  const unknown = cache === undefined ? calls : calls.filter((source) => !cache.has(source))
  const threads = sizeOf(unknown) < worthThreads ? undefined : startThreads(unknown)
  return createDocuments(cache, threads)
}

const sizeOf = (sources: readonly Source[]): number => sources.reduce((sum, { text }) => sum + text.length, 0)

function startThreads(sources: readonly Source[]): ParseThreads | undefined {
  const { ParseThreads } = loadThreads()
  try {
    return new ParseThreads(sources, join(__dirname, '..', 'parse-worker.cjs'))
  } catch {
    return undefined
  }
}

function createDocuments(cache: DocumentCache | undefined, threads: ParseThreads | undefined): OpenDocuments {
  const findParsed = (source: Source): Document | undefined => {
    const parts = threads?.find(source)
    const document = parts === undefined ? undefined : loadForm().parseParts(parts, source)
    if (document !== undefined) cache?.keepParts(source, parts!)
    return document
  }
  return {
    find: (source) => cache?.find(source) ?? findParsed(source),
    keep: (source, document) => cache?.keep(source, document),
    save: () => cache?.save(),
    close: () => threads?.close(),
  }
}

// Each when it is needed. The cache loads node:crypto.
const loadCache = () =>
  require('../../record/cache/document-cache.js') as typeof import('../../record/cache/document-cache.js')
const loadThreads = () => require('./parse-threads.js') as typeof import('./parse-threads.js')
const loadForm = () =>
  require('../../record/cache/document-form.js') as typeof import('../../record/cache/document-form.js')
