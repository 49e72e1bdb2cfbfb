// Microsoft Graph behind the port `Calls`: roots, sign-in, one socket a request, and lenient reading of answers.
// It never repeats a request, never follows a redirect, and decides nothing about what an answer means for a call.

import type { Answer } from '../model/call.js'
import type { JsonObject } from '../model/json.js'
import { isJsonObject } from '../model/json.js'
import { readCall, readCallId, readLocationId } from './call-body.js'
import { type ErrorBody, readErrorBody } from './error-body.js'
import { readRetryAfter } from './retry-after.js'
import { visibleText, withoutSecrets } from './text.js'

/** An answer as it came: its headers were read, its body perhaps not. */
export interface RawAnswer {
  readonly status: number
  header(name: string): string | null
  readonly body: Buffer
  /** Whether the body was read to its end. A body that was cut is evidence and is not parsed. */
  readonly isComplete: boolean
  /** The first bytes that came, headers included: evidence where the body could not be told apart. */
  readonly received: Buffer
}

export const longestBody = 1024 * 1024
const longestRaw = 4096

/** Reads an answer as far as it can be read; `secrets` are taken out of all text that it may repeat. */
export function readAnswer(raw: RawAnswer, now: number, secrets: readonly string[]): Answer {
  const isSuccess = raw.status >= 200 && raw.status < 300
  const body = raw.body.toString('utf8').replace(/^\ufeff/, '')
  const text = isSuccess ? body : withoutSecrets(body, secrets)
  const json = raw.isComplete ? parseObject(text) : undefined
  const error = isSuccess ? undefined : readErrorBody(json)
  const call = isSuccess && json !== undefined ? readCall(json) : undefined
  const callId = isSuccess ? (readCallId(call?.['id']) ?? readLocationId(raw.header('location'))) : undefined
  const isRead = error !== undefined || (call !== undefined && callId !== undefined)
  const evidence = withoutSecrets(body === '' ? leftover(raw) : body, secrets)
  return defined({
    status: raw.status,
    requestId: readRequestId(raw, error),
    call,
    callId,
    error: error && { code: error.code, message: error.message },
    retryAfter: readRetryAfter(raw.header('retry-after'), raw.header('date'), now),
    raw: isRead || evidence === '' ? undefined : visibleText(evidence, longestRaw),
  })
}

/** Without the properties that are undefined, which the port's types do not allow. */
function defined(answer: { [Key in keyof Answer]: Answer[Key] | undefined } & { status: number }): Answer {
  return Object.fromEntries(
    Object.entries(answer).filter(([, value]) => value !== undefined),
  ) as unknown as Answer
}

/** What came, for a body that broke together with its headers; nothing for a body that is simply empty. */
function leftover(raw: RawAnswer): string {
  return raw.isComplete ? '' : raw.received.toString('utf8')
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function readRequestId(raw: RawAnswer, error: ErrorBody | undefined): string | undefined {
  const candidates = [raw.header('request-id'), error?.requestId]
  return candidates.find((id): id is string => typeof id === 'string' && /^[\w.:+=-]{1,128}$/.test(id))
}
