import type { Document, KnownDocuments } from '../../model/language/document.js'
import type { AnyRevision, AnyRevisions } from './revisions.js'

/** For workspaces with environments, which are compiled once for each: what was parsed of a file is kept for the next. */
export function shareDocuments(read: AnyRevisions): AnyRevisions {
  const hasEnvironments = [read.base, read.head].some(({ workspace }) =>
    workspace.settings?.text.includes('environments'),
  )
  if (!hasEnvironments) return read
  const documents = keepDocuments()
  const share = (revision: AnyRevision): AnyRevision => ({
    ...revision,
    workspace: { ...revision.workspace, documents },
  })
  return { base: share(read.base), head: share(read.head) }
}

function keepDocuments(): KnownDocuments {
  const known = new Map<string, Map<string, Document>>()
  return {
    find: ({ path, text }) => known.get(path)?.get(text),
    keep({ path, text }, document) {
      const ofPath = known.get(path) ?? new Map<string, Document>()
      known.set(path, ofPath.set(text, document))
    },
  }
}
