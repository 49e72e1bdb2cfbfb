import type { GraphTarget } from '../model/call.js'
import { isJsonObject, type JsonObject } from '../model/json.js'
import type { CallFacts, OperationKind } from '../model/operation.js'

/** Why something is not done, and what to do instead. */
export interface Refusal {
  readonly message: string
  readonly hint?: string
}

/** What national clouds lack, wherever the call stands (docs/graph-facts.md#clouds). */
export function refuseTarget({ name, isGlobal }: OperationKind, { cloud }: GraphTarget): Refusal | undefined {
  if (cloud === 'global' || isGlobal !== true) return undefined
  return { message: `The cloud \`${cloud}\` does not have what \`${name}\` asks for.` }
}

/** The call as the operation is asked of it: what beta alone has is asked of beta, by the same id. */
export const targetOf = ({ onlyIn }: OperationKind, target: GraphTarget): GraphTarget =>
  onlyIn === undefined ? target : { ...target, version: onlyIn }

/**
 * What the documentation refuses for calls of this kind (docs/graph-facts.md#media-and-prompts). What is not known,
 * Graph decides.
 */
export function refuseOperation(
  kind: OperationKind,
  facts: CallFacts,
  body: JsonObject | undefined,
): Refusal | undefined {
  if (kind.onlyOn === 'group' && isSingle(facts)) {
    return {
      message: `\`${kind.name}\` is for group calls and meetings; this call has one other party.`,
      hint: 'To end it, `callctl hangup`.',
    }
  }
  if (kind.onlyOn === 'service-hosted' && facts.media === 'app-hosted') {
    return {
      message: `\`${kind.name}\` is for calls whose media the service hosts; this one’s are hosted by the app.`,
    }
  }
  if (kind.name === 'invite') return refuseInvitation(facts)
  return kind.name === 'transfer' ? refuseTransfer(facts, body) : undefined
}

const isSingle = ({ kind }: CallFacts): boolean => kind === 'peer-to-peer' || kind === 'pstn'
const isGroup = ({ kind }: CallFacts): boolean => kind !== undefined && !isSingle({ kind })

/** A call with one other party becomes a group call, and gets a chat, by the invitation itself. */
function refuseInvitation(facts: CallFacts): Refusal | undefined {
  if (facts.kind !== 'group' || facts.hasChat !== false) return undefined
  return {
    message:
      'Graph invites to calls with a chat, and a group call that was placed without a meeting has none.',
    hint: 'Place another call to those who are missing, or let all join a meeting.',
  }
}

function refuseTransfer(facts: CallFacts, body: JsonObject | undefined): Refusal | undefined {
  const hasTransferee = isJsonObject(body?.['transferee'])
  if (hasTransferee && isSingle(facts)) {
    return {
      message: '`transferee` is for group calls: this call has one other party.',
      hint: 'Leave it out.',
    }
  }
  if (!hasTransferee && isGroup(facts)) {
    return {
      message: 'Of a group call or meeting, one participant is transferred: say who.',
      hint: 'Give `--transferee USER-ID`; `callctl call participants` lists them.',
    }
  }
  const target = body?.['transferTarget']
  const identity = isJsonObject(target) ? target['identity'] : undefined
  if (facts.hasInstance === false && isJsonObject(identity) && isJsonObject(identity['phone'])) {
    return {
      message: 'Only calls of an application instance can be transferred to a phone number.',
      hint: 'Place the call with `source.identity.applicationInstance`.',
    }
  }
  return undefined
}
