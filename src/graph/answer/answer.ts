// One request and what came back, read as leniently as can be: an id of a call is found wherever it stands. Decides
// nothing about what an answer means for a call.

import type { Answer } from '../../model/call.js'
import { isJsonObject } from '../../model/json.js'
import { readBodyText } from '../text/body-text.js'
import { holdsSecret, redact, redactValue, type Secret } from '../text/redact.js'
import { cutText, visibleText } from '../text/text.js'
import { readCall, readCallId, readLocationId } from './call-body.js'
import { type ErrorBody, readErrorBody } from './error-body.js'
import { findNamedIds, listOwnIds, type NamedIds } from './named-ids.js'
import { readRetryAfter } from './retry-after.js'

/** An answer as it came: its headers were read, its body perhaps not. */
export interface RawAnswer {
  readonly status: number
  header(name: string): string | null
  readonly body: Buffer
  /** Whether the body was read to its end. A body that was cut is evidence and is not parsed. */
  readonly isComplete: boolean
  /** Whether the body lacks something once it is unpacked: it counts as whole where it is JSON even so. */
  readonly isPartial?: boolean
  /** The encoding that `body` is still in, as nothing here reads it. */
  readonly unread?: string
  /** The first bytes that came, headers included: evidence where the body could not be told apart. */
  readonly received: Buffer
}

export const longestBody = 1024 * 1024
const longestRaw = 4096
/** Redacted before it is cut, as half a secret is one too; nobody reads what comes after. */
const longestEvidence = 16 * 1024

/** What a request was, as far as its answer is read by it. */
export interface Asked {
  readonly secrets: readonly Secret[]
  /** Whether this text was part of the request. */
  isSent(text: string): boolean
}

/** Reads an answer as far as it can be read. Secrets are taken out of what was read, however the answer spells them. */
export function readAnswer(raw: RawAnswer, now: number, { secrets, isSent }: Asked): Answer {
  const isSuccess = raw.status >= 200 && raw.status < 300
  const text =
    raw.unread === undefined ? readBodyText(raw.body, raw.header('content-type')) : describePacked(raw)
  const json = raw.isComplete && raw.unread === undefined ? parse(text) : undefined
  const isCut = !raw.isComplete || raw.unread !== undefined || (raw.isPartial === true && json === undefined)
  const error = isSuccess ? undefined : readErrorBody(json, (each) => redact(each, secrets))
  const call = isSuccess && isJsonObject(json) ? readCall(json) : undefined
  const inLocation = readLocationId(raw.header('location'))
  const callId = isSuccess ? (readCallId(call?.['id']) ?? inLocation) : undefined
  const named =
    callId === undefined
      ? findAll(raw, json, text, isSent)
      : otherThan(callId, [inLocation, ...(call === undefined ? [] : listOwnIds(text))])
  const isRead = (error !== undefined && !isNaming(named)) || (call !== undefined && callId !== undefined)
  const ids = named.ids.filter((id) => !holdsSecret(id, secrets))
  return defined({
    status: raw.status,
    requestId: readRequestId(raw, error, secrets),
    call: call && redactValue(call, secrets),
    callId,
    named: ids.length === 0 ? undefined : ids,
    namesUnreadable: isNaming(named) && callId === undefined && ids.length === 0 ? true : undefined,
    error: error && { code: error.code, message: error.message },
    retryAfter: readRetryAfter(raw.header('retry-after'), raw.header('date'), now),
    isCut: isCut ? true : undefined,
    raw: isRead ? undefined : evidenceOf(text === '' ? leftover(raw) : text, ids, secrets),
  })
}

/** Headers that lead to what was created, or to a work that creates it. */
const links = ['location', 'content-location', 'operation-location', 'azure-asyncoperation', 'link']

function findAll(raw: RawAnswer, json: unknown, text: string, isSent: Asked['isSent']): NamedIds {
  const found = links.flatMap((name) => raw.header(name) ?? [])
  // What came after the answer, on the same socket, speaks of the same request.
  const all = raw.status >= 200 && raw.status < 300 ? text : `${text}\n${raw.received.toString('utf8')}`
  return findNamedIds({ links: found, json, text: all }, isSent)
}

const isNaming = ({ ids, isOneUnreadable }: NamedIds): boolean => ids.length > 0 || isOneUnreadable

function otherThan(callId: string, ids: readonly (string | undefined)[]): NamedIds {
  const others = ids.filter((id) => id !== undefined && id.toLowerCase() !== callId.toLowerCase())
  return { ids: [...new Set(others as readonly string[])], isOneUnreadable: false }
}

/** In its own words, which name no encoding of ours but one that anybody can take off. */
const describePacked = ({ body, unread }: RawAnswer): string =>
  `(${unread}, in base64) ${body.subarray(0, longestRaw / 2).toString('base64')}`

/** The start of what came; where an id stands further on, the start and what is around the first one. */
export function evidenceOf(
  text: string,
  ids: readonly string[],
  secrets: readonly Secret[],
): string | undefined {
  const from = Math.max(0, ...ids.slice(0, 1).map((id) => text.indexOf(id) - 200))
  const start = redact(text.slice(0, longestEvidence), secrets)
  if (start === '') return undefined
  if (from + 200 < longestRaw / 2) return visibleText(start, longestRaw)
  const around = redact(
    text.slice(Math.max(0, from - longestEvidence / 2), from + longestEvidence / 2),
    secrets,
  )
  const at = Math.max(0, around.indexOf(ids[0]!) - 200)
  return visibleText(
    `${cutText(start, longestRaw / 2)} … ${around.slice(at, at + longestRaw / 4)}`,
    longestRaw,
  )
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An id that holds a secret is somebody's echo. */
function readRequestId(
  raw: RawAnswer,
  error: ErrorBody | undefined,
  secrets: readonly Secret[],
): string | undefined {
  const candidates = [raw.header('request-id'), error?.requestId]
  return candidates.find(
    (id): id is string =>
      typeof id === 'string' && /^[\w.:+=-]{1,128}$/.test(id) && !holdsSecret(id, secrets),
  )
}
