import { keyOfAddress } from '../model/address.js'
import { byAddress } from '../model/address-order.js'
import { indexAddresses } from '../model/record/address-index.js'
import type { Attempt } from '../model/record/attempt.js'
import type { AuditedAttempt, AuditLine } from '../model/record/audit-line.js'
import type { Lockfile } from '../model/record/lockfile.js'
import type { LoadedRecord } from './load-record.js'
import { type AttemptEntry, listAttempts, projectAttempt } from './lockfile/attempt-entries.js'

/**
 * Every attempt of every address, and whether any rang twice without leave. Pure. `inFlight`: ids of attempts whose
 * runner is alive.
 */
export function auditRecord(
  { lockfile, attempts }: LoadedRecord,
  inFlight: ReadonlySet<string> = new Set(),
): readonly AuditLine[] {
  const own = new Map(attempts.map((attempt) => [keyOf(attempt), attempt]))
  const groups = new Map<string, AuditedAttempt[]>()
  const add = (address: string, found: AuditedAttempt): void => {
    const isInFlight = found.state === 'uncertain' && inFlight.has(found.attempt)
    const attempt = isInFlight ? { ...found, isInFlight: true as const } : found
    const group = groups.get(address)
    if (group === undefined) groups.set(address, [attempt])
    else group.push(attempt)
  }
  for (const { address, attempt, isForgotten } of recordedAttempts(lockfile)) {
    const key = attempt.attempt === '' ? damagedKey(address) : attempt.attempt
    add(address, describe(attempt, own.get(key), isForgotten))
    own.delete(key)
  }
  const recorded = indexAddresses(new Set(groups.keys()))
  for (const attempt of own.values())
    add(recorded.find(attempt.address) ?? attempt.address, describeUnrecorded(attempt))
  return markTwins([...groups].map(([address, all]) => auditAddress(address, all))).sort(byAddress)
}

/** Two spellings of one address that older versions took for two calls. */
function markTwins(addresses: readonly AuditLine[]): AuditLine[] {
  const rang = addresses.filter(({ attempts }) => attempts.some((each) => !each.isForgotten && hasRung(each)))
  const spelled = new Set(rang.map(({ address }) => address))
  const index = indexAddresses(spelled)
  const isTwin = ({ address }: AuditLine): boolean =>
    spelled.has(address) && index.spellingsOf(address).length > 1
  return addresses.map((each) => (isTwin(each) ? { ...each, isDouble: true } : each))
}

const hasRung = ({ state }: AuditedAttempt): boolean => state === 'placed' || state === 'ended'

/** A claim that cannot be read has no id. */
const keyOf = ({ attemptId, address }: Attempt): string => attemptId || damagedKey(address)

const damagedKey = (address: string): string => `${keyOfAddress(address)} `

function recordedAttempts({ calls, forgotten = {} }: Lockfile) {
  const known = Object.entries(calls).flatMap(([address, entry]) =>
    listAttempts(entry).map((attempt) => ({ address, attempt, isForgotten: false })),
  )
  const gone = Object.entries(forgotten).flatMap(([address, list]) =>
    list.map((attempt: AttemptEntry) => ({ address, attempt, isForgotten: true })),
  )
  return [...gone, ...known]
}

function describe(entry: AttemptEntry, own: Attempt | undefined, isForgotten: boolean): AuditedAttempt {
  const { attempt, state, callId, placedAt, endedAt, evidence, witness } = entry
  const reason = witness?.reason ?? entry['reason']
  const by = witness?.by ?? own?.operator
  return {
    attempt,
    ...(own === undefined ? {} : { number: own.number }),
    state,
    ...(own === undefined || own.claimedAt === '' ? {} : { claimedAt: own.claimedAt }),
    ...(callId === undefined ? {} : { callId }),
    ...(placedAt === undefined ? {} : { placedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(by === undefined ? {} : { by }),
    isRedial: entry.redial === true,
    isForgotten,
  }
}

/** The lockfile tells nothing of an attempt that was not sent. */
function describeUnrecorded(own: Attempt): AuditedAttempt {
  const entry = projectAttempt(own)
  if (entry !== undefined) return describe(entry, own, false)
  const reason = own.outcome?.kind === 'not-sent' ? { reason: own.outcome.reason } : {}
  return {
    ...describe({ attempt: own.attemptId, state: 'failed' }, own, false),
    ...reason,
    state: 'not-sent',
  }
}

function auditAddress(address: string, attempts: readonly AuditedAttempt[]): AuditLine {
  const current = attempts.filter((attempt) => !attempt.isForgotten)
  const rang = current.filter(hasRung)
  return {
    address,
    attempts,
    isDouble: rang.slice(1).some((attempt) => !attempt.isRedial),
    isUncertain: current.some(({ state, isInFlight }) => state === 'uncertain' && isInFlight !== true),
  }
}
