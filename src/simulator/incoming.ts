import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request, read to its end or as far as the simulator reads. */
export interface Incoming {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** More came than `body` holds. */
  readonly isTooLarge: boolean
  /** False while more is still coming. */
  readonly isWhole: boolean
  /** Milliseconds since 1970 at which it was read. */
  readonly at: number
  /** The simulator's own id of this request. */
  readonly requestId: string
  readonly clientRequestId?: string
  readonly scenarioId?: string
}

const bodyLimit = 2 ** 20
/** A body over the limit is read up to here before it is answered. */
const patience = 16 * 2 ** 20

/** Undefined when the client left in the middle. */
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

type Body = Pick<Incoming, 'body' | 'isTooLarge' | 'isWhole'>

/** What comes after it was answered is dropped as it comes: an iterator would end the connection with the reading. */
function readBody(request: IncomingMessage): Promise<Body | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve) => {
    const done = (isWhole: boolean): void =>
      resolve({ body: Buffer.concat(chunks), isTooLarge: size > bodyLimit, isWhole })
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= bodyLimit) chunks.push(chunk)
      if (size > patience) done(false)
    })
    request.on('end', () => done(true))
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}

/** Ids are echoed and logged: only plain, short ones are. */
const readId = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined
