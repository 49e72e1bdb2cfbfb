// Two versions of a lockfile, attempt by attempt: what a command could have written, and what somebody edited.

import { keyOfAddress } from '../../model/address.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import type { RecordChange } from '../../model/review.js'
import type { ReviewedLockfiles, Revision } from '../revision.js'
import { findHeld, indexAttempts } from './attempt-index.js'
import { pairAttempts } from './attempt-pairs.js'
import { compareAttempt } from './compare-attempt.js'
import { findReordered } from './compare-entries.js'
import { createMoves } from './compare-moves.js'
import { type Definitions, readDefinitions } from './definitions.js'
import type { Judged } from './judged.js'

type Defined = Pick<Revision, 'definedAddresses' | 'allPayloads'>

/**
 * What a change makes the lockfile say. First, as an edit, whatever no command of callctl would have written: the
 * lockfile is a file like any other, and who changes it can free a call that rang, or hide one that never did. Then
 * what commands write, first where a call rings by it, or no longer does.
 */
export function compareLockfiles(
  lockfiles: ReviewedLockfiles,
  revisions: { readonly base: Defined; readonly head: Defined },
): readonly RecordChange[] {
  const { base, head } = lockfiles
  const definitions = { base: readDefinitions(revisions.base), head: readDefinitions(revisions.head) }
  const judged =
    'problem' in head || 'problem' in base
      ? [describeUnreadable('problem' in head)]
      : compareBoth(base, head, definitions)
  return judged.map((each) => locate(each, lockfiles)).sort(byWeight)
}

const describeUnreadable = (isHead: boolean): Change => ({
  kind: 'unreadable',
  isEdit: true,
  message: isHead
    ? 'the lockfile cannot be read'
    : 'base’s lockfile cannot be read: what this change makes of it is not known',
})

type Change = Judged & Pick<RecordChange, 'effect'>

function compareBoth(
  base: Lockfile,
  head: Lockfile,
  definitions: { readonly base: Definitions; readonly head: Definitions },
): readonly Change[] {
  const known = { base: indexAttempts(base), head: indexAttempts(head) }
  const attemptsOfCall = countCalls(head)
  const surroundings = {
    ...definitions,
    moves: createMoves({ base, head, definitions }),
    isSharedCall: ({ attempt: { callId } }: { readonly attempt: { readonly callId?: string } }) =>
      callId !== undefined && (attemptsOfCall.get(callId)?.size ?? 0) > 1,
  }
  const ids = new Set([...known.base.keys(), ...known.head.keys()])
  const judged: Judged[] = [...compareFiles(base, head)]
  for (const id of ids) {
    for (const pair of pairAttempts(known.base.get(id) ?? [], known.head.get(id) ?? [])) {
      for (const each of compareAttempt(pair, surroundings)) judged.push(each)
    }
  }
  for (const address of findReordered(base, head)) {
    const message = 'its attempts are in another order, or another one stands for them'
    judged.push({ kind: 'reordered', address, isEdit: true, message })
  }
  return addEffects(judged, { base, head, isDefined: definitions.head.isDefined })
}

/** Which attempts have a call id. */
function countCalls({ calls, forgotten = {} }: Lockfile): ReadonlyMap<string, ReadonlySet<string>> {
  const counted = new Map<string, Set<string>>()
  const add = ({ callId, attempt }: { readonly callId?: string; readonly attempt: string }): void => {
    if (callId === undefined) return
    const ids = counted.get(callId)
    if (ids === undefined) counted.set(callId, new Set([attempt]))
    else ids.add(attempt)
  }
  for (const entry of Object.values(calls)) {
    add(entry)
    for (const attempt of entry.attempts ?? []) add(attempt)
  }
  for (const attempt of Object.values(forgotten).flat()) add(attempt)
  return counted
}

/** The file's own properties. A lockfile that is not there has no lineage. */
function compareFiles(base: Lockfile, head: Lockfile): readonly Judged[] {
  const changes: Judged[] = []
  if (base.lineage !== '' && base.lineage !== head.lineage) {
    const isGone = head.lineage === ''
    changes.push({
      kind: 'lineage',
      before: { lineage: base.lineage },
      ...(!isGone && { after: { lineage: head.lineage } }),
      isEdit: true,
      message: isGone
        ? 'the lockfile is removed'
        : 'another lineage: the lockfile says that it is another workspace’s',
    })
  }
  if (base.record !== undefined && head.record === undefined && head.lineage !== '') {
    const message = 'the record is no longer shared: each runner goes on by what it knows alone'
    changes.push({ kind: 'property', isEdit: true, message })
  }
  const names = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter(
    (name) => !ownNames.has(name),
  )
  const isElse = names.some(
    (name) => JSON.stringify(base[name as never]) !== JSON.stringify(head[name as never]),
  )
  if (isElse) {
    const message = 'properties of the whole file, which callctl does not know, are others'
    changes.push({ kind: 'property', isEdit: true, message })
  }
  return changes
}

const ownNames: ReadonlySet<string> = new Set(['lockfileVersion', 'lineage', 'record', 'calls', 'forgotten'])

interface Lockfiles {
  readonly base: Lockfile
  readonly head: Lockfile
  isDefined(address: string): boolean | undefined
}

/** What becomes of each defined call, said with its changes; none goes unsaid. */
function addEffects(judged: readonly Judged[], { base, head, isDefined }: Lockfiles): readonly Change[] {
  const held = { base: findHeld(base), head: findHeld(head) }
  const said = new Set<string>()
  const effectOn = (address: string): RecordChange['effect'] => {
    const key = keyOfAddress(address)
    if (isDefined(address) === false || held.base.has(key) === held.head.has(key)) return undefined
    return held.head.has(key) ? 'silent' : 'rings'
  }
  const told = judged.map((each): Change => {
    const effect = each.address === undefined ? undefined : effectOn(each.address)
    if (each.address === undefined || effect === undefined) return each
    said.add(keyOfAddress(each.address))
    return { ...each, effect, message: `${each.message}: ${effectWords[effect]}` }
  })
  const unsaid = [...Object.keys(base.calls), ...Object.keys(head.calls)].flatMap((address): Change[] => {
    const effect = effectOn(address)
    if (effect === undefined || said.has(keyOfAddress(address))) return []
    said.add(keyOfAddress(address))
    const message = `its attempts have left this address: ${effectWords[effect]}`
    return [{ kind: 'moved', address, isEdit: true, effect, message }]
  })
  return [...told, ...unsaid]
}

const effectWords = { rings: 'rings again', silent: 'will not ring' } as const

function locate(change: Change, { placeOf }: ReviewedLockfiles): RecordChange {
  const place = placeOf(change.address)
  const isLooser = change.isEdit || change.effect === 'rings'
  return { ...change, isLooser, ...(place !== undefined && { place }) }
}

function byWeight(a: RecordChange, b: RecordChange): number {
  const [first = '', second = ''] = [a.address, b.address]
  return weightOf(a) - weightOf(b) || (first < second ? -1 : first > second ? 1 : 0)
}

const weightOf = ({ isEdit, effect }: RecordChange): number =>
  (isEdit ? 0 : 4) + (effect === 'rings' ? 0 : effect === 'silent' ? 1 : 2)
