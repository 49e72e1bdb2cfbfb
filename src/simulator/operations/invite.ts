import { inviteBodyBeta, inviteBodyV1 } from '../../../schema/bodies.generated.js'
import { newChat } from '../call-object.js'
import { hasChat, isPeerToPeer, listOf, onLiveCall, refuse } from './call-rules.js'
import type { Operation } from './operation.js'
import { answerOperation } from './operations.js'
import { tellRoster } from './participants.js'
import { ringPeople } from './ring-people.js'

/** Adds participants. A call with one other party becomes a group call with a chat; one without a chat takes nobody. */
export const inviteParticipants: Operation = onLiveCall(
  { 'v1.0': inviteBodyV1, beta: inviteBodyBeta },
  (asked) => {
    const { world, incoming, record, body } = asked
    if (!hasChat(record) && !isPeerToPeer(record)) return refuse(incoming, 'The call has no valid chatInfo.')
    const given = listOf(body['participants'])
    // With replacesCallId only the first one is read.
    const read = given.some(({ replacesCallId }) => typeof replacesCallId === 'string')
      ? given.slice(0, 1)
      : given
    return ringPeople(asked, read.length, () => {
      const parties = read.map((info) => ({ id: world.uuid(), info }))
      const chat = hasChat(record) ? {} : { chatInfo: newChat(world.uuid()) }
      const updated = { ...record, ...chat, invited: [...(record.invited ?? []), ...parties] }
      tellRoster(asked, updated)
      return answerOperation(asked, updated, {
        type: 'inviteParticipantsOperation',
        extra: { participants: read },
      })
    })
  },
)
