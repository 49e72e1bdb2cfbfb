import { isJsonObject } from '../../model/json.js'
import type { SharedThrottles } from '../../model/record/shared-record.js'
import type { Link } from './link.js'
import type { OwnRun } from './runs.js'
import type { Session } from './session.js'

// Graph throttles an app, whoever runs it. What one runner is told, the database passes on to the others that are
// connected. It is never kept: a runner that begins later asks once, and is told by Graph.

const channel = 'callctl_throttle'

/** The longest that is believed, in milliseconds. */
const longest = 15 * 60_000

/** On each connection that is to hear of throttles. */
export const listen = async (session: Pick<Session, 'query'>): Promise<void> => {
  await session.query(`listen ${channel}`)
}

interface Exchange extends SharedThrottles {
  /** To be told what a connection hears. */
  heard(text: string): void
  /** When all that was told has been passed on, or cannot be. */
  told(): Promise<void>
}

/** `run`: the own one, whose workspace's throttles are heard but for its own; absent before there is one. */
export function createThrottles(
  link: () => Pick<Link, 'persist'>,
  run: () => Pick<OwnRun, 'id' | 'lineage'> | undefined,
): Exchange {
  let listener: ((milliseconds: number) => void) | undefined
  let telling: Promise<unknown> = Promise.resolve()
  return {
    tell(milliseconds) {
      const own = run()
      if (own === undefined) return
      const text = JSON.stringify({ lineage: own.lineage, id: own.id, milliseconds })
      const tell = (session: Pick<Session, 'query'>) =>
        session.query('select pg_notify($1, $2)', [channel, text])
      telling = Promise.allSettled([telling, link().persist(tell)])
    },
    hear(next) {
      listener = next
      return () => {
        if (listener === next) listener = undefined
      }
    },
    heard(text) {
      const { lineage, id, milliseconds } = parse(text)
      const own = run()
      if (own === undefined || lineage !== own.lineage || id === own.id || typeof milliseconds !== 'number')
        return
      if (milliseconds > 0) listener?.(Math.min(milliseconds, longest))
    },
    async told() {
      await telling
    },
  }
}

/** Whoever may connect may say anything there. */
function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}
