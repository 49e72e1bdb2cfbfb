import { randomUUID } from 'node:crypto'
import { inspectSchema, inspectServer } from '../../../src/record/shared/inspect.js'
import { type Link, openLink } from '../../../src/record/shared/link.js'
import { readServer } from '../../../src/record/shared/server.js'

/** What a part of the sweep has seen. */
export interface Seen {
  readonly figures: readonly string[]
  readonly violations: readonly string[]
}

export interface CountedLink extends Link {
  /** Connections that were lost with work under way. */
  losses(): number
}

interface LinkSettings {
  /** Whether each connection is looked at, as the program does. */
  readonly inspects: boolean
}

/** A link that waits for its server as long as it takes. */
export function countedLink(url: string, { inspects }: LinkSettings): CountedLink {
  const server = readServer({ CALLCTL_RECORD: url })
  let losses = 0
  const link = openLink(server, {
    world: {
      wait(milliseconds) {
        losses += 1
        return pause(Math.min(milliseconds, 200))
      },
    },
    tries: () => 1000,
    async inspect(session) {
      if (!inspects) return
      await inspectServer(session, server)
      await inspectSchema(session)
    },
  })
  return { ...link, losses: () => losses }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

export const ownClaim = (address: string, attemptId: string = randomUUID()) => ({
  address,
  number: 1,
  attemptId,
  digest: 'ab'.repeat(32),
  endpoint: '/v1.0/communications/calls' as const,
  cloud: 'global' as const,
  claimedAt: '2025-01-01T00:00:00Z',
  operator: 'kim',
})

export const placedAs = (callId: string) => ({
  kind: 'placed' as const,
  callId,
  evidence: 'http-201' as const,
  at: '2025-01-01T00:00:01Z',
})

/** One after another, so many at once. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
