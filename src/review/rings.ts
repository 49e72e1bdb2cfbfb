import { rings } from '../model/action.js'
import { keyOfAddress } from '../model/address.js'
import { keyOfNumber, keyOfPerson } from '../model/callee-key.js'
import type { Callee, PayloadHead, UnwrittenPayload } from '../model/payload.js'
import type { Change, Plan } from '../model/plan.js'
import type { PlanBlock, Ring, RungCallee } from '../model/review.js'

/** Addresses, people and numbers that a plan would ring. */
interface Rung {
  readonly addresses: ReadonlySet<string>
  readonly people: ReadonlySet<string>
  readonly numbers: ReadonlySet<string>
}

/** Other spellings of the same are nothing new, and nobody else. */
const keys: Readonly<Record<keyof Rung, (id: string) => string>> = {
  addresses: keyOfAddress,
  people: keyOfPerson,
  numbers: keyOfNumber,
}

/**
 * Whom the plan at head rings. Not new is only what every plan of base rings too: with base's lockfile a call that was
 * placed since would seem about to ring anyway, and with head's a lockfile that lost an entry would go unseen.
 */
export function listRings(
  plan: Plan<UnwrittenPayload>,
  basePlans: readonly Plan<UnwrittenPayload>[],
): readonly Ring[] {
  const before = basePlans.map(findRung)
  const isNew = (kind: keyof Rung, id: string): boolean =>
    before.length === 0 || before.some((rung) => !rung[kind].has(keys[kind](id)))
  const mark = (kind: 'people' | 'numbers', callees: readonly Callee[]): readonly RungCallee[] =>
    callees.map((callee) => ({ ...callee, isNew: isNew(kind, callee.id) }))
  return plan.changes.flatMap(({ address, action, reason, payload, likelyFrom }) => {
    if (payload === undefined || !rings(action)) return []
    const { kind, people, numbers } = payload.touches
    const names = [address, ...(payload.movedFrom === undefined ? [] : [payload.movedFrom])]
    return {
      address,
      action,
      reason,
      kind,
      ...(payload.template !== undefined && { template: payload.template }),
      ...(likelyFrom !== undefined && { likelyFrom }),
      people: mark('people', people),
      numbers: mark('numbers', numbers),
      isNew: names.every((name) => isNew('addresses', name)),
    }
  })
}

function findRung({ changes }: Plan<UnwrittenPayload>): Rung {
  const addresses = new Set<string>()
  const people = new Set<string>()
  const numbers = new Set<string>()
  for (const { address, action, payload } of changes) {
    if (payload === undefined || !rings(action)) continue
    addresses.add(keys.addresses(address))
    for (const { id } of payload.touches.people) people.add(keys.people(id))
    for (const { id } of payload.touches.numbers) numbers.add(keys.numbers(id))
  }
  return { addresses, people, numbers }
}

/** Each person and number once, whoever is in how many calls. */
export function countRings(rings: readonly Ring[]) {
  const people = rings.flatMap((ring) => ring.people)
  const numbers = rings.flatMap((ring) => ring.numbers)
  return {
    calls: rings.length,
    people: countIds('people', people),
    numbers: countIds('numbers', numbers),
    newCalls: rings.filter(({ isNew }) => isNew).length,
    newPeople: countIds(
      'people',
      people.filter(({ isNew }) => isNew),
    ),
    newNumbers: countIds(
      'numbers',
      numbers.filter(({ isNew }) => isNew),
    ),
  }
}

const countIds = (kind: 'people' | 'numbers', callees: readonly Callee[]): number =>
  new Set(callees.map(({ id }) => keys[kind](id))).size

/** What is held back, by reason: for a limit that is the same for all calls. */
export function listBlocks({ changes }: Plan<PayloadHead>): readonly PlanBlock[] {
  const blocks = new Map<string, { addresses: string[] } & Omit<PlanBlock, 'addresses'>>()
  for (const { address, action, code, reason } of changes.filter(isHeldBack)) {
    const key = `${action} ${reason}`
    const block = blocks.get(key) ?? { action, reason, ...(code !== undefined && { code }), addresses: [] }
    block.addresses.push(address)
    blocks.set(key, block)
  }
  return [...blocks.values()]
}

const isHeldBack = (
  change: Change<PayloadHead>,
): change is Change<PayloadHead> & { action: PlanBlock['action'] } =>
  change.action === 'blocked' || change.action === 'uncertain'
