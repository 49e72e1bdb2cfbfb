import { formatEndpoint, type GraphTarget } from '../../model/call.js'
import { RecordError } from '../../model/errors.js'
import type { EarlierAttempt, Entry, Lockfile } from '../../model/record/lockfile.js'
import { formatLockfile } from './format-lockfile.js'
import { longestLockfile } from './parse-lockfile.js'

// A lockfile that has grown too long could not be written once people were rung, nor read by whoever comes next.

/** What a run is about to add to the lockfile. */
export interface Addition {
  readonly address: string
  readonly target: GraphTarget
  readonly tenantId?: string
}

/** Refuses, before the first call, where an outcome of each at its longest would not fit beside what there is. */
export function requireRoom(
  path: string,
  lockfile: Lockfile,
  additions: readonly Addition[],
  limit = longestLockfile,
): void {
  let more = 0
  for (const addition of additions) more += longestOf(addition)
  if (additions.length === 0 || fits(lockfile, limit - more)) return
  throw new RecordError(
    `${path}: the lockfile has no room for ${additions.length} more calls: nothing was sent`,
    'It may have 64 MiB. Place fewer at once (`--only`), or go on in an environment of its own (`--env`), which has its own lockfile.',
  )
}

function fits(lockfile: Lockfile, limit: number): boolean {
  return sizeOf(lockfile) <= limit || sizeOf(withoutDetails(lockfile)) <= limit
}

const sizeOf = (lockfile: Lockfile): number => Buffer.byteLength(formatLockfile(lockfile))

/** A call id at its longest. What it replaces becomes an earlier attempt, and is indented for that. */
function longestOf({ address, target, tenantId }: Addition): number {
  const entry: Entry = {
    state: 'uncertain',
    callId: '~'.repeat(256),
    digest: '0'.repeat(64),
    attempt: '0'.repeat(36),
    endpoint: formatEndpoint(target),
    ...(target.cloud === 'global' ? {} : { cloud: target.cloud }),
    ...(tenantId === undefined ? {} : { tenantId }),
    placedAt: '2025-01-01T00:00:00.000Z',
    evidence: 'http-201',
  }
  return Buffer.byteLength(JSON.stringify({ [address]: entry })) + layout
}

/** Line ends and indents of an entry and of the attempt before it, and `redial`. */
const layout = 300

/** The lockfile's text; where it would be too long, without what only helps a support ticket. */
export function formatFitting(lockfile: Lockfile, limit = longestLockfile): string {
  const text = formatLockfile(lockfile)
  return Buffer.byteLength(text) <= limit ? text : formatLockfile(withoutDetails(lockfile))
}

/** Which calls there are, and what became of them, stays. */
function withoutDetails(lockfile: Lockfile): Lockfile {
  const calls: Record<string, Entry> = Object.create(null) as Record<string, Entry>
  for (const [address, entry] of Object.entries(lockfile.calls)) {
    const { attempts, ...newest } = entry
    const earlier = attempts?.filter(isKept).map(withoutDetail)
    calls[address] = { ...withoutDetail(newest as Entry), ...(earlier?.length ? { attempts: earlier } : {}) }
  }
  return { ...lockfile, calls }
}

/** What was refused rang nobody, and the attempts on disk have it; a person's word is nowhere else. */
const isKept = ({ state, witness }: EarlierAttempt): boolean => state !== 'failed' || witness !== undefined

function withoutDetail<Kind extends EarlierAttempt>(attempt: Kind): Kind {
  const { requestId: _, callChainId: __, ...rest } = attempt
  return rest as unknown as Kind
}
