import { RecordError } from '../../model/errors.js'
import type { World } from '../../model/world.js'
import type { Server } from './server.js'
import { type Hear, LostError, openSession, type Session } from './session.js'

/** Ways of the world that the shared record needs. */
export type LinkWorld = Pick<World, 'wait' | 'uuid' | 'environment' | 'operator'>

/** A database, over as many connections as it takes, one at a time. */
export interface Link {
  /**
   * Does the work, and does it again on a new connection where one is lost: it has to be such that a second time changes
   * nothing, even while the first is still under way. Throws RecordError.
   */
  persist<Value>(work: (session: Pick<Session, 'query'>) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

interface LinkOptions {
  readonly world: Pick<LinkWorld, 'wait'>
  /** Looks at each new connection before anything is asked. Throws RecordError. */
  readonly inspect: (session: Session) => Promise<void>
  /** How often a connection is tried before it is given up. */
  readonly tries: () => number
  readonly hear?: Hear
}

/** Milliseconds between tries: twice as many each time. */
const shortestPause = 50
const longestPause = 2_000

export function openLink(server: Server, options: LinkOptions): Link {
  let current: Promise<Session> | undefined
  const connect = async (): Promise<Session> => {
    const session = await openSession(server, options.hear)
    try {
      await options.inspect(session)
      return session
    } catch (error) {
      await session.close()
      throw error
    }
  }
  const drop = async (lost: Promise<Session>): Promise<void> => {
    if (current === lost) current = undefined
    await (await lost.catch(() => undefined))?.close()
  }
  return {
    async persist(work) {
      let pause = shortestPause
      for (let tries = 1; ; tries++) {
        current ??= connect()
        const used = current
        try {
          return await work(await used)
        } catch (error) {
          if (!(error instanceof LostError)) throw asRecordError(error)
          await drop(used)
          if (tries >= options.tries()) throw away(error, tries)
          await options.world.wait(pause)
          pause = Math.min(2 * pause, longestPause)
        }
      }
    },
    async close() {
      if (current !== undefined) await drop(current)
    },
  }
}

const away = (error: LostError, tries: number): RecordError =>
  new RecordError(
    `The shared record does not answer, after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${error.message}`,
    'Nothing is sent without it. When the database is back, run the same again.',
    { cause: error },
  )

/** What the server says of a statement: rights that lack, tables that are not there. */
function asRecordError(error: unknown): unknown {
  const { code, severity, message } = error as Readonly<Record<string, unknown>>
  if (severity === undefined || typeof code !== 'string') return error
  const hint = hints[code] ?? 'Look into the log of the server.'
  return new RecordError(`The shared record refuses (${code}): ${String(message)}`, hint, { cause: error })
}

const hints: Readonly<Record<string, string>> = {
  '3F000': '`callctl record init` makes the schema.',
  '42P01': '`callctl record init` makes the schema.',
  '42501': 'docs/shared-record.md has the rights that a role needs.',
  '23503': 'The database does not know this workspace: `callctl record init` registers it.',
}
