import { readFileSync } from 'node:fs'
import pg from 'pg'
import { RecordError } from '../../model/errors.js'
import type { Server } from './server.js'

/** One connection, one statement at a time. */
export interface Session {
  /** Number of the server's process, as the server named it at connect; behind some poolers it is another one's. */
  readonly processId: number
  /** Throws LostError where nobody knows what became of it, and what the server says otherwise. */
  query(text: string, values?: readonly unknown[]): Promise<Answer>
  close(): Promise<void>
}

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** What the server remarked while it worked. */
  readonly notices: readonly string[]
}

/** The connection broke, or the answer did not come: what was asked may have been carried out, or may be yet. */
export class LostError extends Error {
  constructor(cause: unknown) {
    super(`the connection to the shared record was lost (${describe(cause)})`, { cause })
    this.name = 'LostError'
  }
}

/** Milliseconds until a connection must stand, and an answer be there. */
const connectTime = 10_000
const answerTime = 20_000

/** What another connection has told all that listen. */
export type Hear = (text: string) => void

/** Throws LostError. */
export async function openSession(server: Server, hear: Hear = () => {}): Promise<Session> {
  const client = new pg.Client({
    host: server.host,
    port: server.port,
    user: server.user,
    database: server.database,
    // As a function, so that it is never looked for in files.
    password: () => server.password ?? '',
    ssl: server.tls === undefined ? false : tlsOf(server),
    application_name: 'callctl',
    connectionTimeoutMillis: connectTime,
    query_timeout: answerTime,
    keepAlive: true,
  })
  const notices: string[] = []
  // Without a listener, a socket that breaks would end the process, with calls in flight.
  client.on('error', () => {})
  client.on('notice', ({ message = '' }) => notices.push(message))
  client.on('notification', ({ payload = '' }) => hear(payload))
  try {
    await client.connect()
    await client.query(sessionSettings)
  } catch (error) {
    await client.end().catch(() => {})
    throw new LostError(error)
  }
  let last: Promise<unknown> = Promise.resolve()
  const query = async (text: string, values: readonly unknown[]): Promise<Answer> => {
    notices.length = 0
    try {
      const { rows } = await client.query(text, [...values])
      return { rows, notices: [...notices] }
    } catch (error) {
      throw isLoss(error) ? new LostError(error) : error
    }
  }
  return {
    processId: (client as unknown as { readonly processID: number }).processID,
    query(text, values = []) {
      const answer = last.then(() => query(text, values))
      last = answer.catch(() => {})
      return answer
    },
    // One that hangs is not waited for.
    close: () => client.end().catch(() => {}),
  }
}

/** Whatever a role or a database has set: durable before it is answered, and seen at once by the next statement. */
const sessionSettings = `set synchronous_commit = on;
set default_transaction_isolation = 'read committed';
set default_transaction_read_only = off;
set statement_timeout = '15s';
set lock_timeout = 0;
set search_path = pg_catalog`

function tlsOf({ tls }: Server) {
  const authorities = tls?.authorities
  return {
    rejectUnauthorized: true,
    ...(authorities !== undefined && { ca: readAuthorities(authorities) }),
  }
}

function readAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    throw new RecordError(`${path}, which \`sslrootcert\` names, cannot be read (${code})`, undefined, {
      cause,
    })
  }
}

/**
 * Classes of SQLSTATE after which the same statement may be sent again: connections, operators' intervention (a
 * server that shuts down, a canceled or timed-out statement), want of resources, rolled-back transactions, locks.
 */
const passing = /^(?:08|57|53|40|55P03)/

const isLoss = (error: unknown): boolean => {
  const { code, severity } = error as { readonly code?: unknown; readonly severity?: unknown }
  // Only the server's own errors have a severity.
  return severity === undefined || typeof code !== 'string' || passing.test(code)
}

/** Codes and the server's words; never what was sent. */
function describe(cause: unknown): string {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown }
  return typeof code === 'string' ? code : typeof message === 'string' ? message.slice(0, 200) : 'unknown'
}
