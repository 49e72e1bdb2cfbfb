import type { Document, KnownDocuments } from '../../model/language/document.js'
import type { AnyRevision, AnyRevisions } from './revisions.js'

/**
 * Most files are the same in both revisions: what was parsed of one at base is kept for head. Where there are
 * environments, for which both are compiled once more each, it is kept for them, too.
 */
export function shareDocuments(read: AnyRevisions): AnyRevisions {
  const hasEnvironments = [read.base, read.head].some(({ workspace }) =>
    workspace.settings?.text.includes('environments'),
  )
  const documents = keepDocuments(hasEnvironments)
  const share = (revision: AnyRevision): AnyRevision => ({
    ...revision,
    workspace: { ...revision.workspace, documents },
  })
  return { base: share(read.base), head: share(read.head) }
}

/** What is found once is forgotten, unless it is wanted again. */
function keepDocuments(areWantedAgain: boolean): KnownDocuments {
  const known = new Map<string, Map<string, Document>>()
  return {
    find({ path, text }) {
      const found = known.get(path)?.get(text)
      if (!areWantedAgain) known.delete(path)
      return found
    },
    keep({ path, text }, document) {
      const ofPath = known.get(path) ?? new Map<string, Document>()
      known.set(path, ofPath.set(text, document))
    },
  }
}
