import { transferBodyBeta, transferBodyV1 } from '../../../schema/bodies.generated.js'
import { isJsonObject, type JsonObject } from '../../model/json.js'
import type { Reply } from '../answers.js'
import { describeCall } from '../notifications.js'
import type { CallRecord } from '../store.js'
import { operationTime } from '../timeline.js'
import { type Asked, at, isGiven, isPeerToPeer, onLiveCall, refuse } from './call-rules.js'
import type { Operation } from './operation.js'
import { participantsOf, tellRoster } from './participants.js'
import { ringPeople } from './ring-people.js'

/** The bot's leg ends once the target has answered; of a group call, one participant leaves instead. */
export const transferCall: Operation = onLiveCall(
  { 'v1.0': transferBodyV1, beta: transferBodyBeta },
  (asked) => {
    const problem = findProblem(asked)
    if (problem !== undefined) return refuse(asked.incoming, problem)
    return ringPeople(asked, 1, () => (isPeerToPeer(asked.record) ? moveCall(asked) : moveParticipant(asked)))
  },
)

function findProblem({ record, body }: Asked): string | undefined {
  const isGroup = !isPeerToPeer(record)
  const hasTransferee = isGiven(body['transferee'])
  if (isGroup && !hasTransferee) return 'A transfer of a group call needs a transferee.'
  if (!isGroup && hasTransferee) return 'A transferee is for group calls.'
  const toPhone = isGiven(at(body['transferTarget'], 'identity', 'phone'))
  const hasInstance = isGiven(at(record.call, 'source', 'identity', 'applicationInstance'))
  return toPhone && !hasInstance ? 'Only an application instance can transfer to a phone.' : undefined
}

/** A consultative transfer to a call that is not there fails, and the call comes back. */
function moveCall({ world, incoming, record, body }: Asked): Reply {
  const replaced = at(body['transferTarget'], 'replacesCallId')
  const fails = typeof replaced === 'string' && world.store.find(replaced.toLowerCase()) === undefined
  const updated = { ...record, transfer: { at: incoming.at, fails } }
  world.store.update(updated)
  tellTransfer(world, updated, { fails, isConsultative: typeof replaced === 'string' })
  return { status: 202 }
}

interface Way {
  readonly fails: boolean
  /** To a call that is there already. */
  readonly isConsultative: boolean
}

function tellTransfer(world: Asked['world'], record: CallRecord, { fails, isConsultative }: Way): void {
  const step = operationTime(world.timeline)
  const news = (state: string, result?: JsonObject): JsonObject => ({
    ...describeCall(record, state),
    ...(result && { resultInfo: { '@odata.type': '#microsoft.graph.resultInfo', ...result } }),
  })
  const tell = (delay: number, state: string, result?: JsonObject): void =>
    world.notifier.tell(record, delay, { changeType: 'updated', path: '', resourceData: news(state, result) })
  tell(0, 'transferring')
  if (fails) {
    tell(step, 'established', { code: 500, subcode: 7700, message: 'The transfer failed.' })
    return
  }
  tell(step, 'transferAccepted')
  const end = news('terminated', { code: 0, subcode: 7015, message: 'GracefulTransferCompleted' })
  const resourceData = isConsultative ? { ...end, terminationReason: 'AppTransferred' } : end
  world.notifier.tell(record, 2 * step, { changeType: 'deleted', path: '', resourceData, isLast: true })
}

function moveParticipant(asked: Asked): Reply {
  const { world, record, body } = asked
  const wanted = userOf(body['transferee'])
  const found = participantsOf(record).find(({ info }) => wanted !== undefined && userOf(info) === wanted)
  if (found !== undefined) {
    const updated = { ...record, removed: [...(record.removed ?? []), String(found['id'])] }
    world.store.update(updated)
    tellRoster(asked, updated)
  }
  return { status: 202 }
}

const userOf = (info: Asked['body'][string] | undefined): string | undefined => {
  const id = isJsonObject(info) ? at(info, 'identity', 'user', 'id') : undefined
  return typeof id === 'string' ? id.toLowerCase() : undefined
}
