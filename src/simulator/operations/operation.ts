import type { Reply } from '../answers.js'
import type { Incoming } from '../incoming.js'
import type { RequestPath } from '../place.js'
import type { World } from '../world.js'

/** Answers one operation. `names` are the path's `{name}` segments, in order. */
export type Operation = (
  world: World,
  incoming: Incoming,
  place: RequestPath,
  names: readonly string[],
) => Reply
