import type { Reply } from '../answers.js'
import { createRefusal, spoilReply } from '../fault-replies.js'
import type { Asked } from './call-rules.js'

/** What rings people is struck by faults as what creates a call is. */
export function ringPeople({ world, incoming }: Asked, rang: number, answer: () => Reply): Reply {
  const fault = world.dice.draw()
  const refusal = fault && createRefusal(fault, incoming, world.faults)
  if (refusal !== undefined) return refusal
  const reply = { ...answer(), rang }
  return fault === undefined ? reply : spoilReply(fault, reply, incoming, world.faults)
}
