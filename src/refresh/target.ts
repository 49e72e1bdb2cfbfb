import { type GraphTarget, parseEndpoint } from '../model/call.js'
import type { Entry } from '../model/lockfile.js'

/** Where the entry's call lives; undefined for what no version of callctl writes. */
export function targetOf({ cloud = 'global', endpoint }: Entry): GraphTarget | undefined {
  if (cloud !== 'global' && cloud !== 'us-gov' && cloud !== 'us-gov-dod') return undefined
  try {
    return parseEndpoint(endpoint, cloud)
  } catch {
    // A stray `%` in the application's id.
    return undefined
  }
}
