import type { JsonObject } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'
import { plainText } from '../text/text.js'

/** What an error body says, unwrapped. `requestId` may hold anything printable. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly requestId?: string
}

const longestCode = 100
const longestMessage = 500
/** Is cleaned before it is cut, as half a secret is one too; nobody reads what comes after. */
const longestText = 8 * 1024

/** Reads `{"error": {"code", "message", "innerError"}}`; undefined for anything else. `clean` takes secrets out. */
export function readErrorBody(
  body: unknown,
  clean: (text: string) => string = (text) => text,
): ErrorBody | undefined {
  const outer = isJsonObject(body) ? body['error'] : undefined
  if (!isJsonObject(outer)) return undefined
  const found = unwrapped(outer)
  const code = codeOf(found) ?? codeOf(outer)
  const message = textOf(found['message']) ?? textOf(outer['message'])
  if (code === undefined && message === undefined) return undefined
  const inner = outer['innerError'] ?? outer['innererror']
  const requestId = isJsonObject(inner) ? textOf(inner['request-id'] ?? inner['requestId']) : undefined
  return {
    code: plainText(clean((code ?? 'unknown').slice(0, longestText)), longestCode),
    message: plainText(clean((message ?? '').slice(0, longestText)), longestMessage),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

/** The gateway puts the inner error into `message`, as JSON text, at times more than once. */
function unwrapped(outer: JsonObject): JsonObject {
  let error = outer
  for (let depth = 0; depth < 3; depth++) {
    const inner = parseObject(error['message'])
    if (inner === undefined) return error
    error = isJsonObject(inner['error']) ? inner['error'] : inner
  }
  return error
}

function parseObject(value: unknown): JsonObject | undefined {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return isJsonObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

const codeOf = (error: JsonObject): string | undefined => textOf(error['errorCode'] ?? error['code'])

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
