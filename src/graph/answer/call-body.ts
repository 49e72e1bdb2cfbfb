import type { JsonObject, JsonValue } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'

const states = [
  'incoming',
  'establishing',
  'ringing',
  'established',
  'hold',
  'transferring',
  'transferAccepted',
  'redirecting',
  'terminating',
  'terminated',
]
const stateOf = new Map(states.map((state) => [state.toLowerCase(), state]))

/** The call with its state and `resultInfo` in the spelling of the metadata; all else as it came. */
export function readCall(call: JsonObject): JsonObject {
  const state = call['state']
  const resultInfo = call['resultInfo']
  return {
    ...call,
    ...(typeof state === 'string' ? { state: readState(state) } : {}),
    ...(isJsonObject(resultInfo) ? { resultInfo: readResultInfo(resultInfo) } : {}),
  }
}

function readState(text: string): string {
  return stateOf.get(text.toLowerCase().replaceAll('-', '')) ?? text.charAt(0).toLowerCase() + text.slice(1)
}

/** `code` and `subcode` are numbers, often written as text, and `subCode` is another spelling of the latter. */
function readResultInfo(info: JsonObject): JsonObject {
  const { code, subcode, subCode, ...rest } = info
  return { ...numberUnder('code', code), ...numberUnder('subcode', subcode ?? subCode), ...rest }
}

function numberUnder(key: string, value: JsonValue | undefined): JsonObject {
  if (value === undefined) return {}
  const isNumeric = typeof value === 'string' && /^-?\d{1,9}$/.test(value)
  return { [key]: isNumeric ? Number(value) : value }
}

/** A plausible call id, or undefined. Ids of dots alone would climb in a path. */
export function readCallId(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_.~=+:-]{1,256}$/.test(value)) return undefined
  return /^\.+$/.test(value) ? undefined : value
}

/** The call id of `…/calls/ID` or `…/calls('ID')`, wherever the URL points. */
export function readLocationId(location: string | null): string | undefined {
  const match = /\/calls(?:\/([^/?#]+)\/?|\('([^'/?#]+)'\))(?:[?#].*)?$/i.exec(location ?? '')
  try {
    return readCallId(decodeURIComponent(match?.[1] ?? match?.[2] ?? ''))
  } catch {
    return undefined
  }
}
