import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request, read to its end. */
export interface Incoming {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** More came than `body` holds. */
  readonly isTooLarge: boolean
  /** Milliseconds since 1970 at which it was read. */
  readonly at: number
  /** The simulator's own id of this request. */
  readonly requestId: string
  readonly clientRequestId?: string
  readonly scenarioId?: string
}

const bodyLimit = 2 ** 20
/** A body over the limit is still read up to here, so that the client sees the 413 and not a reset connection. */
const patience = 16 * 2 ** 20

/** Undefined when the client left in the middle, or sends without end. */
export async function readIncoming(
  request: IncomingMessage,
  world: { now(): number; uuid(): string },
): Promise<Incoming | undefined> {
  const body = await readBody(request)
  if (body === undefined) return undefined
  const clientRequestId = readId(request.headers['client-request-id'])
  const scenarioId = readId(request.headers['scenario-id'])
  return {
    ...body,
    method: request.method ?? '',
    path: (request.url ?? '').split('?', 1)[0] ?? '',
    headers: request.headers,
    at: world.now(),
    requestId: world.uuid(),
    ...(clientRequestId !== undefined && { clientRequestId }),
    ...(scenarioId !== undefined && { scenarioId }),
  }
}

async function readBody(
  request: IncomingMessage,
): Promise<{ readonly body: Buffer; readonly isTooLarge: boolean } | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= bodyLimit) chunks.push(chunk)
      if (size > patience) return undefined
    }
  } catch {
    return undefined
  }
  return { body: Buffer.concat(chunks), isTooLarge: size > bodyLimit }
}

/** Ids are echoed and logged: only plain, short ones are. */
const readId = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined
