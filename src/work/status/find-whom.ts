import { createPayload } from '../../compile/call/create-payload.js'
import { keyOfAddress } from '../../model/address.js'
import type { Entry } from '../../model/record/lockfile.js'
import type { Whom } from '../../model/record/status-line.js'
import type { WatchedWorld } from '../../model/world.js'
import { isSameCall } from '../../plan/entries.js'
import type { WorkspaceOptions } from '../options/options.js'
import { compileStream } from '../workspace/compile-workspace.js'

/**
 * Whom calls ring, by their definitions: the record knows nobody. Empty for what is no longer defined, and where the
 * definitions cannot be read: what is known of a call is shown all the same.
 */
export function findWhom(
  entries: ReadonlyMap<string, Entry>,
  options: WorkspaceOptions,
  world: WatchedWorld,
): ReadonlyMap<string, Whom> {
  const found = new Map<string, Whom>()
  if (entries.size === 0) return found
  const wanted = new Map([...entries].map(([address, entry]) => [keyOfAddress(address), { address, entry }]))
  try {
    compileStream({ ...options, paths: [] }, world, (rendered) => {
      const known = wanted.get(keyOfAddress(rendered.instance.address))
      if (known === undefined) return
      const payload = createPayload(rendered)
      found.set(known.address, { touches: payload.touches, isAsSent: isSameCall(payload, known.entry) })
    })
  } catch {
    // Whatever is wrong with the definitions: `validate` says it.
  }
  return found
}
