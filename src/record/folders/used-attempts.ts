import { openHistory } from '../../git/history.js'
import { findTips } from '../../git/tips.js'
import type { Environment } from '../../model/environment.js'
import type { RecordPlace } from './folders.js'

const uuids = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi

/**
 * Those of these attempt ids (in small letters) that some commit's lockfile has, wherever it stands there: a plan may
 * have been used, and its call forgotten, where this clone's record does not show it. Nothing is read outside git, and
 * for the simulator.
 */
export function findInHistory(
  { repository }: RecordPlace,
  ids: ReadonlySet<string>,
  environment: Environment,
): ReadonlySet<string> {
  const found = new Set<string>()
  if (repository === undefined || ids.size === 0) return found
  const history = openHistory(repository, findTips(repository, environment), environment)
  for (const { text } of history.readVersions()) {
    for (const [uuid] of text.matchAll(uuids)) {
      const id = uuid.toLowerCase()
      if (ids.has(id)) found.add(id)
    }
  }
  return found
}
