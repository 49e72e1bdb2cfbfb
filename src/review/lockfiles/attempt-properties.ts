import type { JsonObject, JsonValue } from '../../model/json.js'
import { isTime } from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt } from '../../model/record/lockfile.js'
import type { RecordChange, RecordChangeKind } from '../../model/review.js'
import type { KnownAttempt } from './attempt-index.js'

type Difference = Pick<RecordChange, 'kind' | 'before' | 'after' | 'message'>

type Rule = 'fixed' | 'time' | 'word' | 'trace'

/** `fixed` never changes; a `word` belongs to the state that it explains; a `trace` may be learned of later. */
const rules: Readonly<Record<string, Rule>> = {
  callId: 'fixed',
  digest: 'fixed',
  foldedDigest: 'fixed',
  endpoint: 'fixed',
  cloud: 'fixed',
  tenantId: 'fixed',
  redial: 'fixed',
  forgottenBy: 'fixed',
  placedAt: 'time',
  endedAt: 'time',
  forgottenAt: 'time',
  evidence: 'word',
  witness: 'word',
  reason: 'word',
  requestId: 'trace',
  callChainId: 'trace',
}

const ruleOf = (name: string): Rule | undefined => (Object.hasOwn(rules, name) ? rules[name] : undefined)

/** Judged apart: the state, and what only tells where the attempt stands. */
const others: ReadonlySet<string> = new Set(['attempt', 'state', 'attempts', 'movedFrom'])

/** Properties that people may have written stay out of reviews. */
const shown: ReadonlySet<string> = new Set([
  'callId',
  'digest',
  'foldedDigest',
  'endpoint',
  'cloud',
  'tenantId',
  'redial',
  'placedAt',
  'endedAt',
  'forgottenAt',
  'evidence',
  'requestId',
  'callChainId',
])

/** Properties of one attempt that no command would have changed so. */
export function compareProperties(before: KnownAttempt, after: KnownAttempt): readonly Difference[] {
  const [old, now] = [before.attempt, after.attempt]
  const isElsewhere = after.isForgotten !== before.isForgotten
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => !others.has(name) && JSON.stringify(old[name]) !== JSON.stringify(now[name]))
    .filter((name) => !(isElsewhere && name.startsWith('forgotten')))
    .filter((name) => !mayChange(name, old, now))
  return groupNames(names).map(([kind, group]) => ({
    kind,
    ...sides(group, old, now),
    message: describeNames(kind, group),
  }))
}

/** Properties of an attempt that base does not have, which this version does not write. */
export function findUnknown({ attempt }: KnownAttempt): readonly Difference[] {
  const names = Object.keys(attempt).filter((name) => !others.has(name) && ruleOf(name) === undefined)
  return groupNames(names).map(([kind, group]) => ({ kind, message: describeNames(kind, group) }))
}

function groupNames(names: readonly string[]): readonly (readonly [RecordChangeKind, readonly string[]])[] {
  const groups = new Map<RecordChangeKind, string[]>()
  for (const name of names) {
    const rule = ruleOf(name)
    const kind = rule === undefined ? 'property' : rule === 'time' ? 'redated' : 'altered'
    groups.set(kind, [...(groups.get(kind) ?? []), name])
  }
  return [...groups]
}

function describeNames(kind: RecordChangeKind, names: readonly string[]): string {
  if (kind !== 'property')
    return `${names.map((name) => `\`${name}\``).join(', ')} changed, which no command does`
  return `has ${names.length === 1 ? 'a property' : 'properties'} that callctl does not know: ${names.map(quoteName).join(', ')}`
}

/** A name may be any text. */
const quoteName = (name: string): string =>
  /^[A-Za-z0-9_.-]{1,64}$/.test(name) ? `\`${name}\`` : JSON.stringify(name.slice(0, 64))

const hasRung = ({ state }: EarlierAttempt): boolean => state === 'placed' || state === 'ended'

function mayChange(name: string, old: EarlierAttempt, now: EarlierAttempt): boolean {
  const isNew = old[name] === undefined || old[name] === ''
  // A claim that could not be read, and was found whole in a rescue file.
  if (isNew && !old.digest) return ruleOf(name) !== undefined
  const isSettled = old.state !== now.state && !hasRung(old)
  switch (ruleOf(name)) {
    case 'word':
      return isSettled || (name === 'reason' && old.state === 'uncertain' && now[name] !== undefined)
    case 'trace':
      return isNew || (isSettled && now[name] !== undefined)
    case 'time':
      return mayDate(name, { old, now, isNew, isSettled })
    case 'fixed':
      return name === 'callId' && isNew && (isSettled || now['reason'] === 'damaged record')
    case undefined:
      return false
  }
}

interface Dated {
  readonly old: EarlierAttempt
  readonly now: EarlierAttempt
  readonly isNew: boolean
  readonly isSettled: boolean
}

/** When an uncertain call may have been placed gives way to when it was; an end has its time once. */
function mayDate(name: string, { old, now, isNew, isSettled }: Dated): boolean {
  if (name === 'placedAt') return (isNew && now.state !== 'failed' && isTime(now.placedAt)) || isSettled
  return name === 'endedAt' && isNew && old.state !== 'ended' && now.state === 'ended'
}

function sides(names: readonly string[], old: EarlierAttempt, now: EarlierAttempt) {
  const pick = (attempt: EarlierAttempt): JsonObject =>
    Object.fromEntries(
      names
        .filter((name) => shown.has(name) && attempt[name] !== undefined)
        .map((name) => [name, attempt[name] as JsonValue]),
    )
  const [before, after] = [pick(old), pick(now)]
  const isShown = names.some((name) => shown.has(name))
  return isShown ? { before, after } : {}
}
