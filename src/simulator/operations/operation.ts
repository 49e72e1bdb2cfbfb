import type { Reply } from '../answers.js'
import type { Incoming } from '../incoming.js'
import type { Place } from '../place.js'
import type { World } from '../world.js'

/** Answers one operation. `names` are the path's `{name}` segments, in order. */
export type Operation = (world: World, incoming: Incoming, place: Place, names: readonly string[]) => Reply
