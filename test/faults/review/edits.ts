// What a pull request may do: to definitions, lists, settings and templates, as an honest colleague would, and to
// lockfiles, as somebody would who wants a phone to ring, or not to, without a reviewer's seeing it.

import { type Dice, uuidOf } from '../dice.js'
import { type DefinedCall, type EnvironmentName, environments, type State } from './world.js'

/** A lockfile as it was parsed; undefined where there is none. */
export type Lockfile = {
  lineage: string
  calls: Record<string, Record<string, unknown>>
  forgotten?: Record<string, Record<string, unknown>[]>
  [unknown: string]: unknown
}

export interface Revision {
  state: State
  lockfiles: Record<EnvironmentName, Lockfile | undefined>
}

export type Edit = (revision: Revision, dice: Dice) => void

const change = (edit: (state: State, dice: Dice) => Partial<State>): Edit => {
  return (revision, dice) => {
    revision.state = { ...revision.state, ...edit(revision.state, dice) }
  }
}

const newPerson = (dice: Dice): number => 100 + dice.below(700)

const editCall = (edit: (call: DefinedCall, dice: Dice) => DefinedCall): Edit =>
  change(({ calls }, dice) => {
    const chosen = dice.below(calls.length)
    return { calls: calls.map((call, index) => (index === chosen ? edit(call, dice) : call)) }
  })

/** Edits of definitions, lists, settings and templates. */
export const honestEdits: Readonly<Record<string, Edit>> = {
  'a call added': change(({ calls }, dice) => ({
    calls: [...calls, { name: `new-${dice.below(1000)}`, person: newPerson(dice) }],
  })),
  'a call removed': change(({ calls }, dice) => {
    const gone = dice.below(calls.length)
    return { calls: calls.length < 2 ? calls : calls.filter((_, index) => index !== gone) }
  }),
  'another person': editCall((call, dice) => ({ ...call, person: newPerson(dice) })),
  'leave to ring again': editCall((call, dice) => ({ ...call, person: newPerson(dice), redials: true })),
  'a name in capitals': editCall((call) => ({ ...call, name: call.name.toUpperCase() })),
  'a new name': editCall((call, dice) => ({ ...call, name: `renamed-${dice.below(1000)}` })),
  'a new name that says its old one': editCall(({ name, ...call }, dice) => ({
    ...call,
    name: `moved-${dice.below(1000)}`,
    movedFrom: name,
  })),
  'a row added': change(({ rows }, dice) => ({ rows: [newPerson(dice), ...rows] })),
  'a row removed': change(({ rows }) => ({ rows: rows.slice(1) })),
  'the list turned round': change(({ rows }) => ({ rows: [...rows].reverse() })),
  'the list a link': change((_, dice) => ({ linkedRows: [newPerson(dice)] })),
  'another who': change(({ who }, dice) => ({ who: { ...who, default: newPerson(dice) } })),
  'another who in staging': change(({ who }, dice) => ({ who: { ...who, staging: newPerson(dice) } })),
  'a limit': change(({ limits }, dice) => ({ limits: { ...limits, default: dice.below(4) } })),
  'a limit in staging': change(({ limits }, dice) => ({ limits: { ...limits, staging: dice.below(4) } })),
  'no limits': change(() => ({ limits: {} })),
  'a template that rings somebody else': change((_, dice) => ({ templatePerson: newPerson(dice) })),
  'a call by the environment': (revision, dice) => {
    change(({ env }) => ({ env: [...new Set([...env, 'WHO'])] }))(revision, dice)
    editCall(({ person = 1, ...call }) => ({ ...call, person, byEnvironment: true }))(revision, dice)
  },
}

type LockfileEdit = (lockfile: Lockfile, dice: Dice, revision: Revision) => Lockfile | undefined

const editLockfile = (edit: LockfileEdit): Edit => {
  return (revision, dice) => {
    const name = dice.pick(environments)
    const lockfile = revision.lockfiles[name]
    if (lockfile === undefined) return
    const copy = structuredClone(lockfile)
    revision.lockfiles[name] = edit(copy, dice, revision)
  }
}

const pickAddress = ({ calls }: Lockfile, dice: Dice): string | undefined => {
  const addresses = Object.keys(calls)
  return addresses.length === 0 ? undefined : dice.pick(addresses)
}

