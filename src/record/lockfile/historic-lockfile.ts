import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import { isJsonObject, type JsonObject } from '../../model/json.js'
import type { Attempt } from '../../model/record/attempt.js'
import type { EntryState, Lockfile } from '../../model/record/lockfile.js'
import { type AttemptEntry, listAttempts } from './attempt-entries.js'
import { AttemptGroup } from './attempt-group.js'

// What a lockfile of git's history says, held against the one that is here. Placed stays placed, whoever edits.

/** A version of a lockfile, as far as it can be understood. */
export interface HistoricLockfile {
  /** Undefined where the text is no JSON object, such as one with conflict markers. */
  readonly content?: JsonObject
  readonly text: string
}

/** An attempt that rang, or may have, and that the lockfile here does not own up to. */
export interface Contradiction {
  /** As the version spells it. */
  readonly address: string
  /** Empty where the version cannot be understood. */
  readonly attempt: string
}

export function parseHistoric(text: string): HistoricLockfile {
  try {
    const content: unknown = JSON.parse(text)
    return isJsonObject(content) ? { content, text } : { text }
  } catch {
    return { text }
  }
}

/** What the record here accounts for. */
export interface Known {
  /** By the keys of the addresses that an attempt has, and had. */
  readonly present: ReadonlyMap<string, readonly AttemptGroup[]>
  /** Of each entry. */
  readonly groups: readonly AttemptGroup[]
  readonly forgotten: ReadonlyMap<string, AttemptEntry>
  /** Attempts of this machine that did not ring. */
  readonly over: ReadonlySet<string>
  /** Counts entries of one address that were looked at, where they are several. Throws RecordError where they are more than any history of calls needs. */
  look(entries: number): void
}

const mostLooks = 20_000_000

function createLook(): Known['look'] {
  let looks = 0
  return (entries) => {
    looks += entries
    if (looks <= mostLooks) return
    throw new RecordError(
      'lockfiles of git’s history are too large to be held against the one that is here',
      'Too many entries say that they had one address before. `callctl diff` shows who wrote that: restore the lockfile with git.',
    )
  }
}

export function indexKnown({
  lockfile,
  attempts,
}: {
  lockfile: Lockfile
  attempts: readonly Attempt[]
}): Known {
  const present = new Map<string, AttemptGroup[]>()
  const groups: AttemptGroup[] = []
  for (const address in lockfile.calls) {
    const entry = lockfile.calls[address]!
    const group = new AttemptGroup(listAttempts(entry))
    groups.push(group)
    for (const key of new Set([address, ...namesBefore(group.attempts)].map(keyOfAddress))) {
      const before = present.get(key)
      if (before === undefined) present.set(key, [group])
      else before.push(group)
    }
  }
  const gone: readonly AttemptEntry[] = Object.values(lockfile.forgotten ?? {}).flat()
  return {
    present,
    groups,
    look: createLook(),
    forgotten: new Map(gone.map((each) => [each.attempt, each])),
    over: new Set(attempts.filter(isOver).map(({ attemptId }) => attemptId)),
  }
}

const namesBefore = (attempts: readonly AttemptEntry[]): readonly string[] =>
  attempts.flatMap(({ movedFrom }) =>
    Array.isArray(movedFrom) ? movedFrom.filter((name) => typeof name === 'string') : [],
  )

const isOver = ({ attemptId, outcome, damage }: Attempt): boolean =>
  attemptId !== '' && damage === undefined && (outcome?.kind === 'refused' || outcome?.kind === 'not-sent')

/**
 * The attempts of a version that rang or may have, under addresses that are asked for, and that the record here does
 * not have as such. `isAsked` gets the key of an address.
 */
export function contradictionsOf(
  version: HistoricLockfile,
  known: Known,
  isAsked: (key: string) => boolean,
): readonly Contradiction[] {
  const { content } = version
  if (content === undefined) {
    return namesIn(version.text)
      .filter((name) => isAsked(keyOfAddress(name)))
      .map((address) => ({ address, attempt: '' }))
  }
  const { calls } = content
  if (!isJsonObject(calls)) return []
  const found: Contradiction[] = []
  for (const address in calls) {
    const key = keyOfAddress(address)
    if (!isAsked(key)) continue
    for (const historic of attemptsOf(calls[address])) {
      if (historic.state !== 'failed' && !isAnswered(historic, key, known))
        found.push({ address, attempt: historic.attempt })
    }
  }
  return found
}

interface HistoricAttempt {
  readonly attempt: string
  /** Whatever is no known state may have rung. */
  readonly state: EntryState
}

function attemptsOf(entry: unknown): readonly HistoricAttempt[] {
  if (!isJsonObject(entry)) return []
  const earlier = Array.isArray(entry['attempts']) ? entry['attempts'].filter(isJsonObject) : []
  return [...earlier, entry].map(({ attempt, state }) => ({
    attempt: typeof attempt === 'string' ? attempt : '',
    state: state as EntryState,
  }))
}

function isAnswered(historic: HistoricAttempt, key: string, known: Known): boolean {
  const { present, forgotten, over } = known
  if (historic.state === 'uncertain' && over.has(historic.attempt)) return true
  const groups = present.get(key) ?? []
  if (groups.length > 1) known.look(groups.length)
  const here = groups.flatMap((group) => group.withId(historic.attempt))
  if (here.length > 1) known.look(here.length)
  if (here.some((each) => each.state !== 'failed' || isSettled(each, historic))) return true
  const gone = forgotten.get(historic.attempt)
  return gone !== undefined && isForgettable(gone, historic)
}

/** What was uncertain may turn out not to have rung, by a person's word; what was placed never. */
const isSettled = ({ evidence, witness }: AttemptEntry, historic: HistoricAttempt): boolean =>
  historic.state === 'uncertain' && evidence === 'person' && witness !== undefined

/** Only what has ended or failed can be forgotten. */
function isForgettable(attempt: AttemptEntry, historic: HistoricAttempt): boolean {
  if (typeof attempt['forgottenAt'] !== 'string') return false
  return attempt.state === 'ended' || (attempt.state === 'failed' && isSettled(attempt, historic))
}

/** Keys in a text that is no JSON: whatever stands between quotes and before a colon. Linear in the text. */
export function namesIn(text: string): readonly string[] {
  const names = new Set<string>()
  for (const line of text.split('\n')) {
    // A key that has quotes of its own, in the normal form.
    const end = line.lastIndexOf('":')
    const start = line.indexOf('"')
    if (end > start && end - start <= longestKey) names.add(unquote(line.slice(start, end + 1)))
    for (const name of plainNames(line)) names.add(name)
  }
  names.delete('')
  return [...names]
}

/** Whether a quote opens or closes is not asked: a stranger's text may have one too many. */
function* plainNames(line: string): Generator<string> {
  for (let before = line.indexOf('"'); before !== -1; ) {
    const quote = line.indexOf('"', before + 1)
    if (quote === -1) return
    if (quote - before <= longestKey && isBeforeColon(line, quote + 1))
      yield unquote(line.slice(before, quote + 1))
    before = quote
  }
}

/** Characters of JSON: an address has at most 512, each of which may be spelled out. */
const longestKey = 4096

function isBeforeColon(text: string, start: number): boolean {
  let at = start
  // More white space than this is nobody's hand.
  while (at - start < 64 && ' \t\r'.includes(text[at] ?? ':')) at++
  return text[at] === ':'
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return ''
  }
}
