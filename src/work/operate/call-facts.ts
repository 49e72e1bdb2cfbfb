import { inspect } from '../../compile/payload/inspect.js'
import { keyOfAddress } from '../../model/address.js'
import { UsageError } from '../../model/errors.js'
import { isJsonObject, type JsonObject } from '../../model/json.js'
import type { CallFacts } from '../../model/operation.js'
import type { WatchedWorld } from '../../model/world.js'
import type { WorkspaceOptions } from '../options/options.js'
import { compileWorkspace } from '../workspace/compile-workspace.js'
import type { PlacedCall } from './placed-call.js'

/**
 * What the definition says of a call, when it still is what was sent; else nothing. A definition that is broken or gone
 * keeps nobody from operating on a live call.
 */
export function factsOfDefinition(
  { address, entry }: PlacedCall,
  options: WorkspaceOptions,
  world: WatchedWorld,
): CallFacts {
  try {
    const { compilation } = compileWorkspace(options, world)
    const key = keyOfAddress(address)
    const payload = compilation.payloads.find((each) => keyOfAddress(each.address) === key)
    return payload === undefined || payload.digest !== entry.digest ? {} : factsOf(payload.call)
  } catch (error) {
    if (error instanceof UsageError) return {}
    throw error
  }
}

/** What Graph says of a live call outranks the definition: an invitation makes a group of two. */
export function factsOfLiveCall(call: JsonObject | undefined, before: CallFacts): CallFacts {
  if (call === undefined) return before
  const chat = call['chatInfo']
  const state = call['state']
  return {
    ...before,
    ...factsOf(call),
    ...('chatInfo' in call && { hasChat: isJsonObject(chat) && typeof chat['threadId'] === 'string' }),
    ...(typeof state === 'string' && { state }),
  }
}

function factsOf(call: JsonObject): CallFacts {
  const tag = isJsonObject(call['mediaConfig']) ? call['mediaConfig']['@odata.type'] : undefined
  const media = typeof tag === 'string' ? mediaOf(tag) : undefined
  return {
    ...(hasParties(call) && { kind: inspect(call).kind }),
    ...(media !== undefined && { media }),
    ...(isJsonObject(call['source']) && { hasInstance: hasInstance(call['source']) }),
  }
}

/** Without them nothing says what kind of call it is. */
const hasParties = ({ targets, meetingInfo }: JsonObject): boolean =>
  (Array.isArray(targets) && targets.length > 0) || isJsonObject(meetingInfo)

function mediaOf(tag: string): CallFacts['media'] {
  if (/serviceHostedMediaConfig$/.test(tag)) return 'service-hosted'
  return /appHostedMediaConfig$/.test(tag) ? 'app-hosted' : undefined
}

function hasInstance({ identity }: JsonObject): boolean {
  return isJsonObject(identity) && isJsonObject(identity['applicationInstance'])
}