const editEntry = (
  edit: (entry: Record<string, unknown>, lockfile: Lockfile, address: string, dice: Dice) => void,
) =>
  editLockfile((lockfile, dice) => {
    const address = pickAddress(lockfile, dice)
    if (address !== undefined) edit(lockfile.calls[address]!, lockfile, address, dice)
    return lockfile
  })

const later = '2027-01-01T00:00:00.000Z'

/** What an entry looks like that was never written by callctl. */
const forgedEntry = (lockfile: Lockfile, dice: Dice): Record<string, unknown> => ({
  state: 'placed',
  callId: uuidOf(dice),
  digest: 'a'.repeat(64),
  endpoint: '/v1.0/communications/calls',
  placedAt: '2026-11-01T00:00:00.000Z',
  evidence: 'http-201',
  ...structuredClone(Object.values(lockfile.calls)[0] ?? {}),
  attempt: uuidOf(dice),
})

const unplaced = ({ state }: Revision, lockfile: Lockfile): string =>
  state.calls.find(({ name }) => lockfile.calls[name] === undefined)?.name ?? 'nobody'

const forget = (lockfile: Lockfile, address: string, evidence: Record<string, unknown>): void => {
  const { attempts = [], ...newest } = lockfile.calls[address]!
  delete lockfile.calls[address]
  const all = [...(attempts as Record<string, unknown>[]), newest]
  lockfile.forgotten = {
    ...lockfile.forgotten,
    [address]: all.map((attempt) => ({ ...attempt, ...evidence })),
  }
}

/** Edits of lockfiles by hand. */
export const lockfileEdits: Readonly<Record<string, Edit>> = {
  'an entry dropped': editEntry((_, { calls }, address) => {
    delete calls[address]
  }),
  'placed made failed': editEntry((entry) => {
    entry['state'] = 'failed'
    delete entry['callId']
  }),
  'placed made ended': editEntry((entry) => {
    entry['state'] = 'ended'
    entry['endedAt'] = later
  }),
  'a call that was never placed': editLockfile((lockfile, dice, revision) => {
    lockfile.calls[unplaced(revision, lockfile)] = forgedEntry(lockfile, dice)
    return lockfile
  }),
  'a live call forgotten': editEntry((_, lockfile, address) => forget(lockfile, address, {})),
  'a live call forgotten, with a time': editEntry((_, lockfile, address) =>
    forget(lockfile, address, { forgottenAt: later }),
  ),
  'forgotten with all that forget writes': editEntry((_, lockfile, address) =>
    forget(lockfile, address, { state: 'ended', endedAt: later, forgottenAt: later, forgottenBy: 'kim' }),
  ),
  'another lineage': editLockfile((lockfile, dice) => ({ ...lockfile, lineage: uuidOf(dice) })),
  'another lineage, and nothing in it': editLockfile((lockfile, dice) => ({
    ...lockfile,
    lineage: uuidOf(dice),
    calls: {},
  })),
  'a lockfile removed': editLockfile(() => undefined),
  'said to be another call before, and forgotten': editLockfile((lockfile, dice, revision) => {
    const address = pickAddress(lockfile, dice)
    if (address === undefined) return lockfile
    const entry = lockfile.calls[address]!
    delete lockfile.calls[address]
    const stranger = unplaced(revision, lockfile)
    lockfile.calls[stranger] = { ...entry, attempt: uuidOf(dice), movedFrom: [address] }
    lockfile.forgotten = { [address]: [{ ...entry }] }
    return lockfile
  }),
  'two entries changed places': editLockfile((lockfile, dice) => {
    const [first, second] = [pickAddress(lockfile, dice), pickAddress(lockfile, dice)]
    if (first === undefined || second === undefined) return lockfile
    const { calls } = lockfile
    ;[calls[first], calls[second]] = [calls[second]!, calls[first]!]
    return lockfile
  }),
  'an entry under another name': editLockfile((lockfile, dice, revision) => {
    const address = pickAddress(lockfile, dice)
    if (address === undefined) return lockfile
    const entry = lockfile.calls[address]!
    delete lockfile.calls[address]
    lockfile.calls[unplaced(revision, lockfile)] = entry
    return lockfile
  }),
  'another call id': editEntry((entry, _lockfile, _address, dice) => {
    entry['callId'] = uuidOf(dice)
  }),
  'another digest': editEntry((entry) => {
    entry['digest'] = 'b'.repeat(64)
  }),
  'placed at another time': editEntry((entry) => {
    entry['placedAt'] = '2020-01-01T00:00:00.000Z'
  }),
}
